"""Something people count on has changed: they are told what, and asked whether they still come."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import locks, places
from portal.activities.actions.sign_ups import withdraw
from portal.activities.enums import OPEN, OnSilence, SignUpState
from portal.activities.errors import NothingToConfirmError, ShiftsOverlapError
from portal.activities.models import Activity, MaterialChange, Position, Shift, SignUp
from portal.activities.queries import Difference, clashes
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind


def announce(
    *,
    activity: Activity,
    shifts: Iterable[Shift],
    differences: Sequence[Difference],
    by: User,
    reconfirm_by: datetime | None = None,
    on_silence: str = OnSilence.KEEP,
    position: Position | None = None,
) -> MaterialChange | None:
    """Tell everyone on ``shifts`` what changed, and ask those who hold a place to say again that they come.

    With a ``position`` only those who signed up for it. Needs the locks of ``shifts``. Nothing happens when nobody is
    signed up; then there is no change to answer to.
    """
    now = timezone.now()
    to_come = [shift for shift in shifts if shift.starts_at > now]
    people = SignUp.objects.filter(shift__in=to_come, state__in=OPEN).select_related("member", "shift")
    sign_ups = list((people.filter(position=position) if position else people).order_by("pk"))
    if not sign_ups:
        return None
    change = MaterialChange(
        activity=activity,
        items=[{"label": one.label, "before": one.before, "after": one.after} for one in differences],
        reconfirm_by=reconfirm_by or now + timedelta(hours=settings.RECONFIRM_HOURS),
        on_silence=on_silence,
        made_by=by,
    )
    states.save(change, action="made", by=by, data={"people": len(sign_ups)})
    for sign_up in sign_ups:
        _tell(sign_up, change, activity)
    return change


@transaction.atomic
def reconfirm(*, sign_up: SignUp, by: User) -> SignUp:
    """Say that one still comes after a change. Idempotent.

    The new time may lie on something else of theirs: then they stay asked, and may give up either.

    Raises:
        NothingToConfirmError: nothing was asked, or the place is gone.
        ShiftsOverlapError: they are signed up for something else at that time.
    """
    locks.lock_person(sign_up.member)
    shift, sign_up = locks.lock_place(sign_up)
    if sign_up.state != SignUpState.CONFIRMED or sign_up.reconfirm_by is None:
        raise NothingToConfirmError
    if sign_up.reconfirmed_at is None:
        other = clashes.overlapping(shift, clashes.sign_ups_around(sign_up.member, shift))
        if other:
            raise ShiftsOverlapError(other.activity.title)
        sign_up.reconfirmed_at = timezone.now()
        states.save(sign_up, action="reconfirmed", by=by, data=states.for_whom(sign_up.member_id, by))
    return sign_up


@transaction.atomic
def decline_change(*, sign_up: SignUp, by: User) -> SignUp:
    """Give the place back because of the change; it goes to the head of the queue. Idempotent.

    Raises:
        NothingToConfirmError: nothing was asked.
        ShiftHasStartedError, AlreadyArrivedError: it is too late.
    """
    _shift, sign_up = locks.lock_place(sign_up)
    if sign_up.is_open and not sign_up.is_asked_again:
        raise NothingToConfirmError
    return withdraw(sign_up=sign_up, by=by, until_start=True)


def free_silent(*, now: datetime) -> int:
    """Free the places of those who did not answer a change in time, where the organiser chose so; return how many.

    Safe to run at any time.
    """
    shifts = Shift.objects.filter(sign_ups__in=queries.silent_past(now)).distinct().order_by("pk")
    return sum(_free_silent_of(shift, now=now) for shift in list(shifts))


@transaction.atomic
def _free_silent_of(shift: Shift, *, now: datetime) -> int:
    shift = locks.lock_shift(shift)
    if shift.has_started:
        return 0
    silent = list(queries.silent_past(now).filter(shift=shift).select_related("member").order_by("pk"))
    for sign_up in silent:
        places.move(sign_up, shift=shift, to=SignUpState.LAPSED, by=None)
        tell(
            recipient=sign_up.member,
            kind=MessageKind.SIGN_UP,
            title=_("“%(title)s”的名额已让给别人") % {"title": shift.activity.title},
            body=_("活动有改动，没有在期限内收到您的确认。如果还想参加，可以重新报名。"),
            url=reverse("activities:detail", args=[shift.activity.code]),
        )
    places.fill(shift)
    return len(silent)


def _tell(sign_up: SignUp, change: MaterialChange, activity: Activity) -> None:
    changed = _("；").join(f"{one['label']}：{one['before']} → {one['after']}" for one in change.items)
    body = _("改动：%(changed)s。") % {"changed": changed}
    if sign_up.state == SignUpState.CONFIRMED:
        sign_up.change, sign_up.reconfirmed_at = change, None
        sign_up.reconfirm_by = min(change.reconfirm_by, sign_up.shift.starts_at)
        sign_up.save(update_fields=["change", "reconfirm_by", "reconfirmed_at"])
        until = timezone.localtime(sign_up.reconfirm_by)
        day, time = date_format(until, "MONTH_DAY_FORMAT"), date_format(until, "TIME_FORMAT")
        body += _("请在 %(day)s %(time)s 以前说一声还来不来。") % {"day": day, "time": time}
    tell(
        recipient=sign_up.member,
        kind=MessageKind.SIGN_UP,
        until=sign_up.reconfirm_by if sign_up.state == SignUpState.CONFIRMED else None,
        title=_("“%(title)s”有改动，请再看一看") % {"title": activity.title},
        body=body,
        url=reverse("activities:mine"),
    )
