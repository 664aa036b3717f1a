"""Whom an activity is for: who is shown it, and who may sign up."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from portal.activities.enums import OPEN, Audience, Refusal, RuleKind
from portal.activities.models import Activity, AgeDeclaration, EntryRule, Qualification, Shift, SignUp
from portal.members.queries import home_unit
from portal.organisations.enums import Action, AreaKind
from portal.organisations.models import Area, Unit
from portal.organisations.permissions import areas_for
from portal.organisations.queries import lineage, within
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import residents, units_reported_in
from portal.teams.models import Team
from portal.teams.queries import teams_of

if TYPE_CHECKING:
    from portal.members.models import User

GROUPS = (RuleKind.AREA, RuleKind.UNIT, RuleKind.TEAM)
AGES = (RuleKind.MIN_AGE, RuleKind.MAX_AGE)
OF_AGE = 18  # who is younger needs a guardian to say yes (民法典 17–19)
REFUSALS = {RuleKind.TEAM: Refusal.TEAM, RuleKind.UNIT: Refusal.AUDIENCE, RuleKind.AREA: Refusal.AUDIENCE}


@dataclass(frozen=True, slots=True)
class Belonging:
    """The areas and units a person lies in, by path, and their teams."""

    areas: frozenset[str]
    units: frozenset[str]
    teams: frozenset[int]

    def fits(self, rule: EntryRule) -> bool:
        if rule.kind == RuleKind.AREA:
            return rule.area is not None and rule.area.path in self.areas
        if rule.kind == RuleKind.UNIT:
            return rule.unit is not None and rule.unit.path in self.units
        return rule.team_id in self.teams


def belonging(person: "User") -> Belonging:
    """Return where ``person`` belongs: the places they reported in to or are residents of, grid and unit, with all
    above; their teams.
    """
    unit = home_unit(person)
    reported = MemberReportIn.objects.filter(person=person, state=ReportInState.ACCEPTED).order_by()
    others = [rows.filter(person=person).order_by().values_list("area__path", Value("")) for rows in residents()]
    pairs = reported.values_list("area__path", Coalesce("grid__path", Value(""))).union(*others)
    places = {path for pair in pairs for path in pair if path}
    return Belonging(
        areas=_with_above(places, Area.steplen),
        units=_with_above([unit.path] if unit else [], Unit.steplen),
        teams=frozenset(teams_of(person).values_list("pk", flat=True)),
    )


def for_everyone(prefix: str = "") -> Q:
    """Return the condition that strangers may see an activity; ``prefix`` leads to it (``activity__``)."""
    return Q(**{f"{prefix}audience": Audience.EVERYONE})


def shown_to(person: "User") -> Q:
    """Return the condition that the audience of an activity holds ``person``, or that they have signed up for it."""
    own = belonging(person)
    fits = Q(area__path__in=own.areas) | Q(unit__path__in=own.units) | Q(team__in=own.teams)
    named = EntryRule.objects.filter(fits, activity=OuterRef("pk"), kind__in=GROUPS)
    signed_up = SignUp.objects.filter(shift__activity=OuterRef("pk"), member=person, state__in=OPEN)
    return for_everyone() | Exists(named) | Exists(signed_up)


def rules_of(activity: Activity) -> QuerySet[EntryRule]:
    return activity.entry_rules.prefetch_related("area", "unit", "team")  # most have none: three joins saved


def refusals(shift: Shift, member: "User") -> Iterator[Refusal]:
    """Yield which rules of the activity keep ``member`` from ``shift``."""
    rules = list(rules_of(shift.activity)) if getattr(shift.activity, "has_rules", True) else []
    groups = [rule for rule in rules if rule.kind in GROUPS]
    if groups:
        own = belonging(member)
        if not any(own.fits(rule) for rule in groups):
            yield _refusal_of(groups)
    if undeclared(rules, member):
        yield Refusal.AGE
    day = timezone.localdate(shift.starts_at)
    wanted = {rule.training for rule in rules if rule.kind == RuleKind.TRAINING}
    if wanted and wanted - trainings_of(member, day=day):
        yield Refusal.TRAINING


def undeclared(rules: Sequence[EntryRule], member: "User") -> list[EntryRule]:
    """Return the rules on age ``member`` has said nothing about."""
    ages = [rule for rule in rules if rule.kind in AGES]
    if not ages:
        return []
    said = set(AgeDeclaration.objects.filter(person=member).values_list("kind", "age"))
    return [rule for rule in ages if (rule.kind, rule.age) not in said]


def asks_age(shifts: QuerySet[Shift]) -> bool:
    """Return whether the activity of one of ``shifts`` asks for an age."""
    return EntryRule.objects.filter(activity__shifts__in=shifts.order_by(), kind__in=AGES).exists()


def may_be_minor(activity: Activity, member: "User") -> bool:
    """Return whether ``activity`` asks for an age that ``member`` has not said to have, nor to be of age at all."""
    asked = [rule for rule in undeclared(list(rules_of(activity)), member) if rule.kind == RuleKind.MIN_AGE]
    said = AgeDeclaration.objects.filter(person=member, kind=RuleKind.MIN_AGE, age__gte=OF_AGE)
    return bool(asked) and not said.exists()


def trainings_of(member: "User", *, day: date) -> set[str]:
    """Return the trainings and qualifications ``member`` holds on ``day``."""
    return set(qualifications_on(day).filter(holder=member).values_list("training", flat=True))


def qualifications_on(day: date) -> QuerySet[Qualification]:
    return Qualification.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gte=day), starts_on__lte=day)


def qualifications_of(member: "User") -> QuerySet[Qualification]:
    return Qualification.objects.filter(holder=member).select_related("area")


def granted_qualifications(person: "User") -> QuerySet[Qualification]:
    """Return what was granted in the areas ``person`` organises, the latest first."""
    reached = areas_for(person, Action.RUN_ACTIVITIES)
    return Qualification.objects.filter(area__in=reached).select_related("holder", "area")


def member_named(phone: str, areas: Sequence[Area]) -> "tuple[User, Area] | None":
    """Return the person with ``phone`` who belongs to one of ``areas``, and to which; one query for each kind."""
    reported = MemberReportIn.objects.filter(state=ReportInState.ACCEPTED)
    for rows in (reported, *residents()):
        for row in rows.filter(person__phone=phone).select_related("person", "area").order_by("pk"):
            for area in areas:
                if row.area.path.startswith(area.path):
                    return row.person, area
    return None


@dataclass(frozen=True, slots=True)
class Choices:
    """Whom an organiser may name for an activity of one area."""

    areas: list[Area]
    units: list[Unit]
    teams: list[Team]


def choices_for(area: Area) -> Choices:
    """Return the grids of ``area``, itself and what lies above; the units reported in to it; teams here and above."""
    above = [place for place in lineage(area) if place.kind != AreaKind.CITY]
    grids = Area.objects.filter(within([area.path]), kind=AreaKind.GRID).order_by("path")
    units = [report_in.unit for report_in in units_reported_in(area)]
    teams = Team.objects.filter(area__in=[area, *above], ends_on__isnull=True)
    return Choices([*grids, area, *reversed(above)], units, list(teams))


def _refusal_of(groups: Sequence[EntryRule]) -> Refusal:
    kinds = {RuleKind(rule.kind) for rule in groups}
    if kinds == {RuleKind.AREA} and all(rule.area and rule.area.kind == AreaKind.GRID for rule in groups):
        return Refusal.GRID
    return REFUSALS[kinds.pop()] if len(kinds) == 1 else Refusal.AUDIENCE


def _with_above(paths: Iterable[str], step: int) -> frozenset[str]:
    return frozenset(path[:end] for path in paths for end in range(step, len(path) + 1, step))
