"""Who belongs to a community without a report-in, and with them all who belong to it.

The room above that keeps such people registers its rows, each with a ``person`` and an ``area``.
"""

from collections.abc import Callable
from typing import Any

from django.db.models import QuerySet

from portal.members.models import User
from portal.organisations.models import Area
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn

Residents = Callable[[], QuerySet[Any]]

_residents: list[Residents] = []


def register_residents(*residents: Residents) -> None:
    """Count whoever stands in the rows of ``residents`` among those who belong to the area of their row."""
    _residents.extend(residents)


def residents() -> list[QuerySet[Any]]:
    """Return the rows of those who belong to an area without a report-in, one set for each kind."""
    return [rows() for rows in _residents]


def people_of(area: Area) -> QuerySet[User]:
    """Return who belongs to ``area`` itself: by a report-in that stands, or without one."""
    reported = MemberReportIn.objects.filter(area=area, state=ReportInState.ACCEPTED)
    others = [rows.filter(area=area).order_by().values("person") for rows in residents()]
    return User.objects.filter(pk__in=reported.order_by().values("person").union(*others))
