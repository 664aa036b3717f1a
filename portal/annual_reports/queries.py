"""What a report says, whom it reaches, and whose turn it is."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any, NamedTuple, Self

from django.db.models import Prefetch, QuerySet
from django.utils.translation import gettext as _

from portal.annual_reports.models import AnnualReport, Receipt, ReportingYear
from portal.members.models import User
from portal.members.queries import home_unit
from portal.organisations.enums import Action
from portal.organisations.models import Area, Unit
from portal.organisations.permissions import in_areas_of, in_units_of
from portal.records.queries import counted_records_of
from portal.report_in.queries import home_community
from webui.templatetags.webui import duration

TOP_ACTIVITIES = 3
MOST_NAMED = 6


class Line(NamedTuple):
    """One service of a member's year."""

    served_on: date
    title: str
    area: str
    minutes: int


@dataclass(frozen=True)
class Figures:
    """A member's year in numbers: from the records while drafting, from the snapshot once sent."""

    lines: tuple[Line, ...]

    @property
    def count(self) -> int:
        return len(self.lines)

    @property
    def minutes(self) -> int:
        return sum(line.minutes for line in self.lines)

    @property
    def communities(self) -> list[str]:
        return list(dict.fromkeys(line.area for line in self.lines))

    @property
    def top_activities(self) -> list[tuple[str, int]]:
        return Counter(line.title for line in self.lines).most_common(TOP_ACTIVITIES)

    @property
    def titles(self) -> list[str]:
        return list(dict.fromkeys(line.title for line in self.lines))

    def as_snapshot(self) -> dict[str, Any]:
        return {
            "minutes": self.minutes,
            "count": self.count,
            "communities": self.communities,
            "records": [{**line._asdict(), "served_on": line.served_on.isoformat()} for line in self.lines],
        }

    @classmethod
    def from_snapshot(cls, snapshot: dict[str, Any]) -> Self:
        records: Iterable[dict[str, Any]] = snapshot.get("records", [])
        return cls(tuple(Line(**{**row, "served_on": date.fromisoformat(row["served_on"])}) for row in records))


class Recipients(NamedTuple):
    """Where a member's report would go today."""

    area: Area | None
    unit: Unit | None


def figures_of(member: User, year: int) -> Figures:
    """Return the year as the records have it now, oldest first; only records that count."""
    rows = counted_records_of(member, year=year).order_by("served_on", "pk")
    return Figures(tuple(map(Line._make, rows.values_list("served_on", "title", "area__name", "minutes"))))


def figures_in(report: AnnualReport) -> Figures:
    """Return what the report states: the records while it is a draft, afterwards its snapshot."""
    if report.is_draft:
        return figures_of(report.member, report.year.year)
    return Figures.from_snapshot(report.snapshot)


def draft_text(figures: Figures, year: int) -> str:
    """Write the year down in plain words, for the member to change as they like."""
    if not figures.count:
        return _("%(year)s 年，我还没有已确认的服务记录。") % {"year": year}
    served = _("%(year)s 年，我在%(communities)s参加志愿服务 %(count)s 次，共 %(duration)s。") % {
        "year": year,
        "communities": _("、").join(figures.communities),
        "count": figures.count,
        "duration": duration(figures.minutes),
    }
    return f"{served}\n{_activities_text(figures)}"


def _activities_text(figures: Figures) -> str:
    titles = _("、").join(figures.titles[:MOST_NAMED])
    if figures.count > len(figures.titles):  # some more than once
        named = [_("%(title)s %(count)s 次") % {"title": title, "count": n} for title, n in figures.top_activities]
        return _("参加较多的是：%(activities)s。") % {"activities": _("，").join(named)}
    if len(figures.titles) > MOST_NAMED:
        return _("参加了%(activities)s等 %(count)s 项活动。") % {"activities": titles, "count": len(figures.titles)}
    return _("参加的活动有：%(activities)s。") % {"activities": titles}


def recipients_of(member: User) -> Recipients:
    return Recipients(area=home_community(member), unit=home_unit(member))


def reporting_years() -> QuerySet[ReportingYear]:
    return ReportingYear.objects.order_by("-year")


def open_year() -> ReportingYear | None:
    """Return the latest year members may report on today."""
    return next((year for year in reporting_years() if year.is_open), None)


def years_of(member: User) -> list[tuple[ReportingYear, AnnualReport | None]]:
    """Return every year there is, each with the member's report on it or ``None``."""
    reports = {report.year_id: report for report in reports_of(member)}
    return [(year, reports.get(year.pk)) for year in reporting_years()]


def reports_of(member: User) -> QuerySet[AnnualReport]:
    """Return the member's reports, newest year first, with who received them and what they replied."""
    receipts = Receipt.objects.select_related("area", "unit", "acknowledged_by")
    return (
        AnnualReport.objects.filter(member=member)
        .select_related("year", "member")
        .prefetch_related(Prefetch("receipts", receipts))
    )


def report_on(year: ReportingYear, *, member: User) -> AnnualReport:
    """Return the member's report on ``year``, or what a first draft would be, not saved."""
    report = reports_of(member).filter(year=year).first()
    if report:
        return report
    return AnnualReport(member=member, year=year, summary=draft_text(figures_of(member, year.year), year.year))


def receipts_reaching(person: User) -> QuerySet[Receipt]:
    """Return the reports that ``person`` reads and answers for a community or a unit; never their own."""
    in_area, in_unit = in_areas_of(person, Action.ANSWER_AREA_REPORTS), in_units_of(person, Action.ANSWER_UNIT_REPORTS)
    return (
        Receipt.objects.filter(in_area | in_unit)
        .exclude(report__member=person)
        .select_related("report__member", "report__year", "area", "unit", "acknowledged_by")
    )


def waiting_receipts(person: User) -> QuerySet[Receipt]:
    """Return what waits for an answer of ``person``, the oldest first."""
    return receipts_reaching(person).filter(acknowledged_at__isnull=True).order_by("received_at", "pk")


def answered_receipts(person: User) -> QuerySet[Receipt]:
    return receipts_reaching(person).filter(acknowledged_at__isnull=False).order_by("-acknowledged_at", "-pk")
