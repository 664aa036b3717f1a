"""Headings, paragraphs and lists, found in the lines of a plain text."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby
from types import MappingProxyType

from website.imports.characters import HAN, LOST
from website.imports.lines import PLAIN, Kind, Role, as_line
from website.imports.lists import continues, rows_of, split_enumeration


@dataclass(frozen=True)
class Heading:
    level: int
    text: str
    key: str = field(default="", compare=False)


@dataclass(frozen=True)
class Paragraph:
    text: str
    key: str = field(default="", compare=False)


@dataclass(frozen=True)
class ItemList:
    items: tuple[str, ...]
    keys: tuple[str, ...] = field(default=(), compare=False)


@dataclass(frozen=True)
class Quote:
    text: str
    said_by: str = ""
    key: str = field(default="", compare=False)


Block = Heading | Paragraph | ItemList | Quote

# Outermost first. A line without a marker that still is a heading ranks above 一、 and below chapters.
_MARKERS = tuple(
    map(
        re.compile,
        (
            r"第[一二三四五六七八九十]{1,3}[章节部分编篇]+[：:、 ]?",
            r"(?!)",
            r"[一二三四五六七八九十]{1,3}、",
            r"（[一二三四五六七八九十]{1,3}）",
            r"\d{1,2}(?:[.．、])(?!\d)",
            r"（\d{1,2}）|[①-⑳]",
            r"[一二三四五六七八九十]{1,2}是",
        ),
    )
)
_UNMARKED, _ONE_IS = 1, 6
_NO_RANK = len(_MARKERS)
_WHOLLY_QUOTED = re.compile("“[^“”]{6,}”")
_SAID_BY = re.compile("(?:——|—|--)\\s*([^，。；！？]{1,30})")
_BULLET = re.compile(r"[•·●▪■◆\-*－–]\s*(?=\S)")
_SENTENCE_INSIDE = re.compile(r"[。！？；]")
_ENDS_OPEN = re.compile(r"[。！？；：，、…]$")
_DATE = re.compile(r"[\d〇一二三四五六七八九十]{2,4}年(?:[\d一二三四五六七八九十]+月)?(?:[\d一二三四五六七八九十]+日)?")
_HAS_HAN = re.compile(HAN)
_FIRST_STOP = re.compile(rf"[。{LOST}]")
_LONGEST_UNMARKED, _LONGEST_MARKED, _LONGEST_RUN_IN = 20, 40, 32


@dataclass(frozen=True)
class _Line:
    text: str
    rank: int
    is_heading: bool = False
    rest: str = ""  # what follows a heading on its own line
    role: Role = PLAIN
    key: str = ""

    @property
    def place(self) -> str:
        return self.key or self.text

    @property
    def is_styled(self) -> bool:
        return self.role.kind is Kind.HEADING

    @property
    def marker(self) -> str:
        found = _MARKERS[self.rank].match(self.text) if self.rank < _NO_RANK else None
        return found[0] if found else ""


def blocks_of(lines: Sequence[str], *, levels: Mapping[str, int] = MappingProxyType({})) -> list[Block]:
    """Return the blocks of an article whose lines are its paragraphs; empty lines part nothing more.

    ``levels`` is what an editor says of single lines, by key: 2, 3, or 0 for no heading.
    """
    marked = [_marked(line) for line in lines if line]
    with_headings = _without_enumerations(_alone(marked))
    finished = _with_run_in_headings(with_headings)
    return list(_blocks(finished, levels=_levels(finished) | dict(levels)))


def plain_text(blocks: Sequence[Block]) -> str:
    """Return the blocks as text, with an empty line between them."""
    return "\n\n".join("\n".join(block.items) if isinstance(block, ItemList) else block.text for block in blocks)


def _marked(text: str) -> _Line:
    line = as_line(text)
    rank = next((rank for rank, marker in enumerate(_MARKERS) if marker.match(text)), _NO_RANK)
    return _Line(str(line), rank, role=line.role, key=line.key)


def _alone(lines: list[_Line]) -> list[_Line]:
    """Mark the lines that are nothing but a heading: short, unpunctuated, and with something after them."""
    last = len(lines) - 1
    return [
        replace(line, rank=min(line.rank, _rank_of_heading(line)), is_heading=True)
        if line.is_styled or (at < last and line.role.kind is Kind.TEXT and _is_heading(line))
        else line
        for at, line in enumerate(lines)
    ]


def _levels(lines: list[_Line]) -> dict[str, int]:
    """Return each heading's level by its place: as the file's own styles have it, else by rank."""
    headings = [line for line in lines if line.is_heading]
    styles = sorted({line.role.level for line in headings if line.is_styled})
    top = min((line.rank for line in headings), default=0)
    if len(styles) > 1:
        return {line.place: 2 if line.is_styled and line.role.level == styles[0] else 3 for line in headings}
    return {line.place: 2 if line.rank == top else 3 for line in headings}


def _rank_of_heading(line: _Line) -> int:
    return line.rank if line.rank < _NO_RANK else _UNMARKED


def _is_heading(line: _Line) -> bool:
    words = line.text.removeprefix(line.marker).strip()
    if not _HAS_HAN.search(words) or _ENDS_OPEN.search(words) or _SENTENCE_INSIDE.search(words) or _BULLET.match(words):
        return False
    if line.rank < _NO_RANK:
        return len(words) <= _LONGEST_MARKED
    return 1 < len(words) <= _LONGEST_UNMARKED and "，" not in words and not _DATE.fullmatch(words)


def _without_enumerations(lines: list[_Line]) -> list[_Line]:
    """Turn rows of numbered short lines with nothing between them back into items: they are a list."""
    result: list[_Line] = []
    for (is_heading, rank), group in groupby(lines, key=lambda line: (line.is_heading, line.rank)):
        row = list(group)
        is_list = is_heading and rank > _UNMARKED and len(row) > 1 and not any(line.is_styled for line in row)
        result += [replace(line, is_heading=False) for line in row] if is_list else row
    return result


def _with_run_in_headings(lines: list[_Line]) -> list[_Line]:
    """Let the first sentence of numbered paragraphs be their heading, where all of a series have a short one."""
    result = list(lines)
    for series in _series(lines):
        cuts = {at: _run_in(lines[at]) for at in series}
        if len(series) > 1 and all(cuts.values()) and any(not cut.text.endswith(LOST) for cut in cuts.values() if cut):
            result = [cuts.get(at) or line for at, line in enumerate(result)]
    return result


def _series(lines: list[_Line]) -> Iterator[list[int]]:
    """Yield the places of numbered paragraphs that count on under one heading: 1. 2. 3."""
    for rank in range(_UNMARKED + 1, _ONE_IS):
        row: list[int] = []
        for at, line in enumerate(lines):
            if line.is_heading and line.rank <= rank:
                yield row
                row = []
            elif line.rank == rank and not line.is_heading and line.role.kind is Kind.TEXT:
                row.append(at)
        yield row


def _run_in(line: _Line) -> _Line | None:
    """Return the line with its first sentence as heading, if that is short and something follows.

    A lost character within that length may have been the full stop; it stays visible at the heading's end.
    """
    stop = _FIRST_STOP.search(line.text)
    if stop is None or stop.end() == len(line.text) or stop.start() - len(line.marker) > _LONGEST_RUN_IN:
        return None
    return replace(
        line,
        text=line.text[: stop.end()].removesuffix("。"),
        rest=line.text[stop.end() :].lstrip(),
        is_heading=True,
    )


def _blocks(lines: list[_Line], *, levels: Mapping[str, int]) -> Iterator[Block]:
    for kind, group in groupby(_grouped(lines), key=lambda pair: pair[0]):
        row = [line for _kind, line in group]
        if kind is Kind.ROW:
            yield ItemList(rows_of([line.text for line in row]), tuple(line.key for line in row))
        elif kind is Kind.ITEM:
            items = tuple(_BULLET.sub("", line.text, count=1) for line in row)
            yield ItemList(items, tuple(line.key for line in row))
        elif kind is Kind.QUOTE:
            yield from _quotes(row)
        else:
            for line in row:
                yield from _written(line, level=levels.get(line.place, 2))


def _grouped(lines: list[_Line]) -> Iterator[tuple[Kind, _Line]]:
    """Yield each line with what it belongs to; 一是, 二是, 三是 on lines of their own belong to one list."""
    for is_counted, group in groupby(lines, key=lambda line: line.rank == _ONE_IS and not line.is_heading):
        row = list(group)
        if is_counted and continues([line.text for line in row]) and not any(map(_holds_more, row)):
            yield from ((Kind.ITEM, line) for line in row)
        else:
            yield from ((_kind(line), line) for line in row)


def _holds_more(line: _Line) -> bool:
    """Tell whether the line counts on within itself."""
    return split_enumeration(line.text) is not None


def _kind(line: _Line) -> Kind:
    if line.is_heading:
        return Kind.TEXT
    if line.role.kind in {Kind.ROW, Kind.QUOTE}:
        return line.role.kind
    if line.role.kind is Kind.ITEM or _is_item(line):
        return Kind.ITEM
    return Kind.QUOTE if _WHOLLY_QUOTED.fullmatch(line.text) or _SAID_BY.fullmatch(line.text) else Kind.TEXT


def _quotes(lines: list[_Line]) -> Iterator[Block]:
    """Yield somebody's own words, each with the line after it that tells whose; a signature alone is a paragraph."""
    quote: Quote | None = None
    for line in lines:
        signed = _SAID_BY.fullmatch(line.text)
        if quote and signed:
            yield replace(quote, said_by=signed[1])
            quote = None
            continue
        yield from [quote] if quote else []
        quote = None if signed else Quote(line.text, "", line.key)
        yield from [Paragraph(line.text, line.key)] if signed else []
    yield from [quote] if quote else []


def _written(line: _Line, *, level: int) -> Iterator[Block]:
    """Yield a heading and what follows it on its line, or a paragraph with the list it holds."""
    rest = line.rest
    if line.is_heading and level:
        yield Heading(level, line.text, line.key)
    else:
        rest = f"{line.text}。{rest}" if rest else line.text
    found = split_enumeration(rest) if rest else None
    if found is None:
        yield from [Paragraph(rest, line.key)] if rest else []
        return
    yield from [Paragraph(found.lead, line.key)] if found.lead else []
    yield ItemList(found.items, (line.key,) * len(found.items))
    yield from [Paragraph(found.rest, line.key)] if found.rest else []


def _is_item(line: _Line) -> bool:
    return not line.is_heading and (
        _BULLET.match(line.text) is not None
        or (_UNMARKED < line.rank < _ONE_IS and not _ENDS_OPEN.search(line.text) and len(line.text) <= _LONGEST_MARKED)
    )
