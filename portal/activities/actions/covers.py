"""Somebody who cannot come finds a stand-in, or swaps shifts. The place passes whole, and nobody is asked twice."""

from collections.abc import Iterable, Iterator
from itertools import islice

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import states
from portal.activities import queries
from portal.activities.actions import conditions, locks, places
from portal.activities.enums import (
    COVER_TRANSITIONS,
    AttendanceState,
    CoverKind,
    CoverState,
    Refusal,
    SignUpState,
)
from portal.activities.errors import AlreadyArrivedError, SignUpError
from portal.activities.models import Attendance, CoverAsk, CoverRequest, Shift, SignUp
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each

MOST_LOOKED_AT = 100


@transaction.atomic
def ask_for_cover(*, sign_up: SignUp, by: User, reason: str = "", wanted: Shift | None = None) -> CoverRequest:
    """Look for a stand-in, or with ``wanted`` for somebody there who swaps. Idempotent while one is open.

    The organiser is told, and fitting people are asked, few at a time.

    Raises:
        SignUpError: the place is not theirs any more, the shift has begun, or ``wanted`` is nothing for them.
    """
    shift, sign_up = locks.lock_place(sign_up)
    conditions.refuse_unless_open(shift)
    _refuse_unless_held(sign_up)
    request = sign_up.covers.filter(state=CoverState.OPEN).first()
    if request:
        return request
    if wanted:
        _refuse_useless(sign_up, wanted)
    kind = CoverKind.SWAP if wanted else CoverKind.STAND_IN
    request = CoverRequest(sign_up=sign_up, kind=kind, wanted=wanted, reason=reason.strip(), state="")
    _move(request, to=CoverState.OPEN, by=by)
    _tell_organiser(request)
    _ask(request)
    return request


@transaction.atomic
def ask_more(*, request: CoverRequest, by: User) -> int:
    """Ask the next fitting people; return how many."""
    locks.lock_shift(request.sign_up.shift)
    request = CoverRequest.objects.select_related("sign_up__shift__activity", "wanted").get(pk=request.pk)
    if not _is_wanted(request):
        return 0
    asked = _ask(request)
    states.save(request, action="asked_more", by=by, data={"asked": asked})
    return asked


@transaction.atomic
def decline_cover(*, request: CoverRequest, by: User) -> None:
    """Say no; the next fitting person is asked. Idempotent."""
    locks.lock_shift(request.sign_up.shift)
    request = CoverRequest.objects.select_related("sign_up__shift__activity", "wanted").get(pk=request.pk)
    declined = CoverAsk.objects.filter(request=request, member=by, declined_at__isnull=True)
    if declined.update(declined_at=timezone.now()) and _is_wanted(request):
        _ask(request, at_once=1)


@transaction.atomic
def end_cover(*, request: CoverRequest, by: User) -> CoverRequest:
    """Stop looking. Idempotent."""
    locks.lock_shift(request.sign_up.shift)
    request = CoverRequest.objects.get(pk=request.pk)
    if request.is_open:
        _move(request, to=CoverState.ENDED, by=by)
    return request


@transaction.atomic
def take_cover(*, request: CoverRequest, by: User) -> SignUp:
    """Take over as ``by``, who was asked; return their sign-up. The place passes in one step.

    Locks both people and both shifts, the lower number first.

    Raises:
        SignUpError: its ``reason`` says which of ``enums.Refusal`` it is.
    """
    request = CoverRequest.objects.select_related("sign_up__member", "sign_up__shift", "wanted").get(pk=request.pk)
    locks.lock_people([request.sign_up.member, by])
    shifts = locks.lock_each_shift([request.sign_up.shift, *([request.wanted] if request.wanted else [])])
    request = CoverRequest.objects.select_related("sign_up__member", "sign_up__position").get(pk=request.pk)
    _refuse_unless_asked(request, by)
    theirs, shift = request.sign_up, shifts[request.sign_up.shift_id]
    conditions.refuse_unless_open(shift)
    _refuse_unless_held(theirs)
    request.taken_by = by
    _move(request, to=CoverState.TAKEN, by=by)  # first: what is still open when the place goes is ended
    if request.is_swap:
        taken = _swap(request, theirs, shift=shift, wanted=shifts[request.wanted_id or 0], by=by)
    else:
        taken = _stand_in(theirs, shift=shift, by=by)
    _tell_taken(request)
    return taken


def _stand_in(theirs: SignUp, *, shift: Shift, by: User) -> SignUp:
    mine = _sign_up_of(by, shift)
    _weigh(mine, shift, theirs, leaving=None)
    places.move(theirs, shift=shift, to=SignUpState.WITHDRAWN, by=by)
    _take(mine, theirs, shift=shift, by=by, count=1)
    places.fill(shift)  # whom they would have brought does not come
    return mine


