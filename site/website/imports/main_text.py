"""Which part of a web page is the article: the innermost element that holds nearly all its prose."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from website.imports.debris import kind_of
from website.imports.lines import Kind, Role

_NEARLY_ALL = 0.8
_ENOUGH_PROSE = 40
_MOSTLY_LINK = 0.6
_LONGEST_LINK = 40


class Piece(NamedTuple):
    """One line of a page, and the element it stands in."""

    text: str
    role: Role
    element: int
    linked: int = 0
    is_around: bool = False
    cell: tuple[int, int] | None = None

    @property
    def is_link(self) -> bool:
        return len(self.text) <= _LONGEST_LINK and self.linked >= _MOSTLY_LINK * len(self.text)


@dataclass
class Elements:
    """The tree of a page's block elements, each known by a number larger than its parent's."""

    parents: list[int] = field(default_factory=lambda: [0])
    current: int = 0

    def enter(self) -> None:
        self.parents.append(self.current)
        self.current = len(self.parents) - 1


def is_inside_main(pieces: Sequence[Piece], elements: Elements) -> list[bool]:
    """Tell for each piece whether it belongs to the article.

    The title and the bylines often stand above the element that holds the text: they are let in.
    """
    main = _main_element(pieces, elements)
    inside = _descendants(main, elements)
    first = next((at for at, piece in enumerate(pieces) if piece.element in inside), 0)
    return [
        not piece.is_around
        and (not piece.is_link or piece.role.kind is Kind.HEADING)
        and (piece.element in inside or (at < first and _belongs_above(piece)))
        for at, piece in enumerate(pieces)
    ]


def _main_element(pieces: Sequence[Piece], elements: Elements) -> int:
    prose = [0] * len(elements.parents)
    for piece in pieces:
        if not piece.is_around and _is_prose(piece):
            prose[piece.element] += len(piece.text)
    for element in range(len(prose) - 1, 0, -1):
        prose[elements.parents[element]] += prose[element]
    if prose[0] < _ENOUGH_PROSE:
        return 0
    main = 0
    for element in range(1, len(prose)):
        if elements.parents[element] == main and prose[element] >= _NEARLY_ALL * prose[0]:
            main = element
    return _above_a_single_paragraph(main, pieces, elements)


def _above_a_single_paragraph(main: int, pieces: Sequence[Piece], elements: Elements) -> int:
    """An article of one long paragraph is not that paragraph, but what holds it."""
    holds_one = sum(piece.element == main for piece in pieces) == 1 and main not in elements.parents[main + 1 :]
    return elements.parents[main] if holds_one else main


def _descendants(main: int, elements: Elements) -> set[int]:
    inside = {main}
    for element in range(main + 1, len(elements.parents)):
        if elements.parents[element] in inside:
            inside.add(element)
    return inside


def _is_prose(piece: Piece) -> bool:
    return piece.linked < _MOSTLY_LINK * len(piece.text) and any(mark in piece.text for mark in "。，；！？")


def _belongs_above(piece: Piece) -> bool:
    if piece.role.kind is Kind.HEADING:
        return piece.role.level == 1
    return kind_of(piece.text) == "byline"
