"""The list as a file: a workbook of texts, or a CSV; what is written reads back as it was."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from website.service_lists.columns import CODE, PLACE_COLUMNS, PLACES_SHEET, SERVICE_COLUMNS, SERVICES_SHEET, Column
from website.service_lists.entries import Problem
from website.service_lists.errors import TextTooLongError
from website.service_lists.queries import Listed
from webui.sheets.limits import LONGEST_CELL
from webui.sheets.reading import Sheet
from webui.sheets.texts import escaped_for_workbook, escaped_formula, plain

ERRORS_HEADING = "错误"
WORKBOOK_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
CSV_TYPE = "text/csv; charset=utf-8"
_BYTE_ORDER_MARK = "\ufeff"  # by which Excel knows UTF-8
_TEXT_FORMAT = "@"
_HEADER = {"font": Font(bold=True), "fill": PatternFill("solid", fgColor="EDEAE4")}
_WRONG = PatternFill("solid", fgColor="FBE3E1")
_TOP = Alignment(vertical="top", wrap_text=True)


def as_workbook(listed: Iterable[Listed]) -> bytes:
    """Return two sheets: one row a service, one row a place. Every cell is text."""
    services = list(listed)
    book = Workbook(write_only=True)
    _sheet(book, SERVICES_SHEET, SERVICE_COLUMNS, ([*_service(service)] for service in services))
    rows = ([service.code, *place] for service in services for place in service.places)
    _sheet(book, PLACES_SHEET, PLACE_COLUMNS, rows)
    return _saved(book)


def as_csv(listed: Iterable[Listed]) -> bytes:
    """Return the services alone; a cell that a spreadsheet would run has an apostrophe before it."""
    file = StringIO()
    writer = csv.writer(file)
    writer.writerow([column.heading for column in SERVICE_COLUMNS])
    for service in listed:
        writer.writerow([escaped_formula(value) for value in _service(service)])
    return (_BYTE_ORDER_MARK + file.getvalue()).encode()


def with_errors(sheets: Sequence[Sheet], problems: Sequence[Problem]) -> bytes:
    """Return the file somebody handed in, as a workbook, each wrong row with what is wrong in a last column."""
    book = Workbook(write_only=True)
    alone = len(sheets) == 1
    for number, sheet in enumerate(sheets, 1):
        wrong: dict[int, list[str]] = {}
        for problem in problems:
            if alone or problem.sheet == sheet.name or (not problem.sheet and number == 1):
                wrong.setdefault(problem.row, []).append(f"{problem.column}：{problem.message}")
        _copy(book, sheet, wrong)
    return _saved(book)


def _service(service: Listed) -> list[str]:
    values = {CODE: service.code, **service.values}
    for column in SERVICE_COLUMNS:
        if len(values[column.key]) > LONGEST_CELL:
            raise TextTooLongError(code=service.code, heading=column.heading)
    return [values[column.key] for column in SERVICE_COLUMNS]


def _sheet(book: Workbook, name: str, columns: tuple[Column, ...], rows: Iterable[Sequence[str]]) -> None:
    sheet = book.create_sheet(name)
    sheet.freeze_panes = "C2" if len(columns) > 10 else "B2"  # code and title stay in sight, too
    for number, column in enumerate(columns, 1):
        dimension = sheet.column_dimensions[get_column_letter(number)]
        dimension.width, dimension.number_format = column.width, _TEXT_FORMAT
    sheet.append([_cell(sheet, column.heading, **_HEADER) for column in columns])
    last = 1
    for row in rows:
        sheet.append([_cell(sheet, value) for value in row])
        last += 1
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{last}"


def _copy(book: Workbook, sheet: Sheet, wrong: dict[int, list[str]]) -> None:
    copy = book.create_sheet(sheet.name[:31] or SERVICES_SHEET)
    width = max((len(row) for row in sheet.rows), default=0)
    copy.column_dimensions[get_column_letter(width + 1)].width = 60
    first = min(wrong, default=1)
    for number, row in enumerate(sheet.rows, 1):
        cells = [_cell(copy, plain(value), fill=_WRONG if number in wrong else None) for value in row]
        cells += [None] * (width - len(row))
        if number in wrong:
            cells.append(_cell(copy, "\n".join(wrong[number]), fill=_WRONG, font=Font(bold=True)))
        elif number == 1 and first > 1:
            cells.append(_cell(copy, ERRORS_HEADING, **_HEADER))
        copy.append(cells)


def _cell(
    sheet: WriteOnlyWorksheet, text: str, *, font: Font | None = None, fill: PatternFill | None = None
) -> WriteOnlyCell:
    cell = WriteOnlyCell(sheet, escaped_for_workbook(text))
    # openpyxl takes what begins with "=" for a formula, and a phone stays a phone only as text.
    cell.data_type, cell.number_format, cell.alignment = "s", _TEXT_FORMAT, _TOP
    cell.quotePrefix = True
    if font:
        cell.font = font
    if fill:
        cell.fill = fill
    return cell


def _saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()
