"""Roster files as people hand them in, made for one test."""

from collections.abc import Sequence
from io import BytesIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

HEADER = ("姓名", "手机号", "工号", "党支部")
PEOPLE = (("张三", "13700000001", "A1", "第一支部"), ("李四", "13700000002", "A2", "第一支部"))


def csv_of(rows: Sequence[Sequence[str]], *, encoding: str = "utf-8-sig", delimiter: str = ",") -> bytes:
    return "".join(delimiter.join(row) + "\r\n" for row in rows).encode(encoding)


def workbook_of(
    rows: Sequence[Sequence[Any]], *, merged: Sequence[str] = (), hidden: Sequence[Sequence[Any]] = ()
) -> bytes:
    """Return an .xlsx; the rows of ``hidden`` stand on a hidden sheet before it."""
    book = Workbook()
    sheet = book.active
    if hidden:
        sheet.sheet_state = "hidden"
        for row in hidden:
            sheet.append(list(row))
        sheet = book.create_sheet("名册")
        book.active = 1
    for row in rows:
        sheet.append(list(row))
    for cells in merged:
        sheet.merge_cells(cells)
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def written(folder: Path, content: bytes, name: str = "名册.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
