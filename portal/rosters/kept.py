"""The file of an import while it waits: packed, encrypted pieces in the database, which every worker can reach.

Identity numbers are taken out before anything is kept.
"""

import base64
import csv
import hashlib
import io
import zlib
from collections.abc import Iterator
from functools import cache
from typing import Any

from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings

from portal.rosters.cells import IDENTITY_ERASED, IDENTITY_NUMBER, said
from portal.rosters.headings import Headings, is_identity
from portal.rosters.models import FilePart, RosterImport
from portal.rosters.reading import Numbered, Table

ROWS_IN_A_PART = 20_000


def keep(run: RosterImport, table: Table) -> int:
    """Keep the rows of ``table`` for ``run``; return the number of the last row.

    Columns of identity numbers are kept empty, and such a number anywhere else is replaced.
    """
    last, number, parts = 0, 0, 0
    buffer, writer = _sheet()
    emptied = _identity_places(table.headings)
    for number, cells in table.rows:
        texts = [said(cell) if not isinstance(cell, str) else cell for cell in cells]
        for place in emptied:
            if place < len(texts) and table.headings and number > table.headings.row:
                texts[place] = ""
        writer.writerow([number, *texts])
        if number - last >= ROWS_IN_A_PART:
            _write(run, parts, buffer)
            buffer, writer = _sheet()
            last, parts = number, parts + 1
    _write(run, parts, buffer)
    return number


def kept_rows(run: RosterImport) -> Iterator[Numbered]:
    """Give the rows again, as they were kept."""
    parts = FilePart.objects.filter(run=run).order_by("number").values_list("data", flat=True)
    for data in parts.iterator(chunk_size=1):
        text = zlib.decompress(cipher().decrypt(bytes(data))).decode()
        for number, *cells in csv.reader(io.StringIO(text, newline="")):
            yield int(number), cells


def erase(run: RosterImport) -> None:
    """Erase the file."""
    FilePart.objects.filter(run=run)._raw_delete(using="default")  # without reading them


def is_kept(run: RosterImport) -> bool:
    return FilePart.objects.filter(run=run).exists()


def _identity_places(headings: Headings | None) -> list[int]:
    return [place for place, cell in enumerate(headings.cells) if is_identity(cell)] if headings else []


def _sheet() -> tuple[io.StringIO, Any]:
    buffer = io.StringIO(newline="")
    return buffer, csv.writer(buffer)


def _write(run: RosterImport, number: int, buffer: io.StringIO) -> None:
    text = IDENTITY_NUMBER.sub(IDENTITY_ERASED, buffer.getvalue())
    data = cipher().encrypt(zlib.compress(text.encode(), level=1))
    FilePart.objects.create(run=run, number=number, data=data)


def newest() -> Fernet:
    """Return the cipher of the newest key alone."""
    return _of(str(settings.SECRET_KEY))


@cache
def cipher() -> MultiFernet:
    """Return what files are kept with: the newest key writes, those of before still read."""
    return MultiFernet([_of(str(secret)) for secret in (settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS)])


def _of(secret: str) -> Fernet:
    key = hashlib.sha256(f"rosters:{secret}".encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
