"""What is on, and for whom."""

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import (
    Case,
    Exists,
    F,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    When,
)
from django.utils import timezone

from portal.activities.enums import ActivityState, AttendanceState, NoticeItem, ShiftState, SignUpState, Stage
from portal.activities.models import Activity, EntryRule, Position, Shift
from portal.activities.queries.audience import for_everyone, shown_to
from portal.activities.queries.sign_ups import with_queue_lengths
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for, in_areas_of
from portal.organisations.queries import communities, within

if TYPE_CHECKING:
    from portal.members.models import User

# What a page says of an activity it reads again; most who sign up are led on to another page.
ASKED_BEFORE_SIGN_UP = ("starts_at", "ends_at", "activity__code", "activity__audience", "activity__published_at")


def public_activities(
    *, area: Area | None = None, starts_after: datetime | None = None, reader: "User | None" = None
) -> QuerySet[Activity]:
    """Return published activities, soonest first by ``next_starts_at``, with their community and shifts.

    ``area`` keeps those of its subtree; ``starts_after`` those with a shift starting later, and only these shifts.
    Shifts called off are left out.
    What is for named people only is left out unless ``reader`` is one of them.
    """
    shown = shown_to(reader) if reader else for_everyone()
    activities = Activity.objects.filter(shown, state=ActivityState.PUBLISHED)
    if area:
        activities = activities.filter(within([area.path], field="area__path"))
    later = Q(starts_at__gt=starts_after) if starts_after else Q()
    shifts = Shift.objects.filter(later, state=ShiftState.PLANNED)
    first = shifts.filter(activity=OuterRef("pk")).order_by("starts_at").values("starts_at")[:1]
    return (
        activities.annotate(next_starts_at=Subquery(first))
        .filter(next_starts_at__isnull=False)
        .select_related("area")
        .prefetch_related(Prefetch("shifts", queryset=with_queue_lengths(shifts)))
        .order_by("next_starts_at", "pk")
    )


def visible_activities(person: "User | None") -> QuerySet[Activity]:
    """Return what ``person`` may open: what was published for them, and all of the areas they organise."""
    shown = Q(published_at__isnull=False) & (shown_to(person) if person else for_everyone())
    if person:
        shown |= Q(area__in=areas_for(person, Action.RUN_ACTIVITIES))
    return Activity.objects.filter(shown).select_related("area")


def visible_shifts(person: "User") -> QuerySet[Shift]:
    return Shift.objects.filter(activity__in=visible_activities(person)).select_related("activity")


def visible_shift(person: "User", key: int) -> Shift | None:
    """Return the shift with the primary key ``key`` where ``person`` may open its activity, with no more than its times
    and what decides.

    What everyone may open costs one query: where ``person`` belongs is not asked then.
    """
    found = Shift.objects.filter(pk=key).select_related("activity").only(*ASKED_BEFORE_SIGN_UP)
    shift = found.order_by().first()
    if shift is None or (shift.activity.published_at and shift.activity.is_for_everyone):
        return shift
    return shift if visible_activities(person).filter(pk=shift.activity_id).exists() else None


def activity_to_enter(shift: Shift) -> Activity:
    """Return the activity of ``shift`` with ``has_rules``, and with ``has_positions`` where this shift has some.

    Most have neither; who holds the shift then asks for neither.
    """
    rules = EntryRule.objects.filter(activity=shift.activity_id)
    positions = Position.objects.filter(shift=shift)
    told = Activity.objects.order_by().annotate(has_rules=Exists(rules), has_positions=Exists(positions))
    return told.get(pk=shift.activity_id)


def organised_communities(person: "User") -> QuerySet[Area]:
    """Return the communities ``person`` may make activities for."""
    return communities().filter(pk__in=areas_for(person, Action.RUN_ACTIVITIES))


def organised_activities(person: "User") -> QuerySet[Activity]:
    """Return the activities of the areas ``person`` organises, newest first."""
    return Activity.objects.filter(in_areas_of(person, Action.RUN_ACTIVITIES)).select_related("area").order_by("-pk")


def organised_shifts(person: "User") -> QuerySet[Shift]:
    return Shift.objects.filter(activity__in=organised_activities(person).order_by()).select_related("activity__area")


def organised_positions(person: "User") -> QuerySet[Position]:
    return Position.objects.filter(shift__in=organised_shifts(person)).select_related("shift__activity__area")


def activities_to_attend(person: "User") -> QuerySet[Activity]:
    """Return what ``person`` organises and has begun, where it is not yet noted for everyone whether they came."""
    return organised_activities(person).filter(Exists(_shifts_to_attend()))


def organised_by_stage(person: "User") -> QuerySet[Activity]:
    """Return what ``person`` organises by ``stage``: soonest first while there is much to do, then latest first."""
    shifts = Shift.objects.filter(activity=OuterRef("pk"))
    ahead = shifts.filter(ends_at__gt=timezone.now(), state=ShiftState.PLANNED)
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
    return staged.order_by("stage", *order).prefetch_related("shifts__positions")


def _shifts_to_attend() -> QuerySet[Shift]:
    """Return, inside a query of activities, the shifts begun where somebody is still expected or only arrived."""
    waits = (AttendanceState.EXPECTED, AttendanceState.ARRIVED)
    is_open = Q(sign_ups__attendance__isnull=True) | Q(sign_ups__attendance__state__in=waits)
    return Shift.objects.filter(
        is_open,
        activity=OuterRef("pk"),
        activity__state=ActivityState.PUBLISHED,
        starts_at__lte=timezone.now(),
        ends_at__gt=timezone.now() - timedelta(days=settings.NO_SHOW_KEPT_DAYS),  # after that nobody is held to it
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
