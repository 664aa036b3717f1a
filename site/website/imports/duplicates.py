"""How alike two documents are, and which existing pages a document is like."""

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from website.imports.characters import HAN
from website.imports.report import NearDuplicate

ALIKE = 0.5
_LENGTH = 5
# A short page inside a long document is no copy of it; from this many shingles on it is.
_ENOUGH_TO_CONTAIN = 150
_LETTERS = re.compile(rf"{HAN}|[A-Za-z0-9]")
_TAG = re.compile(r"<[^>]+>")
_NOT_TEXT = frozenset({"id", "type", "level"})


def letters_of(text: str) -> str:
    """Return the characters and digits of a text alone, as punctuation and spacing make no difference."""
    return "".join(_LETTERS.findall(text))


def shingles_of(letters: str) -> frozenset[str]:
    """Return all runs of five characters."""
    return frozenset(letters[at : at + _LENGTH] for at in range(max(1, len(letters) - _LENGTH + 1)))


def similarity(one: frozenset[str], other: frozenset[str]) -> float:
    """Return the share of runs two texts have in common; of the shorter text, if that is long enough to be a copy."""
    common = len(one & other)
    shorter = min(len(one), len(other))
    return common / (shorter if shorter >= _ENOUGH_TO_CONTAIN else len(one | other))


def text_in_stream(raw: Any) -> str:
    """Return the words in the raw data of a StreamField, whatever its blocks are called."""
    return "\n".join(html.unescape(_TAG.sub("", words)) for words in _strings(raw))


@dataclass(frozen=True)
class Known:
    """A text there is already: a page, or a file imported before."""

    title: str
    url: str
    letters: str
    shingles: frozenset[str]


def near(text: str, known: Iterable[Known]) -> list[NearDuplicate]:
    """Return which of the ``known`` texts are at least half like this one, the most alike first."""
    letters = letters_of(text)
    found = _compare(letters, shingles_of(letters), known)
    return sorted(found, key=lambda near: (not near.is_identical, -near.similarity))


def known_text(*, title: str, url: str, text: str) -> Known:
    """Return a text as others are compared with it."""
    letters = letters_of(text)
    return Known(title, url, letters, shingles_of(letters))


@dataclass
class Library:
    """The texts a new document is compared with."""

    known: list[Known] = field(default_factory=list)

    def add(self, *, title: str, url: str, text: str) -> None:
        self.known.append(known_text(title=title, url=url, text=text))

    def near(self, text: str) -> list[NearDuplicate]:
        """Return the texts at least half alike, the most alike first."""
        return near(text, self.known)


def _compare(letters: str, shingles: frozenset[str], known: Iterable[Known]) -> Iterator[NearDuplicate]:
    for text in known:
        share = round(similarity(shingles, text.shingles), 2)
        if letters and share >= ALIKE:
            yield NearDuplicate(text.title, text.url, share, is_identical=letters == text.letters)


def _strings(raw: Any) -> Iterator[str]:
    if isinstance(raw, str):
        yield raw
    elif isinstance(raw, dict):
        for key, value in raw.items():
            if key not in _NOT_TEXT:
                yield from _strings(value)
    elif isinstance(raw, list | tuple) or hasattr(raw, "__iter__"):
        for value in raw:
            yield from _strings(value)
