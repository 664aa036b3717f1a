"""How a person comes to belong to a unit, and how that ends."""

from collections.abc import Iterable
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members import queries
from portal.members.actions.people import name_held
from portal.members.enums import UNIT_MOVE_TRANSITIONS, Ending, MembershipKind, UnitMoveState
from portal.members.errors import EndingDayError, HasUnitError, MembershipOverError, NotOnRosterError
from portal.members.models import HomeMembership, RosterEntry, UnitMove, User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.models import Unit
from portal.states import for_whom, lock, logged_together, move, save


@transaction.atomic
@logged_together()
def activate_from_roster(*, person: User, by: User | None = None) -> HomeMembership | None:
    """Let ``person`` meet the roster rows with their proved phone; return the home membership this opened.

    One unit becomes home at once, several wait for the person's choice; whoever has a home already is asked about
    a move. ``by`` has the person before them; that stands for the proof of the phone where a row has their very name.
    Idempotent. Locks the person.
    """
    person = lock(person)
    if (person.phone_verified_at is None and by is None) or not person.is_active:
        return None
    rows = queries.rosters_awaiting(str(person.phone)).select_related("unit")
    rows = rows.select_for_update(no_key=True, of=("self",))
    entries = list(rows.filter(name=person.name) if by else rows)
    if not entries:
        return None
    for entry in entries:
        entry.person = person
        save(entry, action="met", by=by or person, data=for_whom(person.pk, by), only=["person"])
    name_held(person, entries[0].name)
    home, units = queries.home_and_naming(person)
    if home:
        _propose_moves(person, home, entries)
        return None
    return join_unit(person, units[0], by=by) if len(units) == 1 else None


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
    return join_unit(person, unit)


@transaction.atomic
def retire(*, membership: HomeMembership, on: date, stays: bool, by: User) -> HomeMembership | None:
    """End a membership because the person retires; return the new one of those who stay as retired members.

    Everything ever recorded stays. Locks the person. Retiring whom is retired already changes nothing.

    Raises:
        MembershipOverError: the membership has ended.
        EndingDayError: the day lies before its beginning or in the future.
    """
    membership = _hold(membership, on)
    if membership.kind == MembershipKind.RETIRED and stays:
        return membership
    end_membership(membership, on=on, ending=Ending.RETIRED, by=by, keeps_roster=stays)
    details = {"unit": membership.unit}
    if not stays:
        _tell(membership.person, _("您已退休，%(unit)s的隶属关系已经结束，记录都还在。") % details)
        return None
    _tell(membership.person, _("您已登记为%(unit)s的退休成员，记录都还在。") % details)
    return open_membership(person=membership.person, unit=membership.unit, on=on, by=by, kind=MembershipKind.RETIRED)


@transaction.atomic
def leave_unit(*, membership: HomeMembership, on: date, by: User | None) -> HomeMembership:
    """End a membership because the person has left the unit; they go on as a resident. Locks the person.

    Raises:
        MembershipOverError: the membership has ended.
        EndingDayError: the day lies before its beginning or in the future.
    """
    membership = _hold(membership, on)
    end_membership(membership, on=on, ending=Ending.LEFT, by=by)
    _tell(membership.person, _("%(unit)s的隶属关系已经结束，记录都还在。") % {"unit": membership.unit})
    return membership


def open_membership(
    *, person: User, unit: Unit, on: date, by: User | None, kind: MembershipKind = MembershipKind.SERVING
) -> HomeMembership:
    """Make ``unit`` the home of ``person`` from ``on``; inside a transaction that holds the person."""
    membership = HomeMembership(person=person, unit=unit, starts_on=on, kind=kind)
    save(membership, action="opened", by=by, data=for_whom(person.pk, by))
    return membership


def end_membership(
    membership: HomeMembership, *, on: date, ending: Ending, by: User | None, keeps_roster: bool = False
) -> None:
    """End ``membership`` and, unless ``keeps_roster``, its line on the unit's roster; inside such a transaction too."""
    membership.ends_on, membership.ending = on, ending
    save(membership, action="ended", by=by, data={"ending": str(ending)})
    if keeps_roster:
        return
    rows = RosterEntry.objects.filter(unit=membership.unit, person=membership.person, left_on__isnull=True)
    for entry in rows.select_for_update(no_key=True):
        entry.left_on = on
        save(entry, action="left", by=by)


def _hold(membership: HomeMembership, on: date) -> HomeMembership:
    lock(membership.person)
    membership = lock(membership, "person", "unit")
    if membership.ends_on is not None:
        raise MembershipOverError
    if not membership.starts_on <= on <= timezone.localdate():
        raise EndingDayError
    return membership


def _propose_moves(person: User, home: Unit, entries: Iterable[RosterEntry]) -> None:
    """Ask whether the person has moved to the units that have just named them. Their person is locked."""
    asked = set(queries.open_moves(person).values_list("to_unit", flat=True))
    for unit in dict.fromkeys(entry.unit for entry in entries):
        if unit == home or unit.pk in asked:
            continue
        save(UnitMove(person=person, from_unit=home, to_unit=unit), action="proposed", by=None)
        tell(
            recipient=person,
            kind=MessageKind.UNIT,
            title=_("%(unit)s把您列入了名册，请确认您有没有调动。") % {"unit": unit},
            body=_("没有确认以前，您仍属于%(home)s。") % {"home": home},
            url=reverse("members:units"),
        )


def join_unit(person: User, unit: Unit, *, by: User | None = None) -> HomeMembership:
    """Make ``unit`` the home of ``person``, who has none and whom the caller has locked, and tell them.

    Whether they have moved there is answered with that.
    """
    membership = open_membership(person=person, unit=unit, on=timezone.localdate(), by=by or person)
    for unit_move in queries.open_moves(person).filter(to_unit=unit):
        held = lock(unit_move)
        held.starts_on, held.decided_at = membership.starts_on, timezone.now()
        move(held, to=UnitMoveState.COMPLETED, by=by or person, transitions=UNIT_MOVE_TRANSITIONS)
    tell(
        recipient=person,
        kind=MessageKind.UNIT,
        title=_("欢迎，%(unit)s的名册上有您。") % {"unit": unit},
        body=_("您的所属单位已经登记好，不用再填。下一步：到您居住的社区报到。"),
        url=reverse("report_in:start"),
    )
    return membership


def _tell(person: User, title: str) -> None:
    tell(recipient=person, kind=MessageKind.UNIT, title=title, url=reverse("members:units"))
