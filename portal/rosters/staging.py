"""Rows on their way into the database: by COPY on PostgreSQL, in bulk elsewhere."""

from collections.abc import Callable, Iterable
from itertools import islice

from django.db import connection, transaction

from portal.organisations.models import Unit
from portal.organisations.queries.reach import LAST_STEP, PATH_LENGTH
from portal.rosters.checking import Checker, Ready
from portal.rosters.models import StagedRow

AT_ONCE = 20_000
_ASKED_AT_ONCE = 500  # how many parameters one question may have on SQLite
_FEW = 1000  # joined in no time by any plan
_COLUMNS = "batch, number, unit, phone, name, employee_number, branch, note"
_COPY = f"COPY rosters_stagedrow ({_COLUMNS}) FROM STDIN"
_INSERT = f"INSERT INTO rosters_stagedrow ({_COLUMNS}) VALUES (%s, %s, %s, %s, %s, %s, %s, %s)"  # noqa: S608 -- made of constants alone


def stage(batch: int, rows: Iterable[Ready], *, told: Callable[[int], None] = lambda number: None) -> int:
    """Write ``rows`` for the import ``batch`` in place of what waited for it; return how many.

    ``told`` hears now and then which row of the file has come through.
    """
    forget(batch)
    written = 0
    rows = iter(rows)
    write = _copy if connection.vendor == "postgresql" else _insert
    while chunk := list(islice(rows, AT_ONCE)):
        with transaction.atomic():
            write(batch, chunk)
        written += len(chunk)
        told(chunk[-1][0])
    return written


def settle(batch: int, checker: Checker) -> int:
    """Take out what ``checker`` found to be wrong after all; return how many rows that were."""
    firsts = sorted({twins.first for twins in checker.twins})
    names: dict[int, str] = {}
    for numbers in _portions(firsts):
        found = StagedRow.objects.filter(batch=batch, number__in=numbers)
        names.update(found.values_list("number", "name"))
    wrong = checker.settle(names)
    for numbers in _portions(wrong):
        StagedRow.objects.filter(batch=batch, number__in=numbers).delete()
    return len(wrong)


def look_over(rows: int) -> None:
    """Let the planner know how many rows there are: on a guess it would join two long lists row by row, for hours."""
    if connection.vendor == "postgresql" and rows > _FEW:
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE rosters_stagedrow, members_rosterentry")


def forget(batch: int) -> None:
    """Erase what waits for the import ``batch``."""
    StagedRow.objects.filter(batch=batch)._raw_delete(using="default")  # without reading them


def scope_of(unit: Unit, *, below: bool) -> dict[str, str]:
    """Return the range of paths a file speaks of: the unit alone, or with all its branches."""
    return {"from": unit.path, "to": unit.path.ljust(PATH_LENGTH, LAST_STEP) if below else unit.path}


def _copy(batch: int, chunk: list[Ready]) -> None:
    with connection.cursor() as cursor, cursor.copy(_COPY) as copy:
        copy.write("".join([_line(batch, row) for row in chunk]))


def _line(batch: int, row: Ready) -> str:
    number, unit, phone, name, *optional = row
    one, two, three = (r"\N" if text is None else text.replace("\\", r"\\") for text in optional)
    return f"{batch}\t{number}\t{unit}\t{phone}\t{name}\t{one}\t{two}\t{three}\n"


def _insert(batch: int, chunk: list[Ready]) -> None:
    with connection.cursor() as cursor:
        cursor.executemany(_INSERT, [(batch, *row) for row in chunk])


def _portions(numbers: list[int]) -> Iterable[list[int]]:
    return (numbers[at : at + _ASKED_AT_ONCE] for at in range(0, len(numbers), _ASKED_AT_ONCE))