def _swap(request: CoverRequest, theirs: SignUp, *, shift: Shift, wanted: Shift, by: User) -> SignUp:
    conditions.refuse_unless_open(wanted)
    given = SignUp.objects.select_related("position", "member").filter(shift=wanted, member=by).first()
    if given is None:
        raise SignUpError(Refusal.NOT_CONFIRMED)
    _refuse_unless_held(given)
    if given.places != theirs.places:
        raise SignUpError(Refusal.COVER_UNEVEN)
    mine, new = _sign_up_of(by, shift), _sign_up_of(theirs.member, wanted)
    _weigh(mine, shift, theirs, leaving=given)
    _weigh(new, wanted, given, leaving=theirs)
    places.move(theirs, shift=shift, to=SignUpState.WITHDRAWN, by=by)
    places.move(given, shift=wanted, to=SignUpState.WITHDRAWN, by=by)
    _take(mine, theirs, shift=shift, by=by, count=theirs.places)
    _take(new, given, shift=wanted, by=by, count=given.places)
    places.fill(shift)  # where either of them waited for more than was free, the next may need less
    places.fill(wanted)
    return mine


def _sign_up_of(member: User, shift: Shift) -> SignUp:
    mine = SignUp.objects.filter(shift=shift, member=member).first() or SignUp(shift=shift, member=member)
    if mine.state in (SignUpState.CONFIRMED, SignUpState.OFFERED):
        raise SignUpError(Refusal.COMES_ALREADY)
    return mine


def _weigh(mine: SignUp, shift: Shift, before: SignUp, *, leaving: SignUp | None) -> None:
    wish = conditions.Wish(shift, mine.member, before.position, leaving=leaving, is_new=False)
    mine.strain = conditions.weigh(wish) or ""


def _take(mine: SignUp, before: SignUp, *, shift: Shift, by: User, count: int) -> None:
    mine.position, mine.group, mine.places = before.position, before.group, count
    mine.queued_at = mine.offered_until = None
    places.move(mine, shift=shift, to=SignUpState.CONFIRMED, by=by)


def _refuse_useless(sign_up: SignUp, wanted: Shift) -> None:
    """Raise where whoever agreed to swap would be refused for what the asker has, so that nobody is asked in vain."""
    conditions.refuse_unless_open(wanted)
    _sign_up_of(sign_up.member, wanted)
    conditions.weigh(conditions.Wish(wanted, sign_up.member, leaving=sign_up, is_new=False))


def _refuse_unless_held(sign_up: SignUp) -> None:
    if sign_up.state != SignUpState.CONFIRMED:
        raise SignUpError(Refusal.NOT_CONFIRMED)
    if Attendance.objects.filter(sign_up=sign_up).exclude(state=AttendanceState.EXPECTED).exists():
        raise AlreadyArrivedError


def _refuse_unless_asked(request: CoverRequest, by: User) -> None:
    if not request.is_open or not request.asks.filter(member=by).exists():
        raise SignUpError(Refusal.COVER_TAKEN)


def _move(request: CoverRequest, *, to: CoverState, by: User) -> None:
    states.move(request, to=to, by=by, transitions=COVER_TRANSITIONS)


def _ask(request: CoverRequest, *, at_once: int | None = None) -> int:
    fitting = list(islice(_those_it_is_for(request), at_once or settings.COVER_ASKS_AT_ONCE))
    CoverAsk.objects.bulk_create(CoverAsk(request=request, member=member) for member in fitting)
    _tell_asked(request, fitting)
    return len(fitting)


def _those_it_is_for(request: CoverRequest) -> Iterator[User]:
    """Yield whom to ask, the first first, without those who would be refused: they might not even know of it."""
    shift, position = request.sign_up.shift, request.sign_up.position
    for member in queries.people_for_cover(request)[:MOST_LOOKED_AT]:
        if conditions.is_for(conditions.Wish(shift, member, position, is_new=False)):
            yield member


def _is_wanted(request: CoverRequest) -> bool:
    shift = request.sign_up.shift
    return request.is_open and shift.activity.is_published and not shift.has_started


def _tell_asked(request: CoverRequest, people: Iterable[User]) -> None:
    title = _("有人想和您换班") if request.is_swap else _("能不能帮忙顶一班")
    note = Note(
        kind=MessageKind.SIGN_UP,
        title=_("%(ask)s：%(title)s") % {"ask": title, "title": request.sign_up.shift.activity.title},
        body=_("不方便就不用理会，不会再问第二次。"),
        url=reverse("activities:cover", args=[request.pk]),
    )
    tell_each(people, note)


def _tell_organiser(request: CoverRequest) -> None:
    activity = request.sign_up.shift.activity
    tell(
        recipient=activity.created_by,
        kind=MessageKind.SIGN_UP,
        title=_("有人来不了，正在找人：%(title)s") % {"title": activity.title},
        body=_("点开看原因。") if request.reason else "",
        url=reverse("activities:people", args=[activity.code]),
    )


def _tell_taken(request: CoverRequest) -> None:
    activity = request.sign_up.shift.activity
    done = _("已经换好了班。") if request.is_swap else _("已经有人顶替您，您不用来了。")
    for person, body, url in (
        (request.sign_up.member, done, reverse("activities:mine")),
        (activity.created_by, _("报名的人有变化，请看名单。"), reverse("activities:people", args=[activity.code])),
    ):
        tell(
            recipient=person,
            kind=MessageKind.SIGN_UP,
            title=_("换人的结果：%(title)s") % {"title": activity.title},
            body=body,
            url=url,
        )
