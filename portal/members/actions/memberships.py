"""How a person comes to belong to a unit."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members import queries
from portal.members.actions.people import give_name
from portal.members.errors import HasUnitError, NotOnRosterError
from portal.members.models import HomeMembership, User
from portal.notices.actions import tell
from portal.organisations.models import Unit
from portal.states import lock, save


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
