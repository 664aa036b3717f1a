"""Another phone, another mailbox: proved by a code, and told to the one that was."""

from allauth.account.models import EmailAddress
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members import proofs
from portal.members.actions.memberships import activate_from_roster
from portal.members.actions.security import end_sessions, note_key_change, send_code
from portal.members.errors import EmailTakenError, PhoneTakenError
from portal.members.models import RosterEntry, User
from portal.members.proofs import ProofOf
from portal.members.queries.security import open_sessions
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.notices.errors import SmsNotSentError
from portal.notices.limits import Sms
from portal.notices.senders import send_sms
from portal.organisations.enums import Role
from portal.organisations.queries import nearest_holders
from portal.states import for_whom, lock, save


def ask_new_phone(*, request: HttpRequest, person: User, phone: str) -> None:
    """Send a code to ``phone``, or, where another account has it, say so to whoever holds it and to nobody else.

    Raises:
        portal.notices.errors.SmsNotSentError: the gateway is away, or enough has been sent for now.
    """
    if not User.objects.filter(phone=phone).exclude(pk=person.pk).exists():
        send_code(request=request, what=ProofOf.PHONE, phone=phone)
        return
    proofs.begin(request, ProofOf.PHONE, sent_to=phone)  # its code is known to nobody
    text = _("【报到】有人想把账户换到这个手机号，但它已经有账户。是您本人的话，请直接用它登录；不是的话，不用理会。")
    send_sms(phone=phone, text=text, kind=Sms.CODE, purpose=ProofOf.PHONE)


@transaction.atomic
def change_phone(*, person: User, phone: str, session_key: str) -> User:
    """Make the proved ``phone`` the one of ``person``; tell the old one, end all sessions but ``session_key``.

    Roster rows that wait for the new number are met. Idempotent. Locks the person.

    Raises:
        PhoneTakenError: another account has the number.
    """
    person = lock(person)
    old = str(person.phone or "")
    if old == phone:
        return person
    take_phone(person=person, phone=phone, by=person)
    end_sessions(person=person, sessions=open_sessions(person).exclude(session_key=session_key), by=person)
    text = _("【报到】您账户的手机号已经换成另一个。如果不是您本人操作，请马上联系居住地社区。")
    transaction.on_commit(lambda: _tell_old_phone(old, text), robust=True)
    return person


def take_phone(*, person: User, phone: str, by: User) -> None:
    """Make the proved ``phone`` the one of ``person``, whom the caller holds; roster rows that wait for it are met.

    The rows of the person follow to the number, and their keepers are told.

    Raises:
        PhoneTakenError: another account has the number.
    """
    person.phone, person.phone_verified_at = phone, timezone.now()
    try:
        with transaction.atomic():
            save(person, action="phone_changed", by=by, data=for_whom(person.pk, by))
    except (ValidationError, IntegrityError) as error:  # the second: somebody took it this very moment
        raise PhoneTakenError from error
    _take_rows_along(person, by=by)
    activate_from_roster(person=person)


def ask_new_email(*, request: HttpRequest, email: str) -> None:
    """Mail a code to ``email``."""
    code = proofs.begin(request, ProofOf.EMAIL, sent_to=email)
    text = _("验证码 %(code)s，5 分钟内有效，请勿告诉他人。如果不是您本人操作，不用理会。") % {"code": code}
    send_mail(_("【报到】邮箱验证码"), text, None, [email])


@transaction.atomic
def change_email(*, person: User, email: str) -> User:
    """Make the proved ``email`` the one of ``person``, and tell the mailbox that was. Idempotent. Locks the person.

    Raises:
        EmailTakenError: another account has proved the mailbox.
    """
    person = lock(person)
    old = person.email
    if EmailAddress.objects.filter(email__iexact=email, verified=True).exclude(user=person).exists():
        raise EmailTakenError
    EmailAddress.objects.filter(user=person).delete()
    EmailAddress.objects.create(user=person, email=email, verified=True, primary=True)
    if old == email:
        return person
    person.email = email
    person.save(update_fields=["email"])
    note_key_change(person=person, action="email_changed", title=_("您的邮箱已经更换"))
    text = _("您账户的邮箱已经换成另一个。如果不是您本人操作，请马上登录查看“账户与安全”。")
    transaction.on_commit(lambda: _tell_old_mailbox(old, text), robust=True)
    return person


@transaction.atomic
def warn_of_new_keys(*, person: User, phone: str | None, email: str | None, is_password_new: bool) -> None:
    """Tell ``person`` that an administrator changed their phone, mailbox or password.

    ``phone`` and ``email`` are those of before, which are told as well (empty: there was none); ``None`` stayed as it
    is. A mailbox an administrator wrote is not one its holder proved.
    """
    unknown = _("如果您不知道这件事，请马上联系居住地社区。")
    if phone is not None:
        by_sms = _("【报到】管理员已把您账户的手机号换成另一个。如果您不知道这件事，请马上联系居住地社区。")
        transaction.on_commit(lambda: _tell_old_phone(phone, by_sms), robust=True)
    if email is not None:
        EmailAddress.objects.filter(user=person).delete()
        by_mail = _("管理员已把您账户的邮箱换成另一个。如果您不知道这件事，请马上联系居住地社区。")
        transaction.on_commit(lambda: _tell_old_mailbox(email, by_mail), robust=True)
    for title, is_new in (
        (_("管理员更换了您的手机号"), phone is not None),
        (_("管理员更换了您的邮箱"), email is not None),
        (_("管理员给您设了新密码"), is_password_new),
    ):
        if is_new:
            tell(
                recipient=person, kind=MessageKind.SECURITY, title=title, body=unknown, url=reverse("account_security")
            )


def _take_rows_along(person: User, *, by: User) -> None:
    """Write the phone of ``person`` into their open roster rows: one left behind drops out with the next file."""
    mine = RosterEntry.objects.filter(person=person, left_on__isnull=True).exclude(phone=person.phone)
    for entry in mine.select_for_update(no_key=True).order_by("pk"):
        try:
            with transaction.atomic():
                _make_room(entry, person, by=by)
                entry.former_phone, entry.phone = str(entry.phone), person.phone
                save(entry, action="followed", by=by, data=for_whom(person.pk, by), only=["phone", "former_phone"])
        except (ValidationError, IntegrityError):  # the unit has listed somebody else with it: theirs to put right
            continue
        for contact in nearest_holders(entry.unit, role=Role.UNIT_CONTACT, exclude=person):
            tell(
                recipient=contact,
                kind=MessageKind.WORK,
                title=_("%(name)s换了手机号，名册已经跟着改。") % {"name": entry.name},
                body=_("请把您手里的表格也改过来。表格里还是原来的号码时，姓名相同就仍认作这个人。"),
                url=reverse("rosters:roster", args=[entry.unit.code]),
            )


def _make_room(entry: RosterEntry, person: User, *, by: User) -> None:
    # A file was quicker than the person: one row of the two stays, the one that knows them.
    same = RosterEntry.objects.filter(unit=entry.unit, phone=person.phone, left_on__isnull=True, person__isnull=True)
    for waiting in same.select_for_update(no_key=True):
        waiting.left_on = timezone.localdate()
        save(waiting, action="left", by=by, data=for_whom(person.pk, by), only=["left_on"])


def _tell_old_mailbox(old: str, text: str) -> None:
    if old:
        send_mail(_("【报到】邮箱已更换"), text, None, [old])


def _tell_old_phone(old: str, text: str) -> None:
    if not old:
        return
    try:
        send_sms(phone=old, text=text)
    except SmsNotSentError:  # the log says so; the change stands
        return
