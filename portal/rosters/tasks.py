"""What the worker does with a roster's file. Each task looks at the state first: told twice, it works once."""

from typing import Any

import structlog
from django.db import transaction
from django_tasks import task

from portal.members.models import User
from portal.rosters import carrying, kept
from portal.rosters.checking import Checker
from portal.rosters.enums import Field, ImportState
from portal.rosters.errors import HeadingsUnknownError, RosterChangedError
from portal.rosters.headings import Headings
from portal.rosters.models import RosterImport

logger = structlog.get_logger(__name__)
ERRORS_KEPT = 500  # the copy with an error column has them all


@task()
def check_file(pk: int) -> None:
    """Check and stage the rows of an import, and count what they would do."""
    run = _found(pk, ImportState.CHECKING)
    if run is None:
        return
    try:
        report, errors = _checked(run)
    except Exception:
        _fail(run)
        raise
    with transaction.atomic():
        run = carrying.locked(run)
        if run.state == ImportState.CHECKING:
            run.report, run.errors, run.progress = report, errors, run.lines
            carrying.move(run, ImportState.READY, by=None)


@task()
def write_file(pk: int, by: int | None) -> None:
    """Write what was shown, if it is still what would be done; otherwise show the new numbers."""
    run = _found(pk, ImportState.WRITING)
    if run is None:
        return
    try:
        if not carrying.is_staged(run):
            _checked(run)
        with transaction.atomic():
            carrying.hold_units(run)
            run = carrying.locked(run)
            if run.state == ImportState.WRITING:
                _write(run, by=User.objects.filter(pk=by or 0).first())
    except Exception:
        _fail(run)
        raise


def headings_of(run: RosterImport) -> Headings:
    """Return the header as the contact left it."""
    places = {Field(known): int(place) for known, place in run.columns.items()}
    return Headings(run.heading_row, run.headings, places)


def counts_of(run: RosterImport) -> dict[str, int]:
    """Return what was shown."""
    return {name: run.report.get(name, 0) for name in ("new", "changed", "unchanged", "leavers")}


def summary(run: RosterImport, checker: Checker) -> dict[str, Any]:
    """Return the numbers of a check."""
    counts = carrying.counted(run)
    return {
        **counts,
        "rows": checker.rows,
        "staged": counts["new"] + counts["changed"] + counts["unchanged"],
        "errors": len(checker.problems),
        "elsewhere": carrying.elsewhere(run),
    }


def _checked(run: RosterImport) -> tuple[dict[str, Any], list[dict[str, Any]]]:
    def tell(number: int) -> None:
        RosterImport.objects.filter(pk=run.pk).update(progress=number)

    try:
        checker = carrying.check_rows(run, kept.kept_rows(run), headings_of(run), told=tell)
    except HeadingsUnknownError:
        return {"needs_columns": True}, []
    return summary(run, checker), [problem.as_json() for problem in checker.problems[:ERRORS_KEPT]]


def _write(run: RosterImport, *, by: User | None) -> None:
    if run.unit.ends_on:  # since the file was confirmed
        carrying.move(run, ImportState.FAILED, by=by)
        return
    carrying.follow_phones(run)  # of whoever changed theirs since the file was checked
    now = carrying.counted(run)
    if now != counts_of(run):
        run.report = {**run.report, **now, "refusal": str(RosterChangedError())}
        carrying.move(run, ImportState.READY, by=by)
        return
    done = carrying.write_all(run, by=by)
    run.done_at, run.progress = run.moved_at, run.lines
    carrying.move(run, ImportState.DONE, by=by, data=done)
    if not run.errors:
        kept.erase(run)


def _found(pk: int, state: ImportState) -> RosterImport | None:
    return RosterImport.objects.select_related("unit").filter(pk=pk, state=state).first()


def _fail(run: RosterImport) -> None:
    logger.exception("roster_import.failed", run=run.pk)
    with transaction.atomic():
        run = carrying.locked(run)
        if run.is_busy:
            carrying.move(run, ImportState.FAILED, by=None)
