"""An organiser makes an activity known, changes it, or calls it off."""

from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import locks
from portal.activities.enums import ACTIVITY_TRANSITIONS, OPEN, ActivityState
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityIsOverError,
    NoticeItemsMissingError,
    ReasonMissingError,
)
from portal.activities.models import Activity, SignUp
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.models import Area

CODE_LENGTH = 8
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread aloud or on paper


@transaction.atomic
def create_activity(*, area: Area, by: User, **fields: Any) -> Activity:
    """Begin an activity as a draft."""
    code = get_random_string(CODE_LENGTH, CODE_ALPHABET)
    activity = Activity(area=area, created_by=by, **{"code": code, **fields})
    states.save(activity, action="created", by=by)
    return activity


@transaction.atomic
def edit_activity(*, activity: Activity, by: User, **fields: Any) -> Activity:
    """Change what is said about an activity.

    Raises:
        ActivityCancelledError: it has been called off.
        NoticeItemsMissingError: it is published, and the change takes away what people must be told.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        raise ActivityCancelledError
    changed = [name for name, value in fields.items() if getattr(activity, name) != value]
    for name in changed:
        setattr(activity, name, fields[name])
    if activity.is_published:
        _refuse_missing_items(activity)
    if changed:
        states.save(activity, action="edited", by=by, data={"fields": changed})
    return activity


@transaction.atomic
def publish(*, activity: Activity, by: User) -> Activity:
    """Open an activity for sign-up. Idempotent.

    Raises:
        NoticeItemsMissingError: something people must be told is missing.
        ActivityCancelledError: it has been called off.
    """
    activity = locks.lock_activity(activity)
    if activity.is_published:
        return activity
    if activity.is_cancelled:
        raise ActivityCancelledError
    _refuse_missing_items(activity)
    activity.published_at = timezone.now()
    _move(activity, to=ActivityState.PUBLISHED, by=by)
    return activity


@transaction.atomic
def cancel(*, activity: Activity, by: User, reason: str) -> Activity:
    """Call an activity off and tell everyone who signed up. Idempotent. Locks the activity, then its shifts.

    Raises:
        ReasonMissingError: no reason was given.
        ActivityIsOverError: it was published, and its last shift has ended.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        return activity
    if not reason.strip():
        raise ReasonMissingError
    locks.lock_shifts(activity)  # whoever signs up in this moment is told, too
    if activity.is_over:
        raise ActivityIsOverError
    activity.cancelled_at, activity.cancel_reason = timezone.now(), reason.strip()
    _move(activity, to=ActivityState.CANCELLED, by=by)
    _tell_cancelled(activity)
    return activity


def _move(activity: Activity, *, to: ActivityState, by: User) -> None:
    states.move(activity, to=to, by=by, transitions=ACTIVITY_TRANSITIONS)


def _refuse_missing_items(activity: Activity) -> None:
    missing = queries.missing_notice_items(activity)
    if missing:
        raise NoticeItemsMissingError([str(item.label) for item in missing])


def _tell_cancelled(activity: Activity) -> None:
    open_ones = SignUp.objects.filter(shift__activity=activity, state__in=OPEN, shift__ends_at__gt=timezone.now())
    for member in User.objects.filter(sign_ups__in=open_ones).distinct():
        tell(
            recipient=member,
            kind=MessageKind.SIGN_UP,
            title=_("活动取消：%(title)s") % {"title": activity.title},
            body=_("原因：%(reason)s") % {"reason": activity.cancel_reason},
            url=reverse("activities:detail", args=[activity.code]),
        )
