"""From a file to sheets of plain texts: which kind of file it is, its encoding, and what each cell says."""

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from io import BytesIO, StringIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from charset_normalizer import from_bytes
from python_calamine import CalamineError, CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from webui.sheets.errors import (
    EncodingUnknownError,
    FileEmptyError,
    FileMissingError,
    FileTooLargeError,
    NotASpreadsheetError,
    OldSpreadsheetError,
    ProtectedError,
    SheetTooLargeError,
)
from webui.sheets.limits import CITY, LIST, Limits
from webui.sheets.packages import checked_package
from webui.sheets.texts import fit, unescaped_formula

if TYPE_CHECKING:
    from _typeshed import SupportsRead

_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"PK", b"7z\xbc\xaf", b"Rar!")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_CONTROL_SHARE = 0.01
_NULL_SHARE = 0.05
_DELIMITERS = ",\t;"


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet as people see it: the first row has number 1."""

    name: str
    rows: list[list[str]]

    def as_json(self) -> dict[str, Any]:
        return {"name": self.name, "rows": self.rows}


def read_path(path: Path, limits: Limits = LIST) -> list[Sheet]:
    """Return the sheets of a file; raise a refusal where there is none to be had."""
    try:
        if not path.is_file():
            raise FileMissingError
        if path.stat().st_size > limits.bytes:
            raise FileTooLargeError(limits)
        return read_bytes(path.read_bytes(), limits)
    except OSError as error:
        raise FileMissingError from error


def read_bytes(raw: bytes, limits: Limits = LIST) -> list[Sheet]:
    """Return the visible sheets of a workbook, or the one sheet of a CSV; the content says which it is."""
    if len(raw) > limits.bytes:
        raise FileTooLargeError(limits)
    if not raw.strip():
        raise FileEmptyError
    if raw.startswith(_OLE):
        raise ProtectedError if "EncryptedPackage".encode("utf-16-le") in raw else OldSpreadsheetError
    if raw.startswith(_ZIP):
        return _workbook(raw, limits)
    if raw.startswith(_NO_TEXT):
        raise NotASpreadsheetError
    return [_table(_text(raw), limits)]


def open_rows(file: "Path | SupportsRead[bytes]", *, limits: Limits = CITY) -> Iterator[list[str]]:
    """Return the rows of the first sheet that has any, from its first row on, each cell as a person would type it.

    Raises:
        SheetRefusedError: the file is too large, broken, protected or no table; before the first row is given.
    """
    sheets = read_path(file, limits) if isinstance(file, Path) else read_bytes(file.read(limits.bytes + 1), limits)
    return iter(next((sheet.rows for sheet in sheets if sheet.rows), []))


def _workbook(raw: bytes, limits: Limits) -> list[Sheet]:
    checked = checked_package(raw, limits)
    try:
        with load_workbook(BytesIO(checked)) as book:
            seen = [
                sheet.name
                for sheet in book.sheets_metadata
                if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            ]
            sheets = [_sheet(book.get_sheet_by_name(name)) for name in seen]
    except PasswordError as error:
        raise ProtectedError from error
    except (CalamineError, OSError, ValueError) as error:
        raise NotASpreadsheetError from error
    if not any(sheet.rows for sheet in sheets):
        raise FileEmptyError
    return sheets


def _sheet(sheet: CalamineSheet) -> Sheet:
    rows = [[_said(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False)]
    for (top, left), (bottom, right) in sheet.merged_cell_ranges or ():
        _repeat(rows, top=top, left=left, bottom=bottom, right=right)
    return Sheet(sheet.name, rows)


def _repeat(rows: list[list[str]], *, top: int, left: int, bottom: int, right: int) -> None:
    """Say in each row what a cell merged over several rows says; one merged over columns is said once."""
    if (right > left and top == bottom) or top >= len(rows) or left >= len(rows[top]):
        return
    for row in rows[top + 1 : bottom + 1]:
        row[left] = rows[top][left]


def _said(cell: Any) -> str:
    """Return what a cell says as a person would type it."""
    if isinstance(cell, bool):
        return "是" if cell else "否"
    if isinstance(cell, float):
        return str(int(cell)) if cell.is_integer() and abs(cell) < 1e15 else repr(cell)
    if isinstance(cell, datetime):
        midnight = cell.time() == time()
        return (cell.date() if midnight else cell.replace(microsecond=0)).isoformat(*([] if midnight else [" "]))
    if isinstance(cell, date | time):
        return cell.isoformat()
    if isinstance(cell, timedelta):
        return str(cell)
    return fit(str(cell))


def _table(text: str, limits: Limits) -> Sheet:
    if _MARKUP.match(text):
        raise NotASpreadsheetError
    csv.field_size_limit(min(sys.maxsize, limits.bytes))
    first = text.lstrip("\n\r").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    rows: list[list[str]] = []
    try:
        for row in csv.reader(StringIO(text, newline=""), delimiter=delimiter):
            if len(rows) >= limits.rows or len(row) > limits.columns:
                raise SheetTooLargeError(limits)
            rows.append([fit(unescaped_formula(cell)) for cell in row])
    except csv.Error as error:
        raise NotASpreadsheetError from error
    return Sheet("", rows)


def _text(raw: bytes) -> str:
    for mark, encoding in ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16")):
        if raw.startswith(mark):
            return _checked(_decoded(raw, encoding))
    if raw[:2000].count(0) > _NULL_SHARE * len(raw[:2000]):
        # Every second byte of a line break or a comma is a null, and its place says which half comes first.
        return _checked(_decoded(raw, "utf-16-be" if raw[:2000].find(b"\x00") % 2 == 0 else "utf-16-le"))
    return _checked(_decoded(raw, "utf-8", "gb18030", _guess(raw)))


def _guess(raw: bytes) -> str:
    best = from_bytes(raw[:20_000]).best()
    return best.encoding if best else "utf-8"


def _decoded(raw: bytes, *encodings: str) -> str:
    for encoding in encodings:
        try:
            return raw.decode(encoding)
        except UnicodeDecodeError:
            continue
    raise EncodingUnknownError


def _checked(text: str) -> str:
    if len(_CONTROL.findall(text)) > _CONTROL_SHARE * len(text):
        raise NotASpreadsheetError
    return text
