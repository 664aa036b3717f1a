"""From a file's text to a draft: cleaned, simplified, with its headings and figures found."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from itertools import count, groupby
from typing import NamedTuple

from website.imports.characters import LOST, simplify
from website.imports.debris import sift
from website.imports.details import year_of
from website.imports.figures import dated, figures_of
from website.imports.lines import PLAIN, Kind, Line, Picture, Role
from website.imports.reading import Reading
from website.imports.repair import repair
from website.imports.report import FigureProposal, HeadingLine, Removed
from website.imports.sources import sources_of
from website.imports.structure import Block, Heading, blocks_of, plain_text
from website.imports.tidying import lines_of, tidy
from website.imports.titles import take_title

_LOST_RUN = re.compile(f"{LOST}+")
_AROUND = 14
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")


@dataclass(frozen=True)
class Choices:
    """What an editor decided while looking through: all by the key of the line or piece it is about."""

    restored: frozenset[str] = frozenset()
    levels: Mapping[str, int] = field(default_factory=dict)  # 0: no heading
    typed: Mapping[str, str] = field(default_factory=dict)  # what stands in place of a run of lost characters


class Gap(NamedTuple):
    """A row of lost characters, with what stands around it; ``key`` names it."""

    key: str
    before: str
    lost: str
    after: str


@dataclass(frozen=True)
class Draft:
    """A document as it would stand on the site."""

    title: str
    encoding: str
    blocks: list[Block]
    removed: list[Removed]
    figures: list[FigureProposal]
    pictures: list[Picture] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    gaps: list[Gap] = field(default_factory=list)

    @property
    def body(self) -> str:
        return plain_text(self.blocks)

    @property
    def headings(self) -> list[HeadingLine]:
        return [HeadingLine(block.level, block.text) for block in self.blocks if isinstance(block, Heading)]

    @property
    def lost_characters(self) -> int:
        return self.title.count(LOST) + self.body.count(LOST)

    @property
    def sources(self) -> list[str]:
        """Return what bylines and footnotes say of where the text comes from."""
        notes = [piece.text for piece in self.removed if piece.kind == "note"]
        return [*sources_of(piece.text for piece in self.removed if piece.kind == "byline"), *notes]


def compose(reading: Reading, *, file_name: str, choices: Choices | None = None) -> Draft:
    """Clean a text and find out what it is made of, as the editor's ``choices`` have it."""
    choices = choices or Choices()
    repaired = repair(reading.text, kept=choices.restored)
    unfilled = list(_lines(reading, repaired.text))
    lines = [_filled(line, choices.typed) for line in unfilled]
    sifted = sift(lines, choices.restored)
    title, article = take_title(sifted.lines, file_name, named=tidy(simplify(reading.title)))
    blocks = blocks_of(article, levels=choices.levels)
    pinyin = [Removed("pinyin", piece, piece) for piece in repaired.removed]
    unseen = [Removed("unseen", f"U+{ord(found):04X}") for found in _INVISIBLE.findall(reading.text)]
    bylines = [piece.text for piece in sifted.removed if piece.kind == "byline"]
    year = year_of(title=title, body=plain_text(blocks), bylines=bylines)
    gone = {piece.key for piece in sifted.removed}
    return Draft(
        title,
        reading.encoding,
        blocks,
        [*sifted.removed, *pinyin, *unseen],
        dated(figures_of(blocks), year),
        list(reading.pictures),
        lines,
        [gap for line in unfilled if line.key not in gone for gap in _gaps(line)],
    )


def _gaps(line: Line) -> Iterator[Gap]:
    for number, found in enumerate(_LOST_RUN.finditer(line)):
        start, end = found.span()
        yield Gap(f"{line.key}.{number}", line[max(0, start - _AROUND) : start], found[0], line[end : end + _AROUND])


def _lines(reading: Reading, repaired: str) -> Iterator[Line]:
    """Yield the lines with their places, and at their old places those that stood in the page's navigation."""
    texts = [tidy(line) for line in lines_of(simplify(repaired))]
    around = [
        (place, Line.made(tidy(simplify(text)), key=f"n{at}", role=Role(Kind.AROUND)))
        for at, (place, text) in enumerate(zip(reading.places, reading.navigation, strict=True))
    ]
    before = {place: [line for _place, line in group] for place, group in groupby(around, key=lambda pair: pair[0])}
    for at, text in enumerate(texts):
        yield from before.pop(at, [])
        yield Line.made(text, key=str(at), role=reading.roles.get(at, PLAIN))
    for rest in before.values():
        yield from rest


def _filled(line: Line, typed: Mapping[str, str]) -> Line:
    """Put what the editor typed in place of the lost characters."""
    numbers = count()

    def fill(found: re.Match[str]) -> str:
        return typed.get(f"{line.key}.{next(numbers)}", "") or found[0]

    return Line.made(_LOST_RUN.sub(fill, line), key=line.key, role=line.role)
