"""What changes about a person, and what is noted about who looked at whom."""

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.members import queries
from portal.members.enums import Purpose
from portal.members.errors import HasUnitError, NotOnRosterError
from portal.members.models import Consent, HomeMembership, ReadLog, User
from portal.notices.actions import tell
from portal.organisations.models import Unit
from portal.states import lock, save


def log_read(*, reader: User, person: User, what: str, purpose: str) -> ReadLog:
    """Note that ``reader`` was shown ``what`` of ``person``; ``person`` sees this line."""
    return ReadLog.objects.create(reader=reader, person=person, what=what, purpose=purpose)


def open_account(*, phone: str) -> User | None:
    """Return the person with ``phone``; make an account where a roster expects that phone, else return ``None``.

    The new account is empty until its phone is proved by a code.
    """
    person = User.objects.filter(phone=phone).first()
    if person or not queries.rosters_awaiting(phone).exists():
        return person
    return _create(phone=phone)


def sign_up(*, phone: str) -> User:
    """Return the person with ``phone``, made nameless when nobody has it yet."""
    return open_account(phone=phone) or _create(phone=phone)


@transaction.atomic
def give_name(*, person: User, name: str) -> None:
    """Call ``person`` by ``name`` unless they have one already (a roster's goes first)."""
    person = lock(person)
    if not person.name:
        person.name = name
        save(person, action="named", by=person)


@transaction.atomic
def verify_phone(*, person: User, phone: str) -> None:
    """Note that ``person`` has just proved to hold ``phone``."""
    person.phone = phone
    person.phone_verified_at = timezone.now()
    person.save(update_fields=["phone", "phone_verified_at"])


@transaction.atomic
def activate_from_roster(*, person: User) -> HomeMembership | None:
    """Let ``person`` meet the roster rows with their proved phone; return the home membership this opened.

    One unit becomes home at once, several wait for the person's choice. Idempotent. Locks the person.
    """
    person = lock(person)
    if person.phone_verified_at is None or not person.is_active:
        return None
    entries = list(queries.rosters_awaiting(str(person.phone)).select_for_update(no_key=True))
    if not entries:
        return None
    for entry in entries:
        entry.person = person
        save(entry, action="met", by=person)
    give_name(person=person, name=entries[0].name)
    units = list(queries.units_on_offer(person)[:2])
    return _join(person, units[0]) if len(units) == 1 else None


@transaction.atomic
def choose_unit(*, person: User, unit: Unit) -> HomeMembership:
    """Make ``unit`` the home of ``person``, who stands on several rosters. Locks the person.

    Raises:
        HasUnitError: another unit is home already.
        NotOnRosterError: the unit's roster does not name the person.
    """
    person = lock(person)
    if queries.home_unit(person):
        raise HasUnitError
    if not queries.units_on_offer(person).filter(pk=unit.pk).exists():
        raise NotOnRosterError
    return _join(person, unit)


@transaction.atomic
def give_consent(*, person: User, purpose: Purpose, text_version: str) -> Consent:
    """Note that ``person`` agreed to ``purpose`` in the words of ``text_version``; it replaces an earlier yes."""
    withdraw_consent(person=person, purpose=purpose)
    consent = Consent(person=person, purpose=purpose, text_version=text_version)
    save(consent, action="given", by=person)
    return consent


@transaction.atomic
def withdraw_consent(*, person: User, purpose: Purpose) -> None:
    """End the consent of ``person`` to ``purpose``, if there is one."""
    for consent in Consent.objects.select_for_update(no_key=True).filter(
        person=person, purpose=purpose, withdrawn_at__isnull=True
    ):
        consent.withdrawn_at = timezone.now()
        save(consent, action="withdrawn", by=person)


def _create(*, phone: str) -> User:
    try:
        with transaction.atomic():
            person: User = User.objects.create_user(phone)
            log(person, "members.user.opened", user=person)
    except IntegrityError:  # two requests at once: the other one made it
        person = User.objects.get(phone=phone)
    return person


def _join(person: User, unit: Unit) -> HomeMembership:
    membership = HomeMembership(person=person, unit=unit, starts_on=timezone.localdate())
    save(membership, action="opened", by=person)
    tell(
        recipient=person,
        title=_("欢迎，%(unit)s的名册上有您。") % {"unit": unit},
        body=_("您的所属单位已经登记好，不用再填。下一步：到您居住的社区报到。"),
        url=reverse("report_in:start"),
    )
    return membership
