"""One shift of an activity that goes on is called off, with a reason."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import locks, places
from portal.activities.enums import (
    COVER_TRANSITIONS,
    OPEN,
    SHIFT_TRANSITIONS,
    CoverState,
    ShiftState,
    SignUpState,
)
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityError,
    ActivityNotPublishedError,
    LastShiftError,
    ReasonMissingError,
    ShiftHasBegunError,
)
from portal.activities.models import Activity, GroupPlaces, Shift, SignUp
from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each


@transaction.atomic
def call_off_shift(*, shift: Shift, by: User, reason: str) -> Shift:
    """Call off ``shift`` for good, free everyone on it and tell them; the activity goes on. Idempotent.

    Its queue, offers, requests, units' places and searches for a stand-in end with it. Locks the activity, the shift,
    then its sign-ups.

    Raises:
        ActivityCancelledError, ActivityNotPublishedError: there is no activity to go on; a draft's shift is removed.
        ReasonMissingError: no reason was given.
        ShiftHasBegunError: it has begun.
        LastShiftError: no other shift is left; the activity is to be cancelled.
    """
    activity = locks.lock_activity(shift.activity)
    shift = locks.lock_shift(shift)
    if shift.is_called_off:
        return shift
    _refuse_unless_possible(activity, shift)
    if not reason.strip():
        raise ReasonMissingError
    with states.logged_together():
        freed = _free(shift, by=by)
        held_by = _close_groups(shift, by=by)
        _end_swaps(shift, by=by)
    shift.called_off_at, shift.call_off_reason = timezone.now(), reason.strip()
    states.move(shift, to=ShiftState.CALLED_OFF, by=by, transitions=SHIFT_TRANSITIONS, data={"people": len(freed)})
    activity.save(update_fields=["updated_at"])  # calendars are told under the number this gives
    _tell(shift, User.objects.filter(pk__in={*freed, *held_by}))
    return shift


def why_it_goes_on(shift: Shift) -> ActivityError | None:
    """Return what would refuse to call ``shift`` off as it stands, before anybody is asked for a reason."""
    try:
        _refuse_unless_possible(shift.activity, shift)
    except ActivityError as refusal:
        return refusal
    return None


def _refuse_unless_possible(activity: Activity, shift: Shift) -> None:
    if activity.is_cancelled:
        raise ActivityCancelledError
    if not activity.is_published:
        raise ActivityNotPublishedError
    if shift.has_started:
        raise ShiftHasBegunError
    if not activity.shifts.filter(state=ShiftState.PLANNED).exclude(pk=shift.pk).exists():
        raise LastShiftError


def _free(shift: Shift, *, by: User) -> list[int]:
    """End every open sign-up on ``shift``; return the keys of their people."""
    # Held: whoever notes who came holds the sign-up alone.
    held = SignUp.objects.select_for_update(no_key=True).filter(shift=shift, state__in=OPEN).order_by("pk")
    sign_ups = list(held)
    for sign_up in sign_ups:
        sign_up.offered_until = None
        places.move(sign_up, shift=shift, to=SignUpState.CALLED_OFF, by=by)
    return [sign_up.member_id for sign_up in sign_ups]


def _close_groups(shift: Shift, *, by: User) -> list[int]:
    """End what units hold on ``shift``; return the keys of those who held it for them."""
    groups = list(GroupPlaces.objects.filter(shift=shift, closed_at__isnull=True).order_by("pk"))
    for group in groups:
        unnamed, group.closed_at = group.unnamed, timezone.now()
        states.save(group, action="released", by=by, data={"unnamed": unnamed})
        places.count(-unnamed, shift=shift, position_id=group.position_id)
    return [group.held_by_id for group in groups]


def _end_swaps(shift: Shift, *, by: User) -> None:
    """Stop the searches of others for somebody on ``shift`` who swaps; those on it ended with their places."""
    for request in shift.swaps_wanted.filter(state=CoverState.OPEN).order_by("pk"):
        states.move(request, to=CoverState.ENDED, by=by, transitions=COVER_TRANSITIONS)


def _tell(shift: Shift, people: Iterable[User]) -> None:
    said = {"time": queries.time_in_words(shift.starts_at, shift.ends_at), "reason": shift.call_off_reason}
    note = Note(
        kind=MessageKind.SIGN_UP,
        title=_("班次取消：%(title)s") % {"title": shift.activity.title},
        body=_("%(time)s 这一班不办了，您不用来。活动的别的班次照常。原因：%(reason)s") % said,
        url=reverse("activities:detail", args=[shift.activity.code]),
    )
    tell_each(people, note)
