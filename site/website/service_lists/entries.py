"""From sheets to what the list says of each service, with every mistake named by its row and column."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from website.service_lists.columns import CODE, PLACE_KEYS
from website.service_lists.errors import HeadingsUnknownError
from website.service_lists.headings import Header, places_header, services_header
from webui.sheets.limits import LONGEST_CELL
from webui.sheets.reading import Sheet

Place = tuple[str, ...]  # in the order of PLACE_KEYS


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong, and where: the row as people count, the column by its heading."""

    row: int
    column: str
    message: str
    sheet: str = ""
    is_offer: bool = False  # ``True`` where making the category would do

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "message": self.message}


@dataclass(slots=True)
class Entry:
    """What the file says of one service: a value for each column it has, and its places if it has a sheet of them."""

    code: str
    row: int
    sheet: str
    values: dict[str, str] = field(default_factory=dict)
    places: list[Place] | None = None
    headings: Mapping[str, str] = field(default_factory=dict)
    is_places_only: bool = False
    place_rows: list[tuple[int, str]] = field(default_factory=list)

    def problem(self, key: str, message: str, *, is_offer: bool = False) -> Problem:
        return Problem(self.row, self.headings.get(key, key), message, self.sheet, is_offer)


@dataclass(slots=True)
class Listing:
    """A whole file, read."""

    entries: list[Entry] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    unknown_headings: list[str] = field(default_factory=list)
    lists_services: bool = False


def read_listing(sheets: list[Sheet]) -> Listing:
    """Return what ``sheets`` say; raise a refusal where no sheet has a header we know."""
    listing = Listing()
    headers = [(sheet, services_header(sheet), places_header(sheet)) for sheet in sheets]
    if not any(services or places for _sheet, services, places in headers):
        raise HeadingsUnknownError
    several = sum(bool(services or places) for _sheet, services, places in headers) > 1
    for sheet, header, _places in headers:
        if header:
            listing.lists_services = True
            listing.unknown_headings += header.unknown
            _read_services(sheet, header, listing, name=sheet.name if several else "")
    entries = {entry.code: entry for entry in reversed(listing.entries)}
    for sheet, services, header in headers:
        if header and not services:
            listing.unknown_headings += header.unknown
            _read_places(sheet, header, listing, entries)
    return listing


def _read_services(sheet: Sheet, header: Header, listing: Listing, *, name: str) -> None:
    seen = {entry.code: entry for entry in listing.entries}
    headings = _headings(sheet, header)
    for number, row in _data_rows(sheet, header):
        entry = Entry("", number, name, headings=headings)
        entry.values = _values(row, header, entry, listing)
        entry.code = entry.values.pop(CODE, "")
        if not entry.code:
            listing.problems.append(entry.problem(CODE, _("这一行没有事项编号。")))
        elif earlier := seen.get(entry.code):
            where = f"“{earlier.sheet}”" if earlier.sheet != entry.sheet else ""
            words = _("编号 %(code)s 在%(sheet)s第 %(row)s 行已经用过。")
            listing.problems.append(
                entry.problem(CODE, words % {"code": entry.code, "sheet": where, "row": earlier.row})
            )
        else:
            seen[entry.code] = entry
            listing.entries.append(entry)


def _read_places(sheet: Sheet, header: Header, listing: Listing, entries: dict[str, Entry]) -> None:
    """Add each row to its service; a service without a row here has no place of its own any more."""
    headings = _headings(sheet, header)
    for entry in listing.entries:
        entry.places = entry.places or []
    for number, row in _data_rows(sheet, header):
        read = Entry("", number, sheet.name, headings=headings)
        read.values = _values(row, header, read, listing)
        code = read.values.pop(CODE, "")
        if not code:
            listing.problems.append(read.problem(CODE, _("这一行没有事项编号。")))
            continue
        if code not in entries:
            entries[code] = Entry(code, number, sheet.name, headings=headings, is_places_only=True, places=[])
            listing.entries.append(entries[code])
        place = tuple(read.values.get(key, "") for key in PLACE_KEYS)
        entries[code].places = [*(entries[code].places or []), place]
        entries[code].place_rows.append((number, sheet.name))


def _values(row: list[str], header: Header, entry: Entry, listing: Listing) -> dict[str, str]:
    values = {}
    for place, column in header.columns.items():
        cell = row[place] if place < len(row) else ""
        if len(cell) > LONGEST_CELL:
            listing.problems.append(entry.problem(column.key, _("这一格的文字太长了。")))
            continue
        try:
            values[column.key] = column.form(cell)
        except ValueError as error:
            listing.problems.append(entry.problem(column.key, str(error)))
    return values


def _headings(sheet: Sheet, header: Header) -> dict[str, str]:
    row = sheet.rows[header.row - 1]
    return {column.key: row[place].strip() for place, column in header.columns.items()}


def _data_rows(sheet: Sheet, header: Header) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows that say something, without headings repeated for print and without titles of sections."""
    repeated = [cell.strip() for cell in sheet.rows[header.row - 1]]
    for number, row in enumerate(sheet.rows[header.row :], header.row + 1):
        said = [place for place, cell in enumerate(row) if cell.strip()]
        if said and not _is_title(row, said, header) and [cell.strip() for cell in row] != repeated:
            yield number, row


def _is_title(row: list[str], said: list[int], header: Header) -> bool:
    """Tell whether a row only names the section that follows: one text without a digit, where the codes stand."""
    column = header.columns.get(said[0])
    is_alone = len(said) == 1 and (column is None or column.key == CODE)
    return is_alone and not any(character.isdigit() for character in row[said[0]])
