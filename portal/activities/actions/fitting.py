"""Who waits for more places than there are at all: nobody behind them would ever be reached."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal import states
from portal.activities.actions import conditions, locks, places
from portal.activities.enums import SignUpState
from portal.activities.models import SignUp
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind


@transaction.atomic
def wait_for_fewer(*, sign_up: SignUp, by: User) -> SignUp:
    """Let a member who waits for more places than there are wait for all there are, and stay where they stand.

    Idempotent.

    Raises:
        SignUpError: the activity is cancelled or has begun.
    """
    shift, sign_up = locks.lock_place(sign_up)
    if not sign_up.never_fits:
        return sign_up
    conditions.refuse_unless_open(shift)
    before, sign_up.places = sign_up.places, sign_up.places_at_all
    data = states.for_whom(sign_up.member_id, by) | {"places": [before, sign_up.places]}
    states.save(sign_up, action="fewer", by=by, data=data)
    places.fill(shift)
    sign_up.refresh_from_db()  # it may have been reached at once
    return sign_up


@transaction.atomic
def end_wait(*, sign_up: SignUp, by: User) -> SignUp:
    """Take somebody out of a queue in which they wait for more places than there are, and tell them why. Idempotent.

    Raises:
        SignUpError: the activity is cancelled or has begun.
    """
    shift, sign_up = locks.lock_place(sign_up)
    if not sign_up.never_fits:
        return sign_up
    conditions.refuse_unless_open(shift)
    places.move(sign_up, shift=shift, to=SignUpState.WITHDRAWN, by=by)
    places.fill(shift)
    tell(
        recipient=sign_up.member,
        kind=MessageKind.SIGN_UP,
        title=_("“%(title)s”不再为您排队") % {"title": shift.activity.title},
        body=_("您报了 %(wanted)s 个人，现在一共只有 %(capacity)s 个名额，排不到了。少带几人的话，可以重新报名。")
        % {"wanted": sign_up.places, "capacity": sign_up.places_at_all},
        url=reverse("activities:detail", args=[shift.activity.code]),
    )
    return sign_up
