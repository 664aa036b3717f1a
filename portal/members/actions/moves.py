"""How a person moves from one unit to another. The person is locked first, then the move."""

from datetime import date, datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members import queries
from portal.members.actions.memberships import activate_from_roster, end_membership, open_membership
from portal.members.enums import UNIT_MOVE_TRANSITIONS, Ending, UnitMoveState
from portal.members.errors import JoinDayError, MoveDayError, MoveUnderWayError, NotOnRosterError
from portal.members.models import HomeMembership, RosterEntry, UnitMove, User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.enums import Role
from portal.organisations.models import Unit
from portal.organisations.queries import nearest_holders
from portal.states import lock, move, save

LOOK_BACK = timedelta(days=1)  # the clock may stand still for so long; whoever logs in is met at once
FARTHEST = timedelta(days=180)  # a move farther ahead is no news yet


@transaction.atomic
def confirm_move(*, unit_move: UnitMove, by: User, starts_on: date) -> UnitMove:
    """Say "I have moved": the old membership ends and the new begins on ``starts_on``, today or when the day comes.

    Until then the old one stands; where the old unit has let go already, the new one begins that day. Tells the
    contacts of both units. Confirming again changes nothing.

    Raises:
        MoveDayError: the day lies before the old membership (or its end, once it is over) or half a year ahead.
        MoveUnderWayError: another move waits for its day.
        NotOnRosterError: no unit is home any more, and the new one does not name the person.
    """
    unit_move = _hold(unit_move)
    if unit_move.state == UnitMoveState.CONFIRMED and unit_move.starts_on == starts_on:
        return unit_move
    membership = queries.open_membership(unit_move.person)
    _check_day(unit_move, membership, starts_on)
    if queries.open_moves(unit_move.person).filter(state=UnitMoveState.CONFIRMED).exists():
        raise MoveUnderWayError
    unit_move.starts_on, unit_move.decided_at = starts_on, timezone.now()
    if membership:
        unit_move.from_unit = membership.unit
    _move(unit_move, to=UnitMoveState.CONFIRMED, by=by)
    if starts_on <= timezone.localdate():
        return _complete(unit_move, by=by)
    _tell_units(
        unit_move,
        _("%(name)s将于 %(day)s 从%(from)s调到%(to)s。到那天以前仍属于原单位。"),
    )
    return unit_move


@transaction.atomic
def decline_move(*, unit_move: UnitMove, by: User) -> UnitMove:
    """Say "I have not moved". Tells the contacts of the unit that wrote the person down. Idempotent."""
    unit_move = _hold(unit_move)
    if unit_move.state == UnitMoveState.DECLINED:
        return unit_move
    unit_move.decided_at = timezone.now()
    _move(unit_move, to=UnitMoveState.DECLINED, by=by)
    _tell_contacts(unit_move.to_unit, unit_move, _("%(name)s表示没有调到%(to)s，请核对名册。"))
    return unit_move


@transaction.atomic
def take_back_move(*, unit_move: UnitMove, by: User) -> UnitMove:
    """Take back a confirmation before its day; the move waits for an answer again."""
    unit_move = _hold(unit_move)
    unit_move.starts_on = None
    _move(unit_move, to=UnitMoveState.PROPOSED, by=by)
    _tell_units(unit_move, _("%(name)s收回了从%(from)s调到%(to)s的确认。"))
    return unit_move


def meet_newly_named(*, now: datetime) -> int:
    """Let people who have an account meet the roster rows that named them lately; return how many were looked at."""
    people = list(queries.newly_named(now - LOOK_BACK))
    for person in people:
        activate_from_roster(person=person)
    return len(people)


def settle_moves(*, now: datetime) -> int:
    """Do what is due: moves whose day has come, moves a unit dropped, moves nobody answered. Return how many.

    Whom no unit is home to any more, and the new one has dropped meanwhile, moves nowhere on the day, and is told.
    After ``UNIT_MOVE_SILENCE_DAYS`` of silence a move is completed when the old unit has let the person go, otherwise
    it is raised to the next level above both units, once.
    """
    today = timezone.localdate(now)
    before = now - timedelta(days=settings.UNIT_MOVE_SILENCE_DAYS)
    done = [_settle(one, now=now) for one in queries.dropped_moves()]
    done += [_settle(one, now=now) for one in queries.due_moves(today)]
    done += [_settle(one, now=now) for one in queries.silent_moves(before)]
    return sum(done)


@transaction.atomic
def _settle(unit_move: UnitMove, *, now: datetime) -> bool:
    """Look again under the lock and do what is due now."""
    unit_move = _hold(unit_move)
    today = timezone.localdate(now)
    if unit_move.state == UnitMoveState.CONFIRMED and unit_move.starts_on and unit_move.starts_on <= today:
        return _come_or_drop(unit_move)
    if unit_move.state != UnitMoveState.PROPOSED:
        return False
    if not _is_named(unit_move):
        _move(unit_move, to=UnitMoveState.WITHDRAWN, by=None)
        return True
    return _break_silence(unit_move, now=now)


