"""A unit holds places and says later who will come. Every count stands under the lock of the shift."""

from datetime import date, datetime

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import conditions, locks, places
from portal.activities.enums import Refusal, SignUpState
from portal.activities.errors import SignUpError
from portal.activities.models import GroupPlaces, Position, Shift, SignUp
from portal.members.models import User
from portal.members.queries import home_unit
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.models import Unit
from portal.states import lock


@transaction.atomic
def hold_places(
    *, shift: Shift, unit: Unit, by: User, held: int, name_until: datetime, position: Position | None = None
) -> GroupPlaces:
    """Keep ``held`` places for ``unit`` until ``name_until``. Those who wait are not overtaken.

    Locks the unit, then the shift: while the unit ends, either its places go with it or none are held.

    Raises:
        SignUpError: its ``reason`` says which of ``enums.Refusal`` it is.
    """
    unit = lock(unit)
    shift = locks.lock_shift(shift)
    conditions.refuse_unless_open(shift)
    conditions.refuse_to_hold(shift)
    if unit.has_ended:
        raise SignUpError(Refusal.UNIT_ENDED)
    if GroupPlaces.objects.filter(shift=shift, unit=unit, closed_at__isnull=True).exists():
        raise SignUpError(Refusal.GROUP_HELD)
    position = places.position_on(shift, position)
    left = 0 if queries.queue(shift, position).exists() else (position or shift).places_left
    if held > left or queries.draw_pending(shift.activity):
        raise SignUpError(Refusal.GROUP_TOO_LARGE, left=left)
    until = min(name_until, shift.starts_at)
    group = GroupPlaces(shift=shift, position=position, unit=unit, held_by=by, held=held, name_until=until)
    places.count(held, shift=shift, position_id=group.position_id)
    states.save(group, action="held", by=by, data={"held": held})
    return group


@transaction.atomic
def name_member(*, group: GroupPlaces, member: User, by: User) -> SignUp:
    """Give one of the unit's places to ``member`` and tell them; the places taken stay as they are. Idempotent.

    Raises:
        SignUpError: its ``reason`` says which of ``enums.Refusal`` it is.
    """
    locks.lock_person(member)
    shift, group = _lock(group)
    conditions.refuse_unless_open(shift)
    mine = shift.sign_ups.filter(member=member).first() or SignUp(shift=shift, member=member)
    if mine.group_id == group.pk and mine.is_open:
        return mine
    _refuse_unless_nameable(group, mine)
    wish = conditions.Wish(shift, member, group.position, is_new=False)
    mine.strain = conditions.weigh(wish) or ""
    mine.group, mine.position, mine.places = group, group.position, 1
    mine.queued_at = mine.offered_until = None
    places.move(mine, shift=shift, to=SignUpState.CONFIRMED, by=by)
    places.fill(shift)  # where they waited for more than was free, the next may need less
    tell(
        recipient=member,
        kind=MessageKind.SIGN_UP,
        title=_("单位为您报了名：%(title)s") % {"title": shift.activity.title},
        body=_("来不来由您决定。不方便的话，请在“我的活动”里退出，单位好请别人来。"),
        url=reverse("activities:mine"),
    )
    return mine


@transaction.atomic
def release_places(*, group: GroupPlaces, by: User | None) -> GroupPlaces:
    """Give back the places nobody was named for; they go to the head of the queue. Idempotent."""
    shift, group = _lock(group)
    if group.is_open:
        unnamed, group.closed_at = group.unnamed, timezone.now()
        states.save(group, action="released", by=by, data={"unnamed": unnamed})
        places.count(-unnamed, shift=shift, position_id=group.position_id)
        places.fill(shift)
    return group


def release_with_unit(*, unit: Unit, on: date, by: User | None) -> int:
    """Release the places held for ``unit``, which ends ``on`` this day or before; return of how many groups.

    Until a later day its contact may still name people; ``lapse_groups`` does the rest. The caller holds the unit and
    whoever belongs to it. Locks the shifts, the lower number first.
    """
    if on > timezone.localdate():
        return 0
    found = GroupPlaces.objects.filter(unit=unit, closed_at__isnull=True).select_related("shift")
    held = list(found.order_by("shift"))
    locks.lock_each_shift(group.shift for group in held)
    for group in held:
        release_places(group=group, by=by)
    return len(held)


def lapse_groups(*, now: datetime) -> int:
    """Release what units have not named people for in time; return for how many. Safe to run at any time."""
    due = list(GroupPlaces.objects.filter(closed_at__isnull=True, name_until__lte=now).select_related("shift"))
    for group in due:
        release_places(group=group, by=None)
    return len(due)


def _refuse_unless_nameable(group: GroupPlaces, mine: SignUp) -> None:
    if not group.is_open or group.name_until <= timezone.now():
        raise SignUpError(Refusal.GROUP_CLOSED)
    if group.unnamed < 1:
        raise SignUpError(Refusal.GROUP_FULL)
    unit = home_unit(mine.member)
    if unit is None or not unit.path.startswith(group.unit.path):
        raise SignUpError(Refusal.NOT_OF_THE_UNIT)
    if mine.state in (SignUpState.CONFIRMED, SignUpState.OFFERED):
        raise SignUpError(Refusal.COMES_ALREADY)


def _lock(group: GroupPlaces) -> tuple[Shift, GroupPlaces]:
    shift = locks.lock_shift(group.shift)
    return shift, GroupPlaces.objects.select_related("unit", "position").get(pk=group.pk)
