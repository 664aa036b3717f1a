"""Who has reported in to one community, for those who invite them.

Rooms above add what they know, such as skills: ``register_filter("skill", label, condition)``; it shows as a choice.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import communities
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn

SORTS: dict[str, tuple[Promise, tuple[str, ...]]] = {
    "newest": (_("最近报到"), ("-decided_at", "-pk")),
    "name": (_("姓名"), ("person__name", "pk")),
}


MEMBER_FIELDS = (
    "kind",
    "state",
    "expires_on",
    "decided_at",
    "person__name",
    "person__phone",
    "unit__name",
    "unit__ends_on",
)


@dataclass(frozen=True)
class MemberFilter:
    """One more way to narrow the list: a label, and the condition on a report-in."""

    label: str | Promise
    condition: Callable[[], Q]


_filters: dict[str, MemberFilter] = {}


def register_filter(name: str, label: str | Promise, condition: Callable[[], Q]) -> None:
    """Offer one more choice in the list of a community's members."""
    _filters[name] = MemberFilter(label, condition)


def member_filters() -> dict[str, MemberFilter]:
    return dict(_filters)


def communities_with_members(person: User) -> QuerySet[Area]:
    """Return the open communities whose members ``person`` may see."""
    return communities().filter(pk__in=areas_for(person, Action.VIEW_AREA_MEMBERS))


def months_of(area: Area) -> list[datetime]:
    """Return the months in which ``area`` accepted those who stand there, as their beginnings, the latest first."""
    return list(_standing(area).datetimes("decided_at", "month", order="DESC"))


def members_of(
    area: Area,
    *,
    name: str = "",
    unit: str = "",
    grid: Area | None = None,
    month: datetime | None = None,
    only: str = "",
) -> QuerySet[MemberReportIn]:
    """Return the report-ins that stand in ``area``, narrowed by parts of names, a grid, a month and one filter.

    ``month`` is the beginning of the one in which they were accepted, ``only`` the name of a registered filter.
    """
    found = _standing(area)
    found = found.select_related("person", "unit").only(*MEMBER_FIELDS)
    if name:
        found = found.filter(person__name__icontains=name)
    if unit:
        found = found.filter(unit__name__icontains=unit)
    if grid:
        found = found.filter(grid=grid)
    if month:
        found = found.filter(decided_at__gte=month, decided_at__lt=_next(month))
    if only in _filters:
        found = found.filter(_filters[only].condition())
    return found


def _standing(area: Area) -> QuerySet[MemberReportIn]:
    return MemberReportIn.objects.filter(area=area, state=ReportInState.ACCEPTED)


def _next(month: datetime) -> datetime:
    year, number = divmod(month.year * 12 + month.month, 12)
    return timezone.make_aware(datetime.combine(date(year, number + 1, 1), time.min))
