"""What fits a member: by skill, free time, distance, length and manner, with the reason in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.db.models import Exists, F, IntegerField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Round, Sqrt
from django.db.models.lookups import LessThanOrEqual
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.activities.enums import OPEN, ActivityKind, ActivityState, Posture, ShiftState, SignUpState
from portal.activities.models import Activity, Position, Shift, SignUp
from portal.activities.queries.audience import shown_to
from portal.activities.queries.positions import shifts_with_positions
from portal.activities.queries.sign_ups import with_queue_lengths
from portal.members.enums import DayPart, Skill, Weekday
from portal.members.queries import profile_of, skills_of
from portal.organisations.enums import AreaKind
from portal.organisations.models import Area
from portal.organisations.positions import Point, metres_between, point_of, said, square_metres_from
from portal.organisations.queries import within
from portal.report_in.queries import home_community

if TYPE_CHECKING:
    from portal.members.models import User

NEAR = {"community": 0, "street": 1, "district": 2}  # how many levels above the community
RADII = {"walk": 1_500, "5km": 5_000}  # metres
SHORT = timedelta(hours=2)
PARTS = {DayPart.MORNING: (0, 12), DayPart.AFTERNOON: (12, 18), DayPart.EVENING: (18, 24)}  # local hours
PLACES = ("activity__", "activity__area__")  # where people meet, else the middle of the community that holds it
MOST_CENTRES = 300
RANKED = 120  # shifts looked at for the order that fits best
DAYS_SHOWN = 300  # shifts in one month


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a member asks for; what makes no sense is as if it were not said."""

    near: str = ""
    centre: str = ""
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
            "near": (*NEAR, *RADII),
            "kind": ActivityKind.values,
            "skill": Skill.values,
            "posture": Posture.values,
            "length": ("short", "long"),
        }
        said: dict[str, Any] = {
            name: asked.get(name, "") for name, values in known.items() if asked.get(name, "") in values
        }
        ticks: dict[str, Any] = {name: asked.get(name) == "1" for name in ("first_time", "free", "places")}
        return cls(centre=asked.get("from", "")[:24], **said, **ticks)


@dataclass(frozen=True, slots=True)
class Seeker:
    """What is known of the one who asks: where they live, what they can do, when they are free. Asked once.
    ``standing`` is where they are signed up already: the state by the key of the shift. ``posture`` is the one they
    ask for now: nothing of it is kept.

    Distances are measured from the middle of ``centre``, one of ``centres`` or the home community: never from where
    a person is.
    """

    home: Area | None
    skills: frozenset[str]
    free_times: frozenset[str]
    standing: Mapping[int, str] = field(default_factory=dict)
    centres: Sequence[Area] = ()
    centre: Area | None = None
    posture: str = ""

    @property
    def point(self) -> Point | None:
        return point_of(self.centre)


@dataclass(slots=True)
class Fit:
    """A shift, and why it fits in plain words; the more reasons, the further up."""

    shift: Shift
    reasons: list[str] = field(default_factory=list)
    distance: str = ""
    standing: str = ""


def seeker(person: "User", wanted: Wanted | None = None) -> Seeker:
    """Return what is known of ``person``, who measures from where they ``wanted`` to, else from their community."""
    profile, home = profile_of(person), home_community(person)
    centres = list(_centres(home))
    measured = [*centres, home] if home and home.latitude is not None else centres
    chosen = {area.code: area for area in measured}.get(wanted.centre) if wanted else None
    own = home if home and home.latitude is not None else None
    skills = frozenset(skills_of(profile))
    posture = wanted.posture if wanted else ""
    times, centre = frozenset(profile.free_times), chosen or own
    return Seeker(home, skills, times, _standing(person), tuple(centres), centre, posture)


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


def by_distance(shifts: QuerySet[Shift], point: Point) -> QuerySet[Shift]:
    """Return those of ``shifts`` whose place is known, with ``metres``: how far they are from ``point``."""
    metres = Cast(Round(Sqrt(square_metres_from(point, *PLACES))), IntegerField())
    return shifts.annotate(metres=metres).filter(metres__isnull=False)


def fits(shifts: Sequence[Shift], who: Seeker) -> list[Fit]:
    return [_fit(shift, who) for shift in shifts]


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
    if wanted.near in RADII and who.point:
        condition &= Q(LessThanOrEqual(square_metres_from(who.point, *PLACES), RADII[wanted.near] ** 2))
    elif wanted.near in NEAR and who.home:
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
    if not named:
        return Q()
    found = Q(Exists(Position.objects.filter(shift=OuterRef("pk"), **named)))
    return found | Q(posture=wanted.posture) if named.keys() == {"posture"} else found


def _in_free_times(codes: frozenset[str]) -> Q:
    condition = Q()
    for number, day in enumerate(Weekday, start=1):
        for part, (from_hour, before_hour) in PARTS.items():
            if f"{day}-{part}" in codes:
                condition |= Q(
                    starts_at__iso_week_day=number, starts_at__hour__gte=from_hour, starts_at__hour__lt=before_hour
                )
    return condition


def _fit(shift: Shift, who: Seeker) -> Fit:
    reasons, standing = _reasons(shift, who), who.standing.get(shift.pk, "")
    spot = point_of(shift.activity)
    place = spot or point_of(shift.activity.area)
    if who.point is None or place is None or (spot is None and shift.activity.area_id == getattr(who.centre, "pk", 0)):
        return Fit(shift, reasons, standing=standing)
    metres = metres_between(who.point, place)
    if spot and metres <= RADII["walk"]:
        reasons.append(_("步行可到"))
    return Fit(shift, reasons, said(metres), standing)


def _standing(person: "User") -> dict[int, str]:
    mine = SignUp.objects.filter(member=person, state__in=OPEN, shift__starts_at__gt=timezone.now())
    return {shift: str(SignUpState(state).label) for shift, state in mine.values_list("shift", "state")}


def _centres(home: Area | None) -> QuerySet[Area]:
    """Return from where one may measure besides one's community: places of one's district, else the streets of all."""
    kinds = [AreaKind.DISTRICT, AreaKind.STREET]
    areas = Area.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate()), latitude__isnull=False)
    if home:
        kinds.append(AreaKind.COMMUNITY)
        steps = len(home.path) - NEAR["district"] * Area.steplen
        areas = areas.filter(within([home.path[:steps]])).exclude(pk=home.pk)
    return areas.filter(kind__in=kinds).order_by("path")[:MOST_CENTRES]


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
    offered: list[Position] | list[Shift] = positions or [shift]
    if who.posture and any(one.posture == who.posture and one.places_left > 0 for one in offered):
        reasons.append(_("还有“%(posture)s”的名额") % {"posture": Posture(who.posture).label})
    return reasons


def _midnight(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
