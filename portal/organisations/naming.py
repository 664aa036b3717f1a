"""What follows from one place to another keeps its name, or is told apart."""

from collections.abc import Collection
from itertools import chain, count
from sys import maxsize

from portal.organisations.models import Area


def told_apart(name: str, before: Area, *, taken: Collection[str], longest: int | None) -> str:
    """Return ``name`` where it is free, else with the name of the place it comes from, and a number if that is taken.

    Never one of ``taken``, nor longer than ``longest`` characters (``None``: no matter): what does not fit is cut off
    before the ending.
    """
    room = longest or maxsize
    place = before.name[: room // 2]
    endings = chain(("", f"（{place}）"), (f"（{place} {number}）" for number in count(2)))
    tried = (f"{name[: room - len(ending)]}{ending}" for ending in endings)
    return next(each for each in tried if each not in taken)
