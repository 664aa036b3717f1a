"""Finding the header of a sheet, and which column is which, however people named and placed them."""

import re
import unicodedata
from dataclasses import dataclass, field

from website.service_lists.columns import CODE, PLACE_COLUMNS, PLACE_KEYS, PLACES_SHEET, SERVICE_COLUMNS, TITLE, Column
from webui.sheets.reading import Sheet

# Above the header there may be a title, who made the list, an empty line.
_SEARCHED_ROWS = 20
_BRACKETED = re.compile(r"[(\[【（].*?[)\]】）]")
_NO_LETTERS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True)
class Header:
    """Where the header of a sheet is, the columns by place, and the headings nobody knows."""

    row: int
    columns: dict[int, Column]
    unknown: list[str] = field(default_factory=list)

    @property
    def keys(self) -> set[str]:
        return {column.key for column in self.columns.values()}


def services_header(sheet: Sheet) -> Header | None:
    """Return the header if ``sheet`` lists services, with at least a code and a title."""
    header = _best(sheet, SERVICE_COLUMNS)
    return header if header and {CODE, TITLE} <= header.keys else None


def places_header(sheet: Sheet) -> Header | None:
    """Return the header if ``sheet`` lists places of services."""
    header = _best(sheet, PLACE_COLUMNS)
    if header is None or CODE not in header.keys:
        return None
    named = PLACES_SHEET in sheet.name or "办理点" in sheet.name
    return header if header.keys & set(PLACE_KEYS) and (named or "community_name" in header.keys) else None


def folded(heading: str) -> str:
    """Return a heading without width, case, space, punctuation and what stands in brackets."""
    text = unicodedata.normalize("NFKC", heading).lower()
    return _NO_LETTERS.sub("", _BRACKETED.sub("", text)) or _NO_LETTERS.sub("", text)


def _best(sheet: Sheet, columns: tuple[Column, ...]) -> Header | None:
    known = {folded(name): column for column in columns for name in (column.key, *column.synonyms)}
    known |= {folded(column.heading): column for column in columns}
    best: Header | None = None
    for number, row in enumerate(sheet.rows[:_SEARCHED_ROWS], 1):
        header = _header(number, row, known)
        # A header over two rows says the same in both where its cells are merged: the lower one says all.
        follows = best is not None and number == best.row + 1
        if header.columns and (
            best is None or len(header.columns) > len(best.columns) or (follows and header.keys == best.keys)
        ):
            best = header
    return best


def _header(number: int, row: list[str], known: dict[str, Column]) -> Header:
    """Take each cell for a heading; of two for one field the exact name wins, then the first."""
    found: dict[str, int] = {}
    for place, cell in enumerate(row):
        column = known.get(folded(cell))
        if column and (column.key not in found or folded(cell) == folded(column.heading)):
            found.setdefault(column.key, place)
            if folded(cell) == folded(column.heading) != folded(row[found[column.key]]):
                found[column.key] = place
    columns = {place: known[folded(row[place])] for place in found.values()}
    unknown = [cell.strip() for place, cell in enumerate(row) if cell.strip() and place not in columns]
    return Header(number, dict(sorted(columns.items())), unknown)
