"""Which grid of a community somebody lives in."""

from django.db import transaction

from portal.members.models import User
from portal.organisations.models import Area
from portal.report_in.actions import rows
from portal.report_in.enums import OPEN
from portal.report_in.errors import GridElsewhereError
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import grids_of
from portal.states import IllegalMoveError, save


@transaction.atomic
def say_grid(*, report_in: MemberReportIn, grid: Area | None, by: User) -> MemberReportIn:
    """Note the grid somebody lives in, or that nobody knows it; the person and their community may say. Idempotent.

    Raises:
        GridElsewhereError: the grid is not an open one of that community.
        IllegalMoveError: the report-in neither waits nor stands.
    """
    report_in = rows.hold(report_in)
    if report_in.state not in OPEN:
        raise IllegalMoveError(before=report_in.state, after=report_in.state)
    check_grid(report_in.area, grid)
    if report_in.grid_id != (grid.pk if grid else None):
        data = {"grid": grid.code if grid else ""}
        report_in.grid = grid
        save(report_in, action="grid_said", by=by, data=data, only=["grid"])
    return report_in


def check_grid(area: Area, grid: Area | None) -> None:
    """Raise when ``grid`` is not an open one of the community ``area``."""
    if grid and not grids_of(area).filter(pk=grid.pk).exists():
        raise GridElsewhereError