def _come_or_drop(unit_move: UnitMove) -> bool:
    if queries.open_membership(unit_move.person) or _may_join(unit_move):
        _complete(unit_move, by=None)
        return True
    _move(unit_move, to=UnitMoveState.WITHDRAWN, by=None)
    _tell_person(unit_move, _("%(to)s的名册上已经没有您，不再登记您从 %(day)s 起调到那里。"))
    return True


def _break_silence(unit_move: UnitMove, *, now: datetime) -> bool:
    if unit_move.raised_at or unit_move.proposed_at > now - timedelta(days=settings.UNIT_MOVE_SILENCE_DAYS):
        return False
    if not queries.is_on_roster(unit_move):
        unit_move.starts_on = timezone.localdate(now)
        _complete(unit_move, by=None)
        return True
    unit_move.raised_at = now
    save(unit_move, action="raised", by=None)
    text = _("%(name)s同时在%(from)s和%(to)s的名册上，一直没有答复，请协助核对。")
    for unit in (unit_move.from_unit, unit_move.to_unit):
        for holder in _above(unit, exclude=unit_move.person):
            tell(recipient=holder, kind=MessageKind.WORK, title=text % _details(unit_move))
    _tell_person(unit_move, _("%(to)s把您列入了名册，请确认您有没有调动。"))
    return True


def _complete(unit_move: UnitMove, *, by: User | None) -> UnitMove:
    day = unit_move.starts_on or timezone.localdate()
    membership = (
        HomeMembership.objects.select_for_update(no_key=True)
        .filter(person=unit_move.person, ends_on__isnull=True)
        .first()
    )
    if membership and membership.unit_id == unit_move.to_unit_id:  # they are there already
        unit_move.starts_on = membership.starts_on
        _move(unit_move, to=UnitMoveState.COMPLETED, by=by)
        return unit_move
    if membership:
        unit_move.from_unit = membership.unit
        day = max(day, membership.starts_on)
        end_membership(membership, on=day, ending=Ending.MOVED, by=by)
    unit_move.starts_on = day
    _move(unit_move, to=UnitMoveState.COMPLETED, by=by)
    open_membership(person=unit_move.person, unit=unit_move.to_unit, on=day, by=by)
    _tell_units(unit_move, _("%(name)s已于 %(day)s 从%(from)s调到%(to)s。"))
    _tell_person(unit_move, _("您的所属单位从 %(day)s 起是%(to)s。以前的服务记录不变。"))
    return unit_move


def _check_day(unit_move: UnitMove, membership: HomeMembership | None, day: date) -> None:
    farthest = timezone.localdate() + FARTHEST
    if membership:
        if not membership.starts_on <= day <= farthest:
            raise MoveDayError
        return
    if not _may_join(unit_move):
        raise NotOnRosterError
    last = queries.memberships_of(unit_move.person).first()
    if day > farthest or (last and last.ends_on and day < last.ends_on):
        raise JoinDayError


def _may_join(unit_move: UnitMove) -> bool:
    """Return whether the new unit is there and names the person; asked where no unit is home to move from."""
    return queries.units_naming(unit_move.person).filter(pk=unit_move.to_unit_id).exists()


def _is_named(unit_move: UnitMove) -> bool:
    return RosterEntry.objects.filter(unit=unit_move.to_unit, person=unit_move.person, left_on__isnull=True).exists()


def _hold(unit_move: UnitMove) -> UnitMove:
    lock(unit_move.person)
    return lock(unit_move, "person", "from_unit", "to_unit")


def _move(unit_move: UnitMove, *, to: UnitMoveState, by: User | None) -> None:
    move(unit_move, to=to, by=by, transitions=UNIT_MOVE_TRANSITIONS)


def _above(unit: Unit | None, *, exclude: User) -> list[User]:
    if unit is None:
        return []
    parent = unit.get_parent()
    if parent:
        return nearest_holders(parent, role=Role.UNIT_CONTACT, exclude=exclude)
    return nearest_holders(unit.area, role=Role.SUPERVISOR, exclude=exclude) if unit.area else []


def _details(unit_move: UnitMove) -> dict[str, object]:
    return {
        "name": unit_move.person.name,
        "from": unit_move.from_unit or "",
        "to": unit_move.to_unit,
        "day": unit_move.starts_on or "",
    }


def _tell_units(unit_move: UnitMove, text: str) -> None:
    for unit in dict.fromkeys((unit_move.from_unit, unit_move.to_unit)):
        _tell_contacts(unit, unit_move, text)


def _tell_contacts(unit: Unit | None, unit_move: UnitMove, text: str) -> None:
    if unit is None or unit.has_ended:
        return
    for contact in nearest_holders(unit, role=Role.UNIT_CONTACT, exclude=unit_move.person):
        tell(recipient=contact, kind=MessageKind.WORK, title=text % _details(unit_move))


def _tell_person(unit_move: UnitMove, text: str) -> None:
    tell(
        recipient=unit_move.person,
        kind=MessageKind.UNIT,
        title=text % _details(unit_move),
        url=reverse("members:units"),
    )
