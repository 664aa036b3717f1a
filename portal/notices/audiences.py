"""To whom one may write at once. The rooms above register who their people are, and who may write to them."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db.models import QuerySet

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


@dataclass(frozen=True)
class Reach:
    """One audience as it is now: what it is called, who writes in whose name, its people, where the message leads."""

    label: str
    place: str
    people: "QuerySet[User]"
    url: str


@dataclass(frozen=True)
class Audience:
    """A kind of audience. ``find`` says who one of them is, by its code or key, or ``None`` to whoever may not write.

    It is asked again while the worker sends, so that whoever has lost the right writes to nobody more.
    """

    key: str
    find: "Callable[[User, str], Reach | None]"


_audiences: dict[str, Audience] = {}


def register_audience(audience: Audience) -> None:
    _audiences[audience.key] = audience


def reach_of(*, sender: "User", audience: str, target: str) -> Reach | None:
    """Return whom ``sender`` would write to, or ``None`` where there is no such audience for them."""
    known = _audiences.get(audience)
    return known.find(sender, target) if known else None
