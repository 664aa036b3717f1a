"""What fits a member: by skill, free time, distance, length and manner, with the reason in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.activities.enums import ActivityKind, ActivityState, Posture, ShiftState
from portal.activities.models import Activity, Position, Shift
from portal.activities.queries.audience import shown_to
from portal.activities.queries.positions import shifts_with_positions
from portal.activities.queries.sign_ups import with_queue_lengths
from portal.members.enums import DayPart, Skill, Weekday
from portal.members.queries import profile_of, skills_of
from portal.organisations.models import Area
from portal.organisations.queries import within
from portal.report_in.queries import home_community

if TYPE_CHECKING:
    from portal.members.models import User

NEAR = {"community": 0, "street": 1, "district": 2}  # how many levels above the community
SHORT = timedelta(hours=2)
PARTS = {DayPart.MORNING: (0, 12), DayPart.AFTERNOON: (12, 18), DayPart.EVENING: (18, 24)}  # local hours
RANKED = 120  # shifts looked at for the order that fits best
DAYS_SHOWN = 300  # shifts in one month


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a member asks for; what makes no sense is as if it were not said."""

    near: str = ""
    kind: str = ""
    skill: str = ""
    posture: str = ""
    length: str = ""
    first_time: bool = False
    free: bool = False
    places: bool = False

    @classmethod
    def read(cls, asked: Mapping[str, str]) -> "Wanted":
        known = {
            "near": NEAR,
            "kind": ActivityKind.values,
            "skill": Skill.values,
            "posture": Posture.values,
            "length": ("short", "long"),
        }
        said: dict[str, Any] = {
            name: asked.get(name, "") for name, values in known.items() if asked.get(name, "") in values
        }
        ticks: dict[str, Any] = {name: asked.get(name) == "1" for name in ("first_time", "free", "places")}
        return cls(**said, **ticks)


@dataclass(frozen=True, slots=True)
class Seeker:
    """What is known of the one who asks: where they live, what they can do, when they are free. Asked once."""

    home: Area | None
    skills: frozenset[str]
    free_times: frozenset[str]


@dataclass(slots=True)
class Fit:
    """A shift, and why it fits in plain words; the more reasons, the further up."""

    shift: Shift
    reasons: list[str] = field(default_factory=list)


def seeker(person: "User") -> Seeker:
    profile = profile_of(person)
    return Seeker(home_community(person), frozenset(skills_of(profile)), frozenset(profile.free_times))


def shifts_found(person: "User", wanted: Wanted, who: Seeker) -> QuerySet[Shift]:
    """Return the shifts to come that ``person`` is shown and that answer ``wanted``, with activity and positions."""
    activities = Activity.objects.filter(shown_to(person), state=ActivityState.PUBLISHED)
    shifts = Shift.objects.filter(
        _conditions(wanted, who),
        activity__in=activities.order_by(),
        state=ShiftState.PLANNED,
        starts_at__gt=timezone.now(),
    )
    return shifts_with_positions(with_queue_lengths(shifts.select_related("activity__area")))


def fits(shifts: Sequence[Shift], who: Seeker) -> list[Fit]:
    return [Fit(shift, _reasons(shift, who)) for shift in shifts]


def best_first(shifts: QuerySet[Shift], who: Seeker) -> list[Fit]:
    """Return the next shifts with those that fit for the most reasons first, then the soonest."""
    found = fits(list(shifts.order_by("starts_at", "pk")[:RANKED]), who)
    return sorted(found, key=lambda fit: -len(fit.reasons))


def month_of(shifts: QuerySet[Shift], first: date) -> list[list[tuple[date, list[Shift]]]]:
    """Return the weeks of the month that begins on ``first``, Monday first, each day with its shifts."""
    last = (first + timedelta(days=31)).replace(day=1)
    within_month = shifts.filter(starts_at__gte=_midnight(first), starts_at__lt=_midnight(last))
    by_day: dict[date, list[Shift]] = {}
    for shift in within_month.order_by("starts_at", "pk")[:DAYS_SHOWN]:
        by_day.setdefault(timezone.localdate(shift.starts_at), []).append(shift)
    monday = first - timedelta(days=first.weekday())
    weeks = ((last - monday).days + 6) // 7
    days = [monday + timedelta(days=n) for n in range(weeks * 7)]
    return [[(day, by_day.get(day, [])) for day in days[at : at + 7]] for at in range(0, len(days), 7)]


def _conditions(wanted: Wanted, who: Seeker) -> Q:
    condition = Q()
    if wanted.near and who.home:
        steps = len(who.home.path) - NEAR[wanted.near] * Area.steplen
        condition &= within([who.home.path[:steps]], field="activity__area__path")
    if wanted.kind:
        condition &= Q(activity__kind=wanted.kind)
    if wanted.length:
        is_short = Q(ends_at__lte=F("starts_at") + SHORT)
        condition &= is_short if wanted.length == "short" else ~is_short
    if wanted.free and who.free_times:
        condition &= _in_free_times(who.free_times)
    if wanted.places:
        condition &= Q(places_taken__lt=F("capacity"))
    return condition & _of_positions(wanted)


def _of_positions(wanted: Wanted) -> Q:
    asked = {"skill": wanted.skill, "posture": wanted.posture, "first_time_friendly": wanted.first_time}
    named = {name: value for name, value in asked.items() if value}
    return Q(Exists(Position.objects.filter(shift=OuterRef("pk"), **named))) if named else Q()


def _in_free_times(codes: frozenset[str]) -> Q:
    condition = Q()
    for number, day in enumerate(Weekday, start=1):
        for part, (from_hour, before_hour) in PARTS.items():
            if f"{day}-{part}" in codes:
                condition |= Q(
                    starts_at__iso_week_day=number, starts_at__hour__gte=from_hour, starts_at__hour__lt=before_hour
                )
    return condition


def _reasons(shift: Shift, who: Seeker) -> list[str]:
    positions = list(shift.positions.all())
    skills = [one.get_skill_display() for one in positions if one.skill and one.skill in who.skills]
    reasons = [_("用得上您的特长：%(skill)s") % {"skill": skills[0]}] if skills else []
    local = timezone.localtime(shift.starts_at)
    code = next(
        (f"{list(Weekday)[local.weekday()]}-{part}" for part, (a, b) in PARTS.items() if a <= local.hour < b), ""
    )
    if code in who.free_times:
        reasons.append(_("在您空闲的时间"))
    if who.home and shift.activity.area.path.startswith(who.home.path):
        reasons.append(_("就在您的社区"))
    if any(one.first_time_friendly for one in positions):
        reasons.append(_("适合第一次来"))
    return reasons


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
