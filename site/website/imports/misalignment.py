"""Text whose double bytes were read one byte late, after a byte had been lost.

A scraper that replaces bytes inside GBK text can destroy the first byte of a character. A decoder then shows ``?`` for
it and pairs the second byte of each character with the first byte of the next, until a lone byte brings it back in
step: a Latin letter (which was the second byte of a character), or another ``?``. The bytes in between are all there,
so pairing them properly gives back every whole character; only the ones that lost a byte stay lost.
"""

from typing import NamedTuple

from website.imports.characters import is_odd
from website.imports.pinyin import tail_at

MARKS = frozenset("?\ufffd")
# Full-width punctuation is A3xx; texts folded to half width show it as ASCII, 0x80 below its second byte.
_FULL_WIDTH_LEAD, _FOLDED_BY = 0xA3, 0x80
_FIRST_TRAIL = 0x40
_LONGEST = 5000
_LOOK_AHEAD = 3
# The full-width space is a character of two bytes like any other; these are not.
_BREAKS = frozenset(" \t\r\n")


class Run(NamedTuple):
    """A stretch of text that may be misaligned, from its ``?`` to the place where reading is in step again."""

    start: int
    end: int
    shown: str
    opening: str  # pinyin left over where the byte was lost: cè)
    closing: str  # pinyin left over where the run ends
    characters: list[str | None]  # as re-aligned; None where a byte is missing

    @property
    def debris(self) -> list[str]:
        return [piece for piece in (self.opening, self.closing) if piece]

    @property
    def ends_open(self) -> bool:
        """Tell whether the last character misses its second byte, and nothing was seen in its place."""
        return len(self.characters) > 1 and self.characters[-1] is None and not self.closing


def run_at(text: str, start: int) -> Run:
    """Read the run that begins at the ``?`` standing at ``start``."""
    opening = tail_at(text, start + 1)
    first = start + 1 + len(opening)
    end, units = first, b""
    while end < len(text) and end - first < _LONGEST and (unit := _double_byte(text, end, first=first)):
        units += unit
        end += 1
    shown = text[first:end]
    closing, end, trail = _close(text, end)
    return Run(start, end, shown + trail.decode("ascii"), opening, closing, _realign(units, trail))


def _close(text: str, end: int) -> tuple[str, int, bytes]:
    """Return the pinyin left at a run's end, where the run ends, and the byte that completes its last character."""
    if end >= len(text):
        return "", end, b""
    if text[end] in MARKS:
        closing = tail_at(text, end + 1)
        return closing, end + (1 + len(closing) if closing else 0), b""
    if text[end].isascii() and ord(text[end]) >= _FIRST_TRAIL:
        return "", end + 1, text[end].encode("ascii")
    return "", end, b""


def _double_byte(text: str, at: int, *, first: int) -> bytes:
    """Return the two bytes a GBK reader had for the character at ``at``; nothing if it had not two."""
    character = text[at]
    if character in MARKS or character in _BREAKS:
        return b""
    if character.isascii():
        is_folded = (
            _is_folded_letter(text, at) if ord(character) >= _FIRST_TRAIL else at > first or not character.isdigit()
        )
        return bytes([_FULL_WIDTH_LEAD, ord(character) + _FOLDED_BY]) if is_folded else b""
    try:
        unit = character.encode("gb18030")
    except UnicodeEncodeError:
        return b""
    return unit if len(unit) == 2 else b""


def _is_folded_letter(text: str, at: int) -> bool:
    """Tell whether the damage goes on behind a letter, which therefore was not the byte that ended it."""
    return any(map(is_odd, text[at + 1 : at + 1 + _LOOK_AHEAD]))


def _realign(units: bytes, trail: bytes) -> list[str | None]:
    """Pair the bytes anew. The first is the second half of the lost character, and the last may be a first half."""
    if not units:
        return [None]
    row = units[1:] + trail
    whole = [row[at : at + 2] for at in range(0, len(row) - 1, 2)]
    return [None, *map(_decode, whole), *([None] if len(row) % 2 else [])]


def _decode(pair: bytes) -> str | None:
    try:
        return pair.decode("gbk")
    except UnicodeDecodeError:
        return None
