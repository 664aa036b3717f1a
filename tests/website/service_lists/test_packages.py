"""Workbooks made to be taken for something smaller than they are."""

import io
import struct
import zipfile
import zlib

import pytest

from tests.website.service_lists.sheets import services
from webui.sheets.errors import FileEmptyError, NotASpreadsheetError, SheetTooLargeError
from webui.sheets.reading import read_bytes

SHEET = "xl/worksheets/sheet1.xml"
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
# Far enough to be refused, near enough not to end the process where it is not.
FAR = '<sheetData><row r="6000"><c r="B6000"><v>1</v></c></row></sheetData>'


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_sheet_by_another_name_is_measured_too(encoding: str) -> None:
    """The reader asks for cells alone, not for how the part begins."""
    part = f'<?xml version="1.0" encoding="{encoding}"?><x {MAIN}>{FAR}</x>'.encode(encoding)

    with pytest.raises(SheetTooLargeError):
        read_bytes(_with(part))


def test_nothing_is_read_behind_what_was_looked_at() -> None:
    start = b"<w/>"
    raw = _with(start + f"<worksheet {MAIN}>{FAR}</worksheet>".encode())

    with pytest.raises((FileEmptyError, NotASpreadsheetError)):
        read_bytes(_lying(raw, SHEET, seen=len(start)))


@pytest.mark.parametrize("method", [zipfile.ZIP_BZIP2, zipfile.ZIP_LZMA])
def test_what_no_spreadsheet_packs_so_is_refused_unread(method: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """These unpack a megabyte into gigabytes in one go."""
    raw = _with(b"<w/>", method=method)
    monkeypatch.setattr(zipfile.ZipFile, "open", lambda *_args: pytest.fail("unpacked"))

    with pytest.raises(NotASpreadsheetError):
        read_bytes(raw)


def _with(part: bytes, *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Return a good workbook with ``part`` in the place of its sheet."""
    file = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(services())) as good, zipfile.ZipFile(file, "w", method) as package:
        for name in good.namelist():
            package.writestr(name, part if name == SHEET else good.read(name))
    return file.getvalue()


def _lying(raw: bytes, name: str, *, seen: int) -> bytes:
    """Say of one part that it ends after ``seen`` bytes, with a checksum that fits."""
    with zipfile.ZipFile(io.BytesIO(raw)) as package:
        part, start = package.getinfo(name), package.read(name)[:seen]
    told = struct.pack("<LLL", part.CRC, part.compress_size, part.file_size)
    instead = struct.pack("<LLL", zlib.crc32(start), part.compress_size, seen)
    assert raw.count(told) == 2  # before the part, and in the directory
    return raw.replace(told, instead)
