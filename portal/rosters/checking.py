"""From rows of cells to rows fit to be written, and what is wrong with the others. A million rows pass through here."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from django.utils.translation import gettext as _

from portal.rosters.cells import CellError, name_in, phone_in, said, text_in
from portal.rosters.enums import OPTIONAL, Field
from portal.rosters.headings import Headings
from portal.rosters.reading import Numbered

LONGEST = {Field.EMPLOYEE_NUMBER: 30, Field.BRANCH: 60, Field.NOTE: 100}
# number, unit, phone, name, and the three optional texts, None where the file has no such column
Ready = tuple[int, int, str, str, str | None, str | None, str | None]


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with a cell: ``row`` as people see it (0: the whole file), ``column`` by its heading."""

    row: int
    column: str
    message: str

    def as_json(self) -> dict[str, Any]:
        return {"row": self.row, "column": self.column, "message": self.message}


@dataclass(frozen=True, slots=True)
class Twins:
    """A phone that came again: the row, the row it stood in first, and what the later one is called."""

    row: int
    first: int
    name: str


@dataclass(slots=True)
class Checker:
    """Checks rows and counts them. ``units`` maps codes and names of branches, where the file has a column of them."""

    headings: Headings
    unit: int
    units: Mapping[str, int] = field(default_factory=dict)
    rows: int = 0
    problems: list[Problem] = field(default_factory=list)
    twins: list[Twins] = field(default_factory=list)

    def ready(self, rows: Iterable[Numbered]) -> Iterator[Ready]:
        """Give the rows without errors; of a phone that comes again, the first."""
        places, width = self.headings.places, max(self.headings.places.values()) + 1
        phone_at, name_at, unit_at = places[Field.PHONE], places[Field.NAME], places.get(Field.UNIT)
        optional = [(places.get(known), known, LONGEST[known]) for known in OPTIONAL]
        seen: dict[Any, int] = {}
        unit = self.unit
        for number, cells in rows:
            if len(cells) < width:
                cells = [*cells, *[""] * (width - len(cells))]  # noqa: PLW2901 -- the row, as wide as its header
            if number <= self.headings.row or _is_blank(cells):
                continue
            self.rows += 1
            try:
                phone, name = phone_in(cells[phone_at]), name_in(cells[name_at])
                if unit_at is not None:
                    unit = self._unit(cells[unit_at])
                one, two, three = (
                    None if at is None else text_in(cells[at], known, longest) for at, known, longest in optional
                )
            except CellError:
                self._note(number, cells)
                continue
            first = seen.setdefault(phone if unit_at is None else (unit, phone), number)
            if first is number:
                yield number, unit, phone, name, one, two, three
            else:
                self.twins.append(Twins(number, first, name))

    def settle(self, names: Mapping[int, str]) -> list[int]:
        """Say of each phone that came again what is wrong; return the rows that are wrong only because of it.

        ``names`` are those of the first rows. One person twice: the later row is told. Two people: both are.
        """
        wrong = set()
        for twins in self.twins:
            if names.get(twins.first, twins.name) == twins.name:
                message = _("和第 %(row)d 行重复。") % {"row": twins.first}
                self._add(twins.row, Field.PHONE, message)
                continue
            message = _("和第 %(row)d 行的手机号相同，姓名不同。请核对是谁的号码。")
            self._add(twins.row, Field.PHONE, message % {"row": twins.first})
            if twins.first not in wrong:
                wrong.add(twins.first)
                self._add(twins.first, Field.PHONE, message % {"row": twins.row})
        self.problems.sort(key=lambda problem: problem.row)
        return sorted(wrong)

    def _note(self, number: int, cells: list[Any]) -> None:
        """Note everything that is wrong with a row, not its first mistake alone."""
        for known, place in self.headings.places.items():
            try:
                self._read(known, cells[place])
            except CellError as error:
                self._add(number, error.field, error.message)

    def _read(self, known: Field, cell: Any) -> object:
        if known == Field.PHONE:
            return phone_in(cell)
        if known == Field.NAME:
            return name_in(cell)
        return self._unit(cell) if known == Field.UNIT else text_in(cell, known, LONGEST[known])

    def _unit(self, cell: Any) -> int:
        text = said(cell)
        found = self.units.get(text)
        if found is None:
            raise CellError(Field.UNIT, _("没有这个下级单位，或它不归您管。") if text else _("单位编码没有填。"))
        return found

    def _add(self, row: int, known: Field, message: str) -> None:
        place = self.headings.places[known]
        cells = self.headings.cells
        self.problems.append(Problem(row, cells[place] if place < len(cells) else str(known.label), message))


def _is_blank(cells: list[Any]) -> bool:
    return not any(cells) or not any(cell if not isinstance(cell, str) else cell.strip() for cell in cells)
