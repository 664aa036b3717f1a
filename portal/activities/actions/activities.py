"""An organiser makes an activity known, changes it, or calls it off."""

from datetime import datetime
from typing import Any

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import get_random_string
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import changes, drawing, locks
from portal.activities.enums import ACTIVITY_TRANSITIONS, OPEN, ActivityState, OnSilence
from portal.activities.errors import (
    ActivityCancelledError,
    ActivityIsOverError,
    NoticeItemsMissingError,
    ReasonMissingError,
)
from portal.activities.models import Activity, SignUp
from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.models import Area

CODE_LENGTH = 8
CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # nothing that is misread aloud or on paper


@transaction.atomic
def create_activity(*, area: Area, by: User, log: dict[str, Any] | None = None, **fields: Any) -> Activity:
    """Begin an activity as a draft; ``log`` is what the log adds. Where ``area`` became another, there.

    Raises:
        CommunityEndedError: it ended with nobody following.
    """
    return begin(area=locks.hold_place(area), by=by, log=log, **fields)


def begin(*, area: Area, by: User, log: dict[str, Any] | None = None, **fields: Any) -> Activity:
    """Begin an activity as a draft. The caller holds ``area`` (``locks.hold_place``)."""
    code = get_random_string(CODE_LENGTH, CODE_ALPHABET)
    activity = Activity(area=area, created_by=by, **{"code": code, **fields})
    states.save(activity, action="created", by=by, data=log)
    return activity


@transaction.atomic
def edit_activity(
    *,
    activity: Activity,
    by: User,
    reconfirm_by: datetime | None = None,
    on_silence: str = OnSilence.KEEP,
    **fields: Any,
) -> Activity:
    """Change what is said about an activity. Locks the activity, then its shifts.

    Where people count on it (``queries.MATERIAL``), everyone signed up is told and asked again; they answer until
    ``reconfirm_by``, and ``on_silence`` says what becomes of the places of those who do not.

    Raises:
        ActivityCancelledError: it has been called off.
        NoticeItemsMissingError: it is published, and the change takes away what people must be told.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        raise ActivityCancelledError
    changed = [name for name, value in fields.items() if getattr(activity, name) != value]
    material = queries.material_fields(activity, fields)
    differences = queries.text_differences(activity, {name: fields[name] for name in material})
    for name in changed:
        setattr(activity, name, fields[name])
    if activity.is_published:
        _refuse_missing_items(activity)
    if changed:
        states.save(activity, action="edited", by=by, data={"fields": changed})
    if differences:
        changes.announce(
            activity=activity,
            shifts=locks.lock_shifts(activity),
            differences=differences,
            by=by,
            reconfirm_by=reconfirm_by,
            on_silence=on_silence,
        )
    return activity


@transaction.atomic
def publish(*, activity: Activity, by: User) -> Activity:
    """Open an activity for sign-up. Idempotent.

    Raises:
        NoticeItemsMissingError: something people must be told is missing.
        ActivityCancelledError: it has been called off.
        DrawTimeError: the time of the lot is over, or a shift would have begun by then.
    """
    activity = locks.lock_activity(activity)
    if activity.is_published:
        return activity
    if activity.is_cancelled:
        raise ActivityCancelledError
    _refuse_missing_items(activity)
    activity.published_at = timezone.now()
    drawing.refuse_over(activity, at=activity.published_at)
    drawing.refuse_late(activity)
    _move(activity, to=ActivityState.PUBLISHED, by=by)
    if activity.draws:
        drawing.commit(activity)
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
    note = Note(
        kind=MessageKind.SIGN_UP,
        title=_("活动取消：%(title)s") % {"title": activity.title},
        body=_("原因：%(reason)s") % {"reason": activity.cancel_reason},
        url=reverse("activities:detail", args=[activity.code]),
    )
    tell_each(User.objects.filter(sign_ups__in=open_ones).distinct(), note)
