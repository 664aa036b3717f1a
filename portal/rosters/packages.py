"""What is inside an .xlsx file, looked at fast before a library lays it out in memory.

A sheet is laid out as a rectangle up to its last cell: a file of 5 kB with one cell in the far corner would take half a
terabyte. ``webui.sheets`` parses every cell to say which one is broken; a roster of a million rows has no time for
that, so here the places of cells are searched in the unpacked text alone, and what could hide a place is refused.
"""

import re
import zipfile
import zlib
from typing import IO

from portal.rosters.errors import FileRefusedError, FileTooLargeError, OldSpreadsheetError

MAX_PARTS = 500
MAX_UNPACKED_BYTES = 1024 * 1024 * 1024
_CHUNK = 4 * 1024 * 1024
_OVERLAP = 64
_PACKED = frozenset({zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED})
# The place of a cell or row. Beyond row 1048576 or column IV nothing is laid out; of wide sheets (beyond Z) no more
# than 65536 rows: either way a rectangle of some 27 million cells at most.
_PLACE = rb"[ \t\r\n]r[ \t\r\n]*=[ \t\r\n]*[\"']"
_FAR_ROW = rb"(?:[1-9]\d{7}|[2-9]\d{6}|1[1-9]\d{5}|10[5-9]\d{4}|1049\d{3}|1048[6-9]\d\d|10485[89]\d|104857[7-9])"
_BEYOND = re.compile(_PLACE + rb"(?:[A-Za-z]{3}|[J-Zj-z][A-Za-z]\d|[Ii][W-Zw-z]\d|[A-Za-z]*" + _FAR_ROW + rb")")
# One search for what is either beyond or wide: most sheets are neither, and need no second look.
_SUSPECT = re.compile(_PLACE + rb"(?:[A-Za-z]{2}|[A-Za-z]?" + _FAR_ROW + rb")")
_WIDE = re.compile(_PLACE + rb"[A-Za-z]{2}\d")
_DEEP = re.compile(_PLACE + rb"[A-Za-z]*(?:[1-9]\d{5}|[7-9]\d{4}|6[6-9]\d{3}|65[6-9]\d\d|655[4-9]\d|6553[7-9])")
_HIDDEN = re.compile(_PLACE + rb"[^\"'>]*&")


def check_package(file: IO[bytes]) -> None:
    """Refuse what is no workbook, or one that a reader would lay out beyond our limits."""
    try:
        with zipfile.ZipFile(file) as package:
            _check_kind(package)
            left = MAX_UNPACKED_BYTES
            for part in package.infolist():
                left -= _check_part(package, part, left)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError) as error:
        raise FileRefusedError from error
    finally:
        file.seek(0)


def _check_kind(package: zipfile.ZipFile) -> None:
    names = package.namelist()
    if len(names) > MAX_PARTS:
        raise FileTooLargeError
    if "xl/workbook.bin" in names or "mimetype" in names:
        raise OldSpreadsheetError
    if "xl/workbook.xml" not in names or len(set(names)) != len(names):
        raise FileRefusedError


def _check_part(package: zipfile.ZipFile, part: zipfile.ZipInfo, left: int) -> int:
    """Return the true size of a part; what the directory of the package says about it must be so."""
    if part.compress_type not in _PACKED:
        raise FileRefusedError
    size, tail, is_wide, is_deep = 0, b"", False, False
    is_text = part.filename.endswith((".xml", ".rels"))
    with package.open(part) as file:
        while chunk := file.read(_CHUNK):
            if size == 0:
                is_text = is_text or chunk.lstrip()[:1] == b"<" or chunk[:3] == b"\xef\xbb\xbf"
                _check_letters(chunk)
            size += len(chunk)
            if size > left:
                raise FileTooLargeError
            if is_text and not part.filename.endswith("sharedStrings.xml"):
                text = tail + chunk
                is_wide = _check_places(text) or is_wide
                is_deep = is_deep or _DEEP.search(text) is not None
                tail = chunk[-_OVERLAP:]
    if is_wide and is_deep:
        raise FileTooLargeError
    return size


def _check_letters(start: bytes) -> None:
    """Refuse text in an encoding of two bytes, in which no place would be found."""
    if start[:2] in {b"\xff\xfe", b"\xfe\xff"} or start[:4] in {b"<\x00?\x00", b"\x00<\x00?"}:
        raise FileRefusedError


def _check_places(text: bytes) -> bool:
    """Return whether there are cells beyond column Z; refuse those beyond our limits, and what could hide any."""
    if b"<!DOCTYPE" in text or (b"&" in text and _HIDDEN.search(text)):
        raise FileRefusedError
    if not _SUSPECT.search(text):
        return False
    if _BEYOND.search(text):
        raise FileTooLargeError
    return _WIDE.search(text) is not None
