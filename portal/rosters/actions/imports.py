"""The life of a file: handed in, looked at, confirmed, undone; erased when its time is over."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from functools import partial
from typing import IO

from django.conf import settings
from django.db import transaction
from django.db.models import Q

from portal.members.actions import resume_membership
from portal.members.models import RosterEntry, User
from portal.organisations.models import Unit
from portal.rosters import carrying, kept, statements
from portal.rosters.enums import ChangeKind, Field, ImportState
from portal.rosters.errors import (
    ImportFinishedError,
    NotCompleteError,
    RosterChangedError,
    RowsWrongError,
    UnitEndedError,
)
from portal.rosters.models import RosterChange, RosterImport, StagedRow
from portal.rosters.reading import Table, open_table
from portal.rosters.staging import forget
from portal.rosters.tasks import check_file, counts_of, write_file
from portal.states import save

STUCK_AFTER = timedelta(hours=2)  # longer than any file takes: the worker was stopped


def begin(*, unit: Unit, file: IO[bytes], size: int, file_name: str, by: User) -> RosterImport:
    """Keep the rows of a file and have them checked in the background.

    Raises:
        UnitEndedError: the unit has ended.
        FileRefusedError: it cannot be read.
    """
    refuse_ended(unit)
    table = open_table(file, size=size, most=settings.ROSTER_MAX_BYTES)
    run = new_run(unit=unit, table=table, file_name=file_name, by=by)
    with transaction.atomic():
        save(run, action="begun", by=by)
        run.lines = kept.keep(run, table)
        run.save(update_fields=["lines"])
        transaction.on_commit(partial(check_file.enqueue, run.pk))
    return run


def refuse_ended(unit: Unit) -> None:
    """Refuse a file for a ``unit`` that has ended, as its rows are refused one by one.

    Raises:
        UnitEndedError: the unit has ended.
    """
    if unit.ends_on:
        raise UnitEndedError


def new_run(*, unit: Unit, table: Table, file_name: str, by: User | None) -> RosterImport:
    """Return an import of ``table``, not saved yet; a column of units counts only where the unit has branches."""
    run = RosterImport(unit=unit, file_name=file_name[-200:], encoding=table.encoding, started_by=by)
    if table.headings:
        run.heading_row, run.headings = table.headings.row, table.headings.cells
        places = {str(known): place for known, place in table.headings.places.items()}
        run.columns = {key: place for key, place in places.items() if key != Field.UNIT or not unit.is_leaf()}
    elif table.first:
        run.heading_row, cells = table.first[0]
        run.headings = [str(cell).strip() for cell in cells]
    return run


@transaction.atomic
def check_again(
    *, run: RosterImport, columns: Mapping[str, int], heading_row: int, headings: list[str], by: User
) -> None:
    """Check the file anew with other columns.

    Raises:
        portal.states.IllegalMoveError: it is not waiting.
    """
    run = carrying.locked(run)
    run.columns, run.heading_row, run.headings = dict(columns), heading_row, headings
    run.report, run.errors, run.progress = {}, [], 0
    carrying.move(run, ImportState.CHECKING, by=by)
    transaction.on_commit(partial(check_file.enqueue, run.pk))


@transaction.atomic
def confirm(
    *, run: RosterImport, shown: Mapping[str, int], is_complete: bool, skips_errors: bool, by: User
) -> RosterImport:
    """Have the worker write what was ``shown``; confirmed twice, it is written once.

    Raises:
        RowsWrongError: rows are wrong, and nobody said to leave them out.
        NotCompleteError: rows are wrong, so that the file cannot be the whole roster.
        RosterChangedError: something else was shown.
        ImportFinishedError: it is over.
        UnitEndedError: the unit has ended since.
    """
    run = carrying.locked(run)
    if run.state in {ImportState.WRITING, ImportState.DONE}:
        return run
    if run.state != ImportState.READY or run.report.get("needs_columns"):
        raise ImportFinishedError
    refuse_ended(run.unit)
    if run.number_of_errors and is_complete:
        raise NotCompleteError
    if run.number_of_errors and not skips_errors:
        raise RowsWrongError
    if dict(shown) != counts_of(run):
        raise RosterChangedError
    run.is_complete, run.skips_errors = is_complete, skips_errors
    run.report.pop("refusal", None)
    carrying.move(run, ImportState.WRITING, by=by)
    transaction.on_commit(partial(write_file.enqueue, run.pk, by.pk))
    return run


@transaction.atomic
def discard(*, run: RosterImport, by: User | None) -> None:
    """Give up what nobody confirmed, and erase its file."""
    run = carrying.locked(run)
    carrying.move(run, ImportState.DISCARDED, by=by)
    _forget(run)


@transaction.atomic
def undo(*, run: RosterImport, by: User) -> RosterImport:
    """Take an import back; a row somebody met or changed since is left alone and named. Done again, nothing changes.

    Raises:
        portal.states.IllegalMoveError: it was never done.
    """
    carrying.hold_units(run)
    run = carrying.locked(run)
    if run.state == ImportState.UNDONE:
        return run
    left_alone = _take_back_leavers(run, by=by)
    left_alone += [key for (key,) in statements.rows(statements.TOUCHED, batch=run.pk)]
    carrying.rename(statements.NAMED_BACK, run, by=by)
    statements.run(statements.TAKE_BACK_CHANGED, batch=run.pk)
    statements.run(statements.FORGET_ITS_CHANGES, batch=run.pk)
    statements.run(statements.TAKE_BACK_NEW, batch=run.pk)
    run.left_alone = left_alone
    carrying.move(run, ImportState.UNDONE, by=by, data={"left_alone": len(left_alone)})
    _forget(run)
    return run


def forget_old(*, now: datetime) -> int:
    """Erase the files whose time is over, and free what a stopped worker left; return how many files those were."""
    for run in RosterImport.objects.filter(
        state__in=[ImportState.CHECKING, ImportState.WRITING], moved_at__lt=now - STUCK_AFTER
    ):
        with transaction.atomic():
            carrying.move(carrying.locked(run), ImportState.FAILED, by=None)
    old = RosterImport.objects.filter(moved_at__lt=now - timedelta(days=settings.ROSTER_KEPT_DAYS))
    number = 0
    # A command that was stopped keeps no file, and yet has staged its rows.
    staged = StagedRow.objects.values("batch").distinct()
    for run in old.filter(Q(parts__isnull=False) | Q(pk__in=staged)).distinct():
        if run.state in {ImportState.READY, ImportState.FAILED}:
            discard(run=run, by=None)
        else:
            _forget(run)
        number += 1
    return number


def _forget(run: RosterImport) -> None:
    forget(run.pk)
    kept.erase(run)
    run.errors = []
    run.save(update_fields=["errors"])


def _take_back_leavers(run: RosterImport, *, by: User) -> list[int]:
    """Put who left back on the roster; return the rows where that cannot be: back by now, or at home elsewhere."""
    left_alone = []
    changes = RosterChange.objects.filter(run=run, kind=ChangeKind.LEFT).select_related("entry", "membership__person")
    for change in changes.order_by("entry__person_id", "pk").iterator(chunk_size=500):
        entry = change.entry
        others = RosterEntry.objects.filter(unit=entry.unit_id, phone=entry.phone, left_on__isnull=True)
        if entry.last_import != run.pk or others.exists() or not _is_home_again(change, by=by):
            left_alone.append(entry.pk)
            continue
        RosterEntry.objects.filter(pk=entry.pk).update(left_on=None, last_import=change.last_import)
    return left_alone


def _is_home_again(change: RosterChange, *, by: User) -> bool:
    return change.membership is None or resume_membership(membership=change.membership, by=by)
