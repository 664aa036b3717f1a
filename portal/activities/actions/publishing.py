"""An activity made known by the clock."""

from datetime import datetime

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import drawing, locks
from portal.activities.actions.activities import publish
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityError,
    NoticeItemsMissingError,
    PublishTimeError,
    ShiftIsFixedError,
)
from portal.activities.models import Activity
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind

logger = structlog.get_logger(__name__)


@transaction.atomic
def schedule(*, activity: Activity, by: User, at: datetime | None) -> Activity:
    """Say when a draft is published by itself; ``None`` takes that back.

    Raises:
        ActivityCancelledError: it has been called off.
        ShiftIsFixedError: it is published already.
        NoticeItemsMissingError: something people must be told is missing.
        PublishTimeError: the time is over, or not before the first shift.
        DrawTimeOverError: the lot would have fallen by then.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        raise ActivityCancelledError
    if activity.is_published:
        raise ShiftIsFixedError
    if at is not None:
        _refuse_time(activity, at)
    activity.publish_at = at
    states.save(activity, action="scheduled", by=by, data={"at": at.isoformat() if at else ""})
    return activity


def publish_due_activities(*, now: datetime) -> int:
    """Publish the drafts whose time has come; return how many. Safe to run at any time.

    One that has lost what people must be told since then waits as a draft without a time, and its organiser is told.
    """
    due = Activity.objects.filter(publish_at__lte=now, published_at__isnull=True, cancelled_at__isnull=True)
    return sum(_publish_one(activity) for activity in list(due.select_related("created_by").order_by("pk")))


@transaction.atomic
def _publish_one(activity: Activity) -> bool:
    activity = locks.lock_activity(activity)
    if activity.publish_at is None or activity.is_published or activity.is_cancelled:
        return False
    activity.publish_at = None
    activity.save(update_fields=["publish_at"])
    try:
        publish(activity=activity, by=activity.created_by)
    except ActivityError as refusal:
        logger.warning("activity.not_published", activity=activity.code, reason=type(refusal).__name__)
        _tell_not_published(activity, refusal)
        return False
    return True


def _tell_not_published(activity: Activity, refusal: ActivityError) -> None:
    tell(
        recipient=activity.created_by,
        kind=MessageKind.WORK,
        title=_("没有按时发布：%(title)s") % {"title": activity.title},
        body=_("%(reason)s活动还是草稿，补好以后请再发布。") % {"reason": refusal.message},
        url=reverse("activities:overview", args=[activity.code]),
    )


def _refuse_time(activity: Activity, at: datetime) -> None:
    missing = queries.missing_notice_items(activity)
    if missing:
        raise NoticeItemsMissingError([str(item.label) for item in missing])
    first = activity.shifts.order_by("starts_at").first()
    if at <= timezone.now() or (first and at >= first.starts_at):
        raise PublishTimeError
    drawing.refuse_over(activity, at=at)
