"""An organiser answers those who asked to come, and asks people in."""

from collections.abc import Iterable

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import states
from portal.activities.actions import conditions, entering, locks, places
from portal.activities.enums import SignUpState
from portal.activities.errors import ActivityCancelledError, ReasonMissingError
from portal.activities.models import Activity, Invitation, SignUp
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each


@transaction.atomic
def accept_request(*, sign_up: SignUp, by: User) -> SignUp:
    """Let somebody in who asked; on a full shift they wait in the order they asked. Idempotent.

    Raises:
        SignUpError: places no longer change hands here, or it is full and has no queue.
    """
    shift, sign_up = locks.lock_place(sign_up)
    if sign_up.state != SignUpState.REQUESTED:
        return sign_up
    conditions.refuse_unless_open(shift)
    entering.enter(sign_up, shift=shift, by=by)
    if sign_up.state == SignUpState.CONFIRMED:
        body = _("社区工作者已经确认，到时候见。")
    else:
        body = _("社区工作者已经确认。名额满了，您在排队，有空位时会通知您。")
    _tell(sign_up, _("“%(title)s”的申请通过了"), body)
    return sign_up


@transaction.atomic
def refuse_request(*, sign_up: SignUp, by: User, reason: str) -> SignUp:
    """Turn somebody down, with a reason they read. Idempotent.

    Raises:
        ReasonMissingError: no reason was given.
    """
    shift, sign_up = locks.lock_place(sign_up)
    if sign_up.state != SignUpState.REQUESTED:
        return sign_up
    if not reason.strip():
        raise ReasonMissingError
    sign_up.answer = reason.strip()
    places.move(sign_up, shift=shift, to=SignUpState.REFUSED, by=by)
    _tell(sign_up, _("“%(title)s”的申请没有通过"), _("点开看原因。"))
    return sign_up


@transaction.atomic
def invite(*, activity: Activity, members: Iterable[User], by: User) -> int:
    """Ask ``members`` in and tell them; return how many are new. Idempotent. Locks the activity.

    Raises:
        ActivityCancelledError: it has been called off.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        raise ActivityCancelledError
    known = set(activity.invitations.values_list("member", flat=True))
    fresh = [member for member in members if member.pk not in known]
    for member in fresh:
        states.save(Invitation(activity=activity, member=member, invited_by=by), action="sent", by=by)
    note = Note(
        kind=MessageKind.SIGN_UP,
        title=_("邀请您参加“%(title)s”") % {"title": activity.title},
        body=_("社区工作者邀请您参加这个活动。来不来由您决定，想来就请报名。"),
        url=reverse("activities:detail", args=[activity.code]),
    )
    tell_each(fresh, note)
    return len(fresh)


def _tell(sign_up: SignUp, title: str, body: str) -> None:
    activity = sign_up.shift.activity
    tell(
        recipient=sign_up.member,
        kind=MessageKind.SIGN_UP,
        title=title % {"title": activity.title},
        body=body,
        url=reverse("activities:detail", args=[activity.code]),
    )
