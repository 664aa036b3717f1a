"""What is inside an .xlsx file, looked at before a library lays it out in memory.

A sheet is laid out as a rectangle up to its last cell: a file of 5 kB with one cell in the far corner would take half a
terabyte, and end the process. So every part is unpacked within limits and parsed strictly first.
"""

import zipfile
import zlib
from io import BytesIO
from xml.parsers import expat

from openpyxl.utils.cell import column_index_from_string, coordinate_from_string, get_column_letter
from openpyxl.utils.exceptions import CellCoordinatesException

from webui.sheets.errors import (
    CellsBrokenError,
    FileTooLargeError,
    NotASpreadsheetError,
    OldSpreadsheetError,
    SheetTooLargeError,
)
from webui.sheets.limits import LIST, MAX_ENTRIES, Limits

_CHUNK = 1024 * 1024
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})  # by spreadsheets; others cannot be unpacked by and by
# A reader takes whatever has cells for a sheet, by whatever name it begins.
_SHEETS = frozenset({"worksheet", "sheetData"})


def checked_package(raw: bytes, limits: Limits = LIST) -> bytes:
    """Return ``raw`` laid out anew, or refuse what is no workbook within ``limits``, or has broken formulas.

    Readers disagree on where a part ends whose size is told wrong. What is laid out anew holds what was looked at.
    """
    checked = BytesIO()
    try:
        with zipfile.ZipFile(BytesIO(raw)) as package:
            _check_kind(package)
            parts = _parts(package, limits)
            broken = [cell for _name, part in parts for cell in _Sheet(limits).read(part)]
        with zipfile.ZipFile(checked, "w") as anew:
            for name, part in parts:
                anew.writestr(name, part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise NotASpreadsheetError from error
    if broken:
        raise CellsBrokenError(cells=broken)
    return checked.getvalue()


def _check_kind(package: zipfile.ZipFile) -> None:
    names = set(package.namelist())
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise OldSpreadsheetError
    if "xl/workbook.xml" not in names:
        raise NotASpreadsheetError


def _parts(package: zipfile.ZipFile, limits: Limits) -> list[tuple[str, bytes]]:
    """Return every part, unpacked; what the directory of the package says about sizes is not believed."""
    entries = package.infolist()
    if len(entries) > MAX_ENTRIES:
        raise FileTooLargeError(limits)
    if any(entry.compress_type not in _PACKED for entry in entries):
        raise NotASpreadsheetError
    left = limits.unpacked_bytes
    parts: list[tuple[str, bytes]] = []
    for entry in entries:
        with package.open(entry) as file:
            part = b""
            while chunk := file.read(_CHUNK):
                left -= len(chunk)
                if left < 0:
                    raise FileTooLargeError(limits)
                part += chunk
        parts.append((entry.filename, part))
    return parts


class _Sheet:
    """Walks through one part; a part that is no worksheet passes unseen."""

    def __init__(self, limits: Limits) -> None:
        self.limits = limits
        self.row = self.column = 0
        self.is_sheet = self.has_formula = self.in_value = False
        self.kind = self.value = ""
        self.broken: list[str] = []

    def read(self, part: bytes) -> list[str]:
        """Return the cells whose formulas have no result."""
        if not any(name.encode(encoding) in part for name in _SHEETS for encoding in ("ascii", "utf-16-le")):
            return []
        parser = expat.ParserCreate()
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartDoctypeDeclHandler = _refuse_doctype
        try:
            parser.Parse(part, True)
        except expat.ExpatError as error:
            raise NotASpreadsheetError from error
        return self.broken

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        name = name.rpartition(":")[2]
        if name in _SHEETS:
            self.is_sheet = True
        elif name == "row":
            self.row, self.column = _number(attributes.get("r"), self.row + 1), 0
        elif name == "c":
            self._start_cell(attributes)
        elif name == "f":
            self.has_formula = True
        elif name in {"v", "is"}:
            self.in_value = True
            self._check_place()

    def _start_cell(self, attributes: dict[str, str]) -> None:
        self.column += 1
        self.kind, self.value, self.has_formula = attributes.get("t", "n"), "", False
        if place := attributes.get("r"):
            self.column, self.row = _place(place)

    def _check_place(self) -> None:
        if self.is_sheet and (self.row > self.limits.rows or self.column > self.limits.columns):
            raise SheetTooLargeError(self.limits)

    def _end(self, name: str) -> None:
        name = name.rpartition(":")[2]
        if name in {"v", "is"}:
            self.in_value = False
        elif name == "c" and self.is_sheet:
            has_no_result = self.has_formula and not self.value and self.kind != "str"
            if self.kind == "e" or has_no_result:
                self.broken.append(f"{get_column_letter(self.column)}{self.row}")

    def _text(self, text: str) -> None:
        if self.in_value:
            self.value += text


def _refuse_doctype(*_arguments: object) -> None:
    raise NotASpreadsheetError


def _number(text: str | None, otherwise: int) -> int:
    return int(text) if text and text.isdecimal() else otherwise


def _place(text: str) -> tuple[int, int]:
    try:
        letters, row = coordinate_from_string(text)
    except CellCoordinatesException as error:
        raise NotASpreadsheetError from error
    return column_index_from_string(letters), row
