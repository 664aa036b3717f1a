"""What every engine can do."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from search.models import IndexEntry, Removal
from search.segmentation import Query


@dataclass(frozen=True)
class Scope:
    """What part of the index is asked: one language or all, some kinds or all."""

    locale: str = ""
    kinds: tuple[str, ...] = ()


@dataclass(frozen=True)
class Found:
    """The keys of one page of hits, best first, how many hits there are, and how many of each kind."""

    total: int
    counts: dict[str, int]
    keys: list[str]


NOTHING = Found(total=0, counts={}, keys=[])


class Engine(Protocol):
    """Finds keys. What is shown is read back from the database, so that nothing withdrawn is ever shown."""

    @property
    def name(self) -> str: ...

    def check(self) -> None:
        """Raise when this engine cannot answer."""

    def index(self, entries: Sequence[IndexEntry]) -> None:
        """Take in entries; what is older than what it holds changes nothing."""

    def forget(self, removals: Sequence[Removal]) -> None:
        """Forget entries, unless they came back since."""

    def search(self, query: Query, scope: Scope, *, start: int, size: int) -> Found:
        """Return the hits from ``start`` on, at most ``size``."""


def total_of(counts: dict[str, int], kinds: Sequence[str]) -> int:
    """Return how many hits there are among ``kinds``; no kinds means all."""
    return sum(number for kind, number in counts.items() if not kinds or kind in kinds)
