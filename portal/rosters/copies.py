"""A file given back with a column that says what is wrong with each row."""

import csv
import io
from collections.abc import Iterator

from django.utils.translation import gettext as _
from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell

from portal.rosters import carrying, kept
from portal.rosters.checking import Checker
from portal.rosters.enums import Field
from portal.rosters.headings import Headings
from portal.rosters.models import RosterImport
from portal.rosters.reading import Numbered

MOST_IN_A_WORKBOOK = 20_000  # above, a workbook takes minutes; a CSV comes while it is made
_AS_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def rows_with_errors(run: RosterImport, headings: Headings) -> Iterator[list[str]]:
    """Give the rows of the file of ``run``, each with its errors at the end."""
    wrong = _wrong_rows(run, headings)
    width = max((len(cells) for _number, cells in _first_rows(run)), default=0)
    for number, cells in kept.kept_rows(run):
        said = _("错误") if number == headings.row else " ".join(wrong.get(number, ()))
        yield [*cells, *[""] * (width - len(cells)), said]


def as_csv(rows: Iterator[list[str]]) -> Iterator[bytes]:
    """Give the rows as CSV, piece by piece; no cell runs as a formula."""
    yield b"\xef\xbb\xbf"
    for row in rows:
        buffer = io.StringIO(newline="")
        csv.writer(buffer).writerow([f"'{cell}" if cell.startswith(_AS_FORMULA) else cell for cell in row])
        yield buffer.getvalue().encode()


def as_workbook(rows: Iterator[list[str]]) -> bytes:
    """Return the rows as .xlsx; every cell is text."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(_("名册"))
    for row in rows:
        cells = []
        for text in row:
            cell = WriteOnlyCell(sheet, "".join(letter for letter in text if letter >= " " or letter in "\t\n"))
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def _wrong_rows(run: RosterImport, headings: Headings) -> dict[int, list[str]]:
    units = carrying.branches_of(run.unit) if Field.UNIT in headings.places else {}
    checker = Checker(headings, run.unit_id, units)
    names = {number: name for number, _unit, _phone, name, *_rest in checker.ready(kept.kept_rows(run))}
    checker.settle(names)
    wrong: dict[int, list[str]] = {}
    for problem in checker.problems:
        wrong.setdefault(problem.row, []).append(f"{problem.column}：{problem.message}")
    return wrong


def _first_rows(run: RosterImport) -> list[Numbered]:
    return [row for row, _place in zip(kept.kept_rows(run), range(100), strict=False)]
