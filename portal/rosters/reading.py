"""From a file to its rows: which kind it is, its encoding, its sheet. Rows come one by one, as large as a city's."""

import codecs
import csv
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import chain, islice
from typing import IO, Any

from python_calamine import CalamineError, CalamineSheet, PasswordError, SheetTypeEnum, SheetVisibleEnum, load_workbook

from portal.rosters.errors import (
    EncodingUnknownError,
    FileEmptyError,
    FileRefusedError,
    FileTooLargeError,
    OldSpreadsheetError,
)
from portal.rosters.headings import SEARCHED_ROWS, Headings, find_headings
from portal.rosters.packages import check_package

MAX_ROWS = 1_048_576
MAX_COLUMNS = 256
LONGEST_CELL = 32_767
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_NO_TEXT = (b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"{\\rtf", b"\x1f\x8b", b"PK", b"7z\xbc\xaf", b"Rar!")
_MARKUP = re.compile(r"\s*<(?:!doctype|html|\?xml|table)", re.IGNORECASE)
_MARKS = ((b"\xef\xbb\xbf", "utf-8-sig"), (b"\xff\xfe", "utf-16"), (b"\xfe\xff", "utf-16"))
_CHUNK = 1024 * 1024
_DELIMITERS = ",\t;"

Cells = list[Any]
Numbered = tuple[int, Cells]


@dataclass(slots=True)
class Table:
    """The rows of the sheet that is the roster, each with the number people see; ``headings`` as guessed."""

    encoding: str
    rows: Iterator[Numbered]
    first: list[Numbered] = field(default_factory=list)
    headings: Headings | None = None

    def __post_init__(self) -> None:
        self.first = list(islice(self.rows, SEARCHED_ROWS))
        self.rows = chain(self.first, self.rows)
        self.headings = find_headings(self.first)


def open_table(file: IO[bytes], *, size: int, most: int) -> Table:
    """Return the table in ``file`` of ``size`` bytes (at ``most``); the content says which kind it is.

    Raises:
        FileRefusedError: no table, or one too large to be read.
    """
    if size > most:
        raise FileTooLargeError
    start = file.read(4096)
    file.seek(0)
    if not start.strip():
        raise FileEmptyError
    if start.startswith(_OLE):
        raise OldSpreadsheetError
    if start.startswith(_ZIP):
        return _workbook(file)
    if start.startswith(_NO_TEXT):
        raise FileRefusedError
    return _text_table(file, start)


def _workbook(file: IO[bytes]) -> Table:
    check_package(file)
    try:
        book = load_workbook(file)
        seen = [
            sheet.name
            for sheet in book.sheets_metadata
            if sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
        ]
        found = None
        for name in seen:
            table = Table("xlsx", _rows_of(book.get_sheet_by_name(name)))
            if table.headings:
                return table
            found = found or (table if table.first else None)
    except PasswordError as error:
        raise OldSpreadsheetError from error
    except (CalamineError, OSError, ValueError) as error:
        raise FileRefusedError from error
    if found is None:
        raise FileEmptyError
    return found


def _rows_of(sheet: CalamineSheet) -> Iterator[Numbered]:
    """Give the rows from the first that says something; a cell merged over several rows is said in each of them."""
    if sheet.start is None:
        return
    top, left = sheet.start
    before: Cells = [""] * left
    rows = enumerate(sheet.iter_rows(), start=top + 1)
    plain = ((number, before + row) for number, row in rows) if before else rows
    yield from _unmerged(plain, sheet.merged_cell_ranges or ())


def _unmerged(rows: Iterable[Numbered], ranges: Iterable[Any]) -> Iterator[Numbered]:
    tall = sorted((top, left, bottom) for (top, left), (bottom, _right) in ranges if bottom > top)
    if not tall:
        yield from rows
        return
    waiting, said = iter(tall), {}
    upcoming = next(waiting, None)
    for number, row in rows:
        while upcoming and upcoming[0] < number:
            top, left, bottom = upcoming
            if top == number - 1 and left < len(row):
                said[left] = (bottom, row[left])
            upcoming = next(waiting, None)
        for place, (bottom, cell) in list(said.items()):
            if number - 1 > bottom:
                del said[place]
            elif place < len(row):
                row[place] = cell
        yield number, row


def _text_table(file: IO[bytes], start: bytes) -> Table:
    encoding = _encoding(file, start)
    text = io.TextIOWrapper(file, encoding=encoding, newline="")
    head = text.read(4096)
    text.seek(0)
    if _MARKUP.match(head) or sum(letter < " " and letter not in "\t\r\n\f\x1a" for letter in head) > len(head) // 100:
        text.detach()
        raise FileRefusedError
    first = head.lstrip("\ufeff\r\n").partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    return Table(encoding.removesuffix("-le").removesuffix("-be"), _csv_rows(text, delimiter))


def _csv_rows(text: io.TextIOWrapper, delimiter: str) -> Iterator[Numbered]:
    csv.field_size_limit(LONGEST_CELL)
    number = 0
    try:
        for number, row in enumerate(csv.reader(text, delimiter=delimiter), start=1):
            if number > MAX_ROWS or len(row) > MAX_COLUMNS:
                raise FileTooLargeError
            yield number, row
    except (csv.Error, UnicodeDecodeError) as error:
        raise FileRefusedError from error
    finally:
        text.detach()  # the file is its opener's to close


def _encoding(file: IO[bytes], start: bytes) -> str:
    """Return the encoding the whole file can be read in."""
    for mark, encoding in _MARKS:
        if start.startswith(mark):
            return encoding
    if start.count(0) > len(start) // 20:
        # Every second byte of a line break or a comma is a null, and its place says which half comes first.
        return "utf-16-be" if start.find(b"\x00") % 2 == 0 else "utf-16-le"
    for encoding in ("utf-8", "gbk", "gb18030"):
        if _reads(file, encoding):
            return encoding
    raise EncodingUnknownError


def _reads(file: IO[bytes], encoding: str) -> bool:
    decoder = codecs.getincrementaldecoder(encoding)()
    try:
        while chunk := file.read(_CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    finally:
        file.seek(0)
    return True
