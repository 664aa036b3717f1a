"""An organiser says how places are handed out."""

from typing import Any

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities.actions import drawing, locks
from portal.activities.errors import ActivityCancelledError, PolicyIsFixedError
from portal.activities.models import Activity, SignUp
from portal.members.models import User

FIXED = ("mode", "queue_policy", "newcomers_until", "draw_at")


@transaction.atomic
def set_policy(*, activity: Activity, by: User, **fields: Any) -> Activity:
    """Change how ``activity`` hands out its places. Once people have signed up, who goes first stays as they read it.

    Raises:
        ActivityCancelledError: it has been called off.
        PolicyIsFixedError: somebody has signed up under another policy.
        DrawTimeError: the time of the lot is over, or a shift would have begun by then.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        raise ActivityCancelledError
    locks.lock_shifts(activity)  # whoever signs up in this moment does so under one policy
    changed = [name for name, value in fields.items() if getattr(activity, name) != value]
    if any(name in FIXED for name in changed) and SignUp.objects.filter(shift__activity=activity).exists():
        raise PolicyIsFixedError
    for name in changed:
        setattr(activity, name, fields[name])
    is_drawn_anew = not {"queue_policy", "draw_at"}.isdisjoint(changed)
    if is_drawn_anew:
        drawing.refuse_over(activity, at=timezone.now())
        drawing.refuse_late(activity)
    if changed:
        states.save(activity, action="edited", by=by, data={"fields": changed})
    if activity.draws:
        commit = drawing.commit_anew if is_drawn_anew else drawing.commit
        commit(activity)
    return activity
