"""A file from the command line: checked and written at once, nothing of it kept."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from portal.organisations.models import Unit
from portal.rosters import carrying
from portal.rosters.actions.imports import new_run, refuse_ended
from portal.rosters.checking import Checker
from portal.rosters.enums import ImportState
from portal.rosters.errors import FileRefusedError, NotCompleteError
from portal.rosters.models import RosterImport
from portal.rosters.reading import Table, open_table
from portal.rosters.staging import forget
from portal.rosters.tasks import ERRORS_KEPT, headings_of, summary


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a file says, and whether it was written."""

    table: Table
    run: RosterImport
    checker: Checker
    report: dict[str, Any]
    is_written: bool

    def as_json(self) -> dict[str, Any]:
        headings = headings_of(self.run)
        return {
            "encoding": self.table.encoding,
            "columns": headings.names(),
            **{name: self.report[name] for name in ("rows", "new", "changed", "unchanged", "leavers")},
            "errors": [problem.as_json() for problem in self.checker.problems],
        }


def import_file(
    *, path: Path, unit: Unit, is_complete: bool = False, skips_errors: bool = False, dry_run: bool = False
) -> Outcome:
    """Bring the roster of ``unit`` to what a file says; with rows that are wrong, only if they may be left out.

    Raises:
        UnitEndedError: the unit has ended.
        FileRefusedError: it cannot be read, or its columns are not known.
        NotCompleteError: rows are wrong, so that the file cannot be the whole roster.
    """
    refuse_ended(unit)
    try:
        with path.open("rb") as file:
            table = open_table(file, size=path.stat().st_size, most=settings.ROSTER_MAX_BYTES)
            run = new_run(unit=unit, table=table, file_name=path.name, by=None)
            run.is_complete, run.skips_errors = is_complete, skips_errors
            return _imported(run, table, dry_run=dry_run)
    except OSError as error:
        raise FileRefusedError from error


def _imported(run: RosterImport, table: Table, *, dry_run: bool) -> Outcome:
    run.save()
    is_written = False
    try:
        checker = carrying.check_rows(run, table.rows, headings_of(run))
        report = summary(run, checker)
        if not dry_run and (run.skips_errors or not checker.problems):
            if run.is_complete and checker.problems:
                raise NotCompleteError
            report |= _written(run, checker, report)
            is_written = True
    finally:
        if not is_written:
            forget(run.pk)
            run.delete()
    return Outcome(table, run, checker, report, is_written)


@transaction.atomic
def _written(run: RosterImport, checker: Checker, report: dict[str, Any]) -> dict[str, int]:
    carrying.hold_units(run)
    run = carrying.locked(run)
    refuse_ended(run.unit)  # since the file was opened
    run.report, run.errors = report, [problem.as_json() for problem in checker.problems[:ERRORS_KEPT]]
    carrying.move(run, ImportState.READY, by=None)
    carrying.move(run, ImportState.WRITING, by=None)
    done = carrying.write_all(run, by=None)
    run.report, run.done_at = report | done, run.moved_at
    carrying.move(run, ImportState.DONE, by=None, data=done)
    return done
