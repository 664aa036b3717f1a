"""The part of a text that shows why it was found."""

import re
from dataclasses import dataclass

from search.segmentation import FOLDING, Query, fold

WIDTH = 110
LEAD = 24
ELLIPSIS = "…"


@dataclass(frozen=True)
class Piece:
    """A stretch of plain text, and whether it is what was asked for."""

    text: str
    is_match: bool = False

    def __str__(self) -> str:
        return self.text


def excerpt_of(summary: str, body: str, query: Query, *, title: str = "") -> list[Piece]:
    """Return up to ``WIDTH`` characters around the first match in the summary or else the body, or the beginning.

    Where the title says it already, the summary stands as it is: it was written to be read first.
    """
    texts = [text for text in (_flat(summary), _flat(body)) if text]
    if summary.strip() and _spans(title, query):
        texts = texts[:1]
    for text in texts:
        if spans := _spans(text, query):
            return _cut(text, spans)
    return _cut(texts[0], []) if texts else []


def marked(text: str, query: Query) -> list[Piece]:
    """Return the whole text with its matches."""
    return _pieces(text, _spans(text, query))


def _flat(text: str) -> str:
    """Return the text in one line. Lines that were no sentences stay apart."""
    lines = re.sub(r"(?<![\s，。；：！？])\s*\n\s*", " · ", text.strip())
    return re.sub(r"\s+", " ", lines)


def _cut(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    first = spans[0][0] if spans else 0
    start = max(0, min(first - LEAD, len(text) - WIDTH))
    end = min(len(text), start + WIDTH)
    inside = [(max(a, start) - start, min(b, end) - start) for a, b in spans if a < end and b > start]
    pieces = _pieces(text[start:end], inside)
    return [
        *([Piece(ELLIPSIS)] if start else []),
        *pieces,
        *([Piece(ELLIPSIS)] if end < len(text) else []),
    ]


def _pieces(text: str, spans: list[tuple[int, int]]) -> list[Piece]:
    pieces, at = [], 0
    for start, end in spans:
        pieces += [Piece(text[at:start]), Piece(text[start:end], is_match=True)]
        at = end
    pieces.append(Piece(text[at:]))
    return [piece for piece in pieces if piece.text]


def _spans(text: str, query: Query) -> list[tuple[int, int]]:
    """Return where the words of the query stand in ``text``, in order, touching ones joined."""
    if not query:
        return []
    folded, origin = fold(text), _origin(text)
    longest_first = sorted((word.text for word in query.words), key=len, reverse=True)
    spans: list[tuple[int, int]] = []
    for match in re.finditer("|".join(map(re.escape, longest_first)), folded):
        start, end = origin[match.start()], origin[match.end() - 1] + 1
        if spans and start <= spans[-1][1]:
            spans[-1] = (spans[-1][0], max(end, spans[-1][1]))
        else:
            spans.append((start, end))
    return spans


def _origin(text: str) -> "range | list[int]":
    """Return, for each character of the folded text, the place it had in ``text``."""
    if len(fold(text)) == len(text) and all(len(FOLDING[ord(character)]) == 1 for character in set(text)):
        return range(len(text))
    return [at for at, character in enumerate(text) for _ in FOLDING[ord(character)]]
