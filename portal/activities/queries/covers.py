"""Whom to ask when somebody cannot come."""

from datetime import timedelta

from django.conf import settings
from django.db.models import Case, Count, Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils import timezone

from portal.activities.enums import OPEN, ActivityState, CoverState, ShiftState, SignUpState
from portal.activities.models import Activity, CoverAsk, CoverRequest, Shift, SignUp
from portal.members.enums import Skill
from portal.members.models import User
from portal.members.queries import with_skill
from portal.report_in.queries import members_reported_in

WEEK = timedelta(days=7)


def shifts_to_swap_for(sign_up: SignUp) -> QuerySet[Shift]:
    """Return the shifts to come that ``sign_up`` may be swapped for: the activity's others, and its series'."""
    activity = sign_up.shift.activity
    near = Q(activity=activity)
    if activity.series_id:
        near |= Q(activity__series=activity.series_id, activity__state=ActivityState.PUBLISHED)
    coming = Shift.objects.filter(near, state=ShiftState.PLANNED, starts_at__gt=timezone.now())
    return coming.exclude(pk=sign_up.shift_id).order_by("starts_at", "pk")


def people_for_cover(request: CoverRequest) -> QuerySet[User]:
    """Return the people who could take over and were not asked yet, the first to be asked first.

    For a stand-in these are first those who wait for this shift, then members of the community with time (and with
    the skill the position asks for, where they show it); for a swap, those with a place on the wanted shift and none
    on this one.
    """
    sign_up = request.sign_up
    people = _on_the_wanted(request) if request.wanted_id else _free_neighbours(sign_up)
    asked = Count("covers_asked", filter=Q(covers_asked__asked_at__gt=timezone.now() - WEEK))
    fresh = people.filter(is_active=True).exclude(pk=sign_up.member_id)
    fresh = fresh.exclude(Exists(CoverAsk.objects.filter(request=request, member=OuterRef("pk"))))
    fresh = fresh.annotate(asked_lately=asked).filter(asked_lately__lt=settings.COVER_ASKS_A_WEEK)
    waits = SignUp.objects.filter(member=OuterRef("pk"), shift=sign_up.shift_id, state=SignUpState.WAITING)
    first = Case(When(Exists(waits), then=Value(0)), default=Value(1), output_field=IntegerField())
    return fresh.annotate(first=first).order_by("first", "asked_lately", "pk")


def open_covers(activity: Activity) -> QuerySet[CoverRequest]:
    """Return who looks for somebody on ``activity``, oldest first, with ``asked``."""
    return (
        CoverRequest.objects.filter(sign_up__shift__activity=activity, state=CoverState.OPEN)
        .select_related("sign_up__member", "sign_up__shift", "wanted")
        .annotate(asked=Count("asks"))
        .order_by("created_at", "pk")
    )


def covers_of(member: User) -> QuerySet[CoverRequest]:
    """Return what ``member`` looks for on shifts to come."""
    return CoverRequest.objects.filter(
        sign_up__member=member, state=CoverState.OPEN, sign_up__shift__starts_at__gt=timezone.now()
    ).select_related("sign_up__shift__activity", "wanted")


def covers_asked(member: User) -> QuerySet[CoverRequest]:
    """Return what others ask of ``member``: still open, not declined, and to come."""
    return (
        CoverRequest.objects.filter(
            asks__member=member,
            asks__declined_at__isnull=True,
            state=CoverState.OPEN,
            sign_up__shift__starts_at__gt=timezone.now(),
            sign_up__shift__activity__state=ActivityState.PUBLISHED,
        )
        .select_related("sign_up__shift__activity__area", "sign_up__position", "wanted")
        .order_by("sign_up__shift__starts_at", "pk")
    )


def _on_the_wanted(request: CoverRequest) -> QuerySet[User]:
    on_it = SignUp.objects.filter(
        member=OuterRef("pk"), shift=request.wanted_id, state=SignUpState.CONFIRMED, places=request.sign_up.places
    )
    people = User.objects.filter(Exists(on_it)).exclude(Exists(_has_a_place(request.sign_up)))
    return people.exclude(Exists(_busy(request.sign_up.shift, leaving=request.wanted_id)))


def _free_neighbours(sign_up: SignUp) -> QuerySet[User]:
    waits = SignUp.objects.filter(member=OuterRef("pk"), shift=sign_up.shift_id, state=SignUpState.WAITING)
    fitting = members_reported_in(sign_up.shift.activity.area)
    if sign_up.position and sign_up.position.skill:
        fitting = with_skill(fitting, Skill(sign_up.position.skill))
    people = User.objects.filter(Q(Exists(waits)) | Q(pk__in=fitting.order_by().values("pk")))
    return people.exclude(Exists(_busy(sign_up.shift))).exclude(Exists(_has_a_place(sign_up)))


def _busy(shift: Shift, *, leaving: int | None = None) -> QuerySet[SignUp]:
    """Return what keeps people from ``shift``: other sign-ups of that time, but for the shift they give up for it."""
    return SignUp.objects.filter(
        member=OuterRef("pk"),
        state__in=OPEN,
        shift__activity__state=ActivityState.PUBLISHED,
        shift__starts_at__lt=shift.ends_at,
        shift__ends_at__gt=shift.starts_at,
    ).exclude(shift__in=[key for key in (shift.pk, leaving) if key])


def _has_a_place(sign_up: SignUp) -> QuerySet[SignUp]:
    has_one = (SignUpState.CONFIRMED, SignUpState.OFFERED, SignUpState.REQUESTED)
    return SignUp.objects.filter(member=OuterRef("pk"), shift=sign_up.shift_id, state__in=has_one)
