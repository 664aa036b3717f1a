"""Spreadsheets as people hand them in."""

import csv
from collections.abc import Iterable, Sequence
from io import BytesIO, StringIO
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from website.service_lists.columns import PLACE_COLUMNS, PLACES_SHEET, SERVICES_SHEET

HEADER = ["事项编号", "上级编号", "服务名称", "类别", "谁可以办", "咨询电话", "办理方式", "核对日期"]
PLACE_HEADER = [column.heading for column in PLACE_COLUMNS]


def workbook(*sheets: tuple[str, Iterable[Sequence[Any]]]) -> bytes:
    """Return an .xlsx with these sheets; a text that begins with "=" is a formula, as in Excel."""
    book = Workbook()
    book.remove(book.worksheets[0])
    for name, rows in sheets:
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(list(row))
    return saved(book)


def saved(book: Workbook) -> bytes:
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def services(*rows: Sequence[Any], header: Sequence[str] = HEADER) -> bytes:
    """Return an .xlsx with one sheet of services."""
    return workbook((SERVICES_SHEET, [header, *rows]))


def with_places(rows: Iterable[Sequence[Any]], places: Iterable[Sequence[Any]]) -> bytes:
    return workbook((SERVICES_SHEET, [HEADER, *rows]), (PLACES_SHEET, [PLACE_HEADER, *places]))


def table(rows: Iterable[Sequence[Any]], *, encoding: str = "utf-8", delimiter: str = ",") -> bytes:
    """Return a CSV."""
    file = StringIO()
    csv.writer(file, delimiter=delimiter).writerows(rows)
    return file.getvalue().encode(encoding)


def city_list(*, items: int = 96, parts: int = 218) -> list[list[str]]:
    """Return rows for a city's whole list: services in ten categories, and their parts."""
    rows = []
    for number in range(1, items + 1):
        code = f"{number:03}"
        rows.append(
            [code, "", f"基本服务{code}", f"类别{number % 10}", "本市居民", "0600-8810101", "窗口、电话", "2026-11-02"]
        )
    for number in range(parts):
        parent = f"{number % items + 1:03}"
        code = f"{parent}-{number // items + 1:02}"
        rows.append(
            [code, parent, f"社区服务{code}", f"类别{number % 10}", "本市居民", "0600-8810101", "上门", "2026-11-02"]
        )
    return rows


def written(folder: Path, content: bytes, name: str = "清单.xlsx") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path
