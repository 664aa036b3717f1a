"""Headings, paragraphs and lists, found in the lines of a plain text."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from website.imports.characters import HAN, LOST


@dataclass(frozen=True)
class Heading:
    level: int
    text: str


@dataclass(frozen=True)
class Paragraph:
    text: str


@dataclass(frozen=True)
class ItemList:
    items: tuple[str, ...]


Block = Heading | Paragraph | ItemList

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

    @property
    def marker(self) -> str:
        found = _MARKERS[self.rank].match(self.text) if self.rank < _NO_RANK else None
        return found[0] if found else ""


def blocks_of(lines: Sequence[str]) -> list[Block]:
    """Return the blocks of an article whose lines are its paragraphs; empty lines part nothing more."""
    marked = [_marked(line) for line in lines if line]
    with_headings = _without_enumerations(_alone(marked))
    finished = _with_run_in_headings(with_headings)
    ranks = sorted({line.rank for line in finished if line.is_heading})
    return list(_blocks(finished, top=ranks[0] if ranks else 0))


def plain_text(blocks: Sequence[Block]) -> str:
    """Return the blocks as text, with an empty line between them."""
    return "\n\n".join("\n".join(block.items) if isinstance(block, ItemList) else block.text for block in blocks)


def _marked(text: str) -> _Line:
    rank = next((rank for rank, marker in enumerate(_MARKERS) if marker.match(text)), _NO_RANK)
    return _Line(text, rank)


def _alone(lines: list[_Line]) -> list[_Line]:
    """Mark the lines that are nothing but a heading: short, unpunctuated, and with something after them."""
    last = len(lines) - 1
    return [
        replace(line, rank=min(line.rank, _rank_of_heading(line)), is_heading=True)
        if at < last and _is_heading(line)
        else line
        for at, line in enumerate(lines)
    ]


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
        is_list = is_heading and rank > _UNMARKED and len(row) > 1
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
            elif line.rank == rank and not line.is_heading:
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


def _blocks(lines: list[_Line], *, top: int) -> Iterator[Block]:
    for is_item, group in groupby(lines, key=_is_item):
        if is_item:
            yield ItemList(tuple(_BULLET.sub("", line.text, count=1) for line in group))
            continue
        for line in group:
            yield Heading(2 if line.rank == top else 3, line.text) if line.is_heading else Paragraph(line.text)
            if line.rest:
                yield Paragraph(line.rest)


def _is_item(line: _Line) -> bool:
    return not line.is_heading and (
        _BULLET.match(line.text) is not None
        or (_UNMARKED < line.rank < _ONE_IS and not _ENDS_OPEN.search(line.text) and len(line.text) <= _LONGEST_MARKED)
    )
