"""What changes about the keys of an account: its second factors, its sessions, the codes that prove a phone."""

from collections.abc import Iterable

from allauth.usersessions.models import UserSession
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.members import proofs, queries
from portal.members.models import User
from portal.members.proofs import ProofOf
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.notices.errors import SmsNotSentError
from portal.notices.limits import Sms
from portal.notices.senders import send_sms
from portal.states import lock


def end_sessions(*, person: User, sessions: Iterable[UserSession] | None = None, by: User | None = None) -> int:
    """End ``sessions`` of ``person``, or every one; whoever held their keys is outside at once. Return how many."""
    ended = list(UserSession.objects.filter(user=person) if sessions is None else sessions)
    for session in ended:
        session.end()
    if ended:
        log(_plain(person), "members.user.sessions_ended", user=by and _plain(by), data={"count": len(ended)})
    return len(ended)


@transaction.atomic
def note_key_change(*, person: User, action: str, title: str) -> None:
    """Log that something which opens the account of ``person`` changed, and tell them. Locks the person."""
    person = lock(person)
    log(person, f"members.user.{action}", user=person)
    tell(
        recipient=person,
        kind=MessageKind.SECURITY,
        title=title,
        body=_("如果不是您本人操作，请马上到“账户与安全”结束其他登录，并联系居住地社区。"),
        url=reverse("account_security"),
    )


def send_code(*, request: HttpRequest, what: ProofOf, phone: str) -> None:
    """Send a code to ``phone`` that proves ``what``; one that does not leave takes nothing from the last one.

    Raises:
        portal.notices.errors.SmsNotSentError: the gateway is away, or enough has been sent for now.
    """
    earlier = proofs.under_way(request, what)
    code = proofs.begin(request, what, sent_to=phone)
    try:
        send_sms(
            phone=phone,
            text=_("【报到】验证码 %(code)s，5 分钟内有效，请勿告诉他人。") % {"code": code},
            kind=Sms.CODE,
            purpose=what,
        )
    except SmsNotSentError:
        proofs.put_back(request, what, earlier)
        raise


def warn_administrators(*, sent: int, limit: int) -> None:
    """Tell the administrators that ``sent`` of the ``limit`` text messages of today have left."""
    for administrator in queries.administrators():
        tell(
            recipient=administrator,
            kind=MessageKind.SECURITY,  # at once: tomorrow's digest would be too late
            once=f"members.sms_nearly:{timezone.localdate()}",  # a message given back may count again
            title=_("今天的短信快用完了"),
            body=_("今天已经发出 %(sent)s 条短信，上限是 %(limit)s 条。用完以后，验证码也发不出去。")
            % {"sent": sent, "limit": limit},
        )


def _plain(person: User) -> User:
    # The log knows a person by class, and a request wraps its user.
    plain: User = User.objects.get(pk=person.pk)
    return plain
