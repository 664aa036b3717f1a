"""What is on, who has a place, and who waits."""

from collections.abc import Collection
from datetime import datetime
from typing import TYPE_CHECKING

from django.db.models import (
    Case,
    Count,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.activities.enums import OPEN, ActivityState, AttendanceState, NoticeItem, SignUpState, Stage
from portal.activities.models import Activity, Attendance, Shift, SignUp
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import communities, within

if TYPE_CHECKING:
    from portal.members.models import User


def public_activities(*, area: Area | None = None, starts_after: datetime | None = None) -> QuerySet[Activity]:
    """Return published activities, soonest first by ``next_starts_at``, with their community and shifts.

    ``area`` keeps those of its subtree; ``starts_after`` those with a shift starting later, and only these shifts.
    """
    activities = Activity.objects.filter(state=ActivityState.PUBLISHED)
    if area:
        activities = activities.filter(within([area.path], field="area__path"))
    later = Q(starts_at__gt=starts_after) if starts_after else Q()
    shifts = Shift.objects.filter(later)
    first = shifts.filter(activity=OuterRef("pk")).order_by("starts_at").values("starts_at")[:1]
    return (
        activities.annotate(next_starts_at=Subquery(first))
        .filter(next_starts_at__isnull=False)
        .select_related("area")
        .prefetch_related(Prefetch("shifts", queryset=with_queue_lengths(shifts)))
        .order_by("next_starts_at", "pk")
    )


def visible_activities(person: "User | None") -> QuerySet[Activity]:
    """Return what ``person`` may open: whatever was published, and the drafts of the areas they organise."""
    shown = Q(published_at__isnull=False)
    if person:
        shown |= Q(area__in=areas_for(person, Action.RUN_ACTIVITIES))
    return Activity.objects.filter(shown).select_related("area")


def visible_shifts(person: "User") -> QuerySet[Shift]:
    return Shift.objects.filter(activity__in=visible_activities(person)).select_related("activity")


def organised_communities(person: "User") -> QuerySet[Area]:
    """Return the communities ``person`` may make activities for."""
    return communities().filter(pk__in=areas_for(person, Action.RUN_ACTIVITIES))


def organised_activities(person: "User") -> QuerySet[Activity]:
    """Return the activities of the areas ``person`` organises, newest first."""
    reached = areas_for(person, Action.RUN_ACTIVITIES)
    return Activity.objects.filter(area__in=reached).select_related("area").order_by("-pk")


def organised_shifts(person: "User") -> QuerySet[Shift]:
    return Shift.objects.filter(activity__in=organised_activities(person).order_by()).select_related("activity__area")


def activities_to_attend(person: "User") -> QuerySet[Activity]:
    """Return what ``person`` organises and has begun, where it is not yet noted for everyone whether they came."""
    return organised_activities(person).filter(Exists(_shifts_to_attend()))


def organised_by_stage(person: "User") -> QuerySet[Activity]:
    """Return what ``person`` organises by ``stage``: soonest first while there is much to do, then latest first."""
    shifts = Shift.objects.filter(activity=OuterRef("pk"))
    ahead = shifts.filter(ends_at__gt=timezone.now())
    is_published = Q(state=ActivityState.PUBLISHED)
    is_ahead = is_published & (Exists(ahead) | ~Exists(shifts))
    stage = Case(
        When(Exists(_shifts_to_attend()), then=Stage.ATTENDANCE),
        When(is_ahead, then=Stage.AHEAD),
        When(state=ActivityState.DRAFT, then=Stage.DRAFT),
        default=Stage.OVER,
        output_field=IntegerField(),
    )
    soonest = Case(
        When(stage=Stage.ATTENDANCE, then=_first_start(_shifts_to_attend())),
        When(stage=Stage.AHEAD, then=_first_start(ahead)),
    )
    latest = Case(When(stage=Stage.OVER, then=Subquery(shifts.order_by("-starts_at").values("starts_at")[:1])))
    order = (F("soonest").asc(nulls_last=True), F("latest").desc(nulls_last=True), "-pk")
    staged = organised_activities(person).annotate(stage=stage).annotate(soonest=soonest, latest=latest)
    return staged.order_by("stage", *order).prefetch_related("shifts")


def _shifts_to_attend() -> QuerySet[Shift]:
    """Return, inside a query of activities, the shifts begun where somebody is still expected or only arrived."""
    waits = (AttendanceState.EXPECTED, AttendanceState.ARRIVED)
    is_open = Q(sign_ups__attendance__isnull=True) | Q(sign_ups__attendance__state__in=waits)
    return Shift.objects.filter(
        is_open,
        activity=OuterRef("pk"),
        activity__state=ActivityState.PUBLISHED,
        starts_at__lte=timezone.now(),
        sign_ups__state=SignUpState.CONFIRMED,
    )


def _first_start(shifts: QuerySet[Shift]) -> Subquery:
    return Subquery(shifts.order_by("starts_at").values("starts_at")[:1])


def missing_notice_items(activity: Activity) -> list[NoticeItem]:
    """Return what people must be told and are not told yet; time and number come from the shifts."""
    told = {
        NoticeItem.PLACE: activity.place,
        NoticeItem.CONTENT: activity.content,
        NoticeItem.CONDITIONS: activity.conditions,
        NoticeItem.RISKS: activity.risks,
        NoticeItem.SAFEGUARDS: activity.safeguards,
        NoticeItem.CONTACT: activity.contact_name.strip() and activity.contact_phone,
    }
    has_shift = activity.pk is not None and activity.shifts.exists()
    return [item for item in NoticeItem if not told.get(item, "x" if has_shift else "").strip()]


def with_queue_lengths(shifts: QuerySet[Shift]) -> QuerySet[Shift]:
    """Annotate ``waiting``, the number of people in each queue."""
    return shifts.annotate(waiting=Count("sign_ups", filter=Q(sign_ups__state=SignUpState.WAITING)))


def queue(shift: Shift) -> QuerySet[SignUp]:
    """Return those waiting for ``shift``, the head first."""
    return shift.sign_ups.filter(state=SignUpState.WAITING).order_by("queued_at", "pk")


def place_in_queue(sign_up: SignUp) -> int:
    """Return 1 for the head of the queue, and 0 for someone who does not wait."""
    if sign_up.state != SignUpState.WAITING:
        return 0
    before = Q(queued_at__lt=sign_up.queued_at) | Q(queued_at=sign_up.queued_at, pk__lt=sign_up.pk)
    return SignUp.objects.filter(before, shift_id=sign_up.shift_id, state=SignUpState.WAITING).count() + 1


def with_place_in_queue(sign_ups: QuerySet[SignUp]) -> QuerySet[SignUp]:
    """Annotate ``queue_place``: 1 for the head of the queue, ``None`` for someone who does not wait."""
    before = Q(queued_at__lt=OuterRef("queued_at")) | Q(queued_at=OuterRef("queued_at"), pk__lt=OuterRef("pk"))
    ahead = (
        SignUp.objects.filter(before, shift=OuterRef("shift"), state=SignUpState.WAITING)
        .order_by()
        .values("shift")
        .annotate(n=Count("pk"))
        .values("n")
    )
    place = Case(When(state=SignUpState.WAITING, then=Coalesce(Subquery(ahead), Value(0)) + 1))
    return sign_ups.annotate(queue_place=place)


def sign_ups_on(activity: Activity, *, member: "User") -> QuerySet[SignUp]:
    """Return what ``member`` has on the shifts of ``activity``, with ``queue_place``."""
    return with_place_in_queue(SignUp.objects.filter(shift__activity=activity, member=member))


def people_on(activity: Activity) -> int:
    """Return how many people are signed up or wait for a shift that has not ended."""
    open_ones = SignUp.objects.filter(shift__activity=activity, state__in=OPEN, shift__ends_at__gt=timezone.now())
    return open_ones.values("member").distinct().count()


def open_sign_ups(member: "User") -> QuerySet[SignUp]:
    """Return the places and queue places of ``member`` on activities that have not been cancelled."""
    return SignUp.objects.filter(member=member, state__in=OPEN, shift__activity__state=ActivityState.PUBLISHED)


def upcoming_sign_ups(member: "User") -> QuerySet[SignUp]:
    """Return what ``member`` has before them, soonest first, with ``queue_place``."""
    return (
        with_place_in_queue(open_sign_ups(member).filter(shift__ends_at__gt=timezone.now()))
        .select_related("shift__activity__area")
        .order_by("shift__starts_at", "pk")
    )


def cancelled_sign_ups(member: "User") -> QuerySet[SignUp]:
    """Return what ``member`` was signed up for and will not take place."""
    return (
        SignUp.objects.filter(
            member=member,
            state__in=OPEN,
            shift__activity__state=ActivityState.CANCELLED,
            shift__ends_at__gt=timezone.now(),
        )
        .select_related("shift__activity__area")
        .order_by("shift__starts_at", "pk")
    )


def overlapping_sign_ups(member: "User", shift: Shift) -> QuerySet[SignUp]:
    """Return other open sign-ups of ``member`` that share time with ``shift``; back-to-back shares none."""
    return open_sign_ups(member).filter(shift__starts_at__lt=shift.ends_at, shift__ends_at__gt=shift.starts_at)


def lapsed_offers(now: datetime) -> QuerySet[SignUp]:
    return SignUp.objects.filter(state=SignUpState.OFFERED, offered_until__lte=now)


def roster(shift: Shift) -> QuerySet[SignUp]:
    """Return those who have a confirmed place, with their attendance, by name."""
    return (
        shift.sign_ups.filter(state=SignUpState.CONFIRMED)
        .select_related("member", "attendance__recorded_by")
        .order_by("member__name", "pk")
    )


def attendances_to_confirm(areas: QuerySet[Area] | Collection[Area]) -> QuerySet[Attendance]:
    """Return completed attendances in ``areas`` that no second person has confirmed yet, by activity."""
    return (
        Attendance.objects.filter(
            state=AttendanceState.COMPLETED, closed_at__isnull=True, sign_up__shift__activity__area__in=areas
        )
        .select_related("sign_up__member", "sign_up__shift__activity__area", "recorded_by")
        .order_by("sign_up__shift__starts_at", "sign_up__shift_id", "sign_up__member__name", "pk")
    )


def unconfirmed_attendances(member: "User") -> QuerySet[Attendance]:
    """Return what ``member`` has served and nobody has confirmed yet, newest first."""
    return (
        Attendance.objects.filter(sign_up__member=member, state=AttendanceState.COMPLETED, closed_at__isnull=True)
        .select_related("sign_up__shift__activity__area")
        .order_by(F("sign_up__shift__starts_at").desc(), "-pk")
    )
