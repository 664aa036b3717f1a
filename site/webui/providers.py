"""Facts of the portal that public pages show.

The public half never imports the portal: ``config.providers`` registers functions here, and pages ask for plain values.
Without a source every answer is empty, and the page stands.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """One shift of a public activity, as a reader sees it. ``places_left`` is ``None`` where places are not counted."""

    title: str
    url: str
    community: str
    starts_at: datetime
    ends_at: datetime
    place: str
    places_left: int | None = None
    places_text: str = ""


@dataclass(frozen=True, slots=True)
class CommunityChoice:
    """A community one can filter by."""

    code: str
    name: str


@dataclass(frozen=True, slots=True)
class Community:
    """A community of the city, whether or not something is on there."""

    code: str
    name: str
    district: str


@dataclass(frozen=True, slots=True)
class LiveCount:
    """A number counted by the portal just now."""

    number: int
    label: str  # with its unit: 个社区, 人已报到


class ActivitySource(Protocol):
    """Gives public activities from ``after`` on, soonest first; ``community`` is a community's code."""

    def __call__(
        self, *, community: str | None, after: datetime | None, limit: int | None
    ) -> Sequence[ActivityItem]: ...


CommunitySource = Callable[[], Sequence[CommunityChoice]]
CityCommunitySource = Callable[[], Sequence[Community]]
CountSource = Callable[[], Sequence[LiveCount]]

_activity_sources: list[ActivitySource] = []
_community_sources: list[CommunitySource] = []
_city_community_sources: list[CityCommunitySource] = []
_count_sources: list[CountSource] = []


def register_activities(source: ActivitySource, *, communities: CommunitySource) -> None:
    """Let ``source`` answer for activities, ``communities`` for the places they can be filtered by."""
    _activity_sources[:] = [source]
    _community_sources[:] = [communities]


def register_communities(source: CityCommunitySource) -> None:
    """Let ``source`` answer for the communities of the city."""
    _city_community_sources[:] = [source]


def register_counts(source: CountSource) -> None:
    """Let ``source`` answer for the numbers on the home page."""
    _count_sources[:] = [source]


def upcoming_activities(
    *, community: str | None = None, after: datetime | None = None, limit: int | None = None
) -> list[ActivityItem]:
    """Return the public activities to come, soonest first."""
    return [item for source in _activity_sources for item in source(community=community, after=after, limit=limit)]


def activity_communities() -> list[CommunityChoice]:
    """Return the communities one can filter activities by."""
    return [choice for source in _community_sources for choice in source()]


def communities() -> list[Community]:
    """Return every community of the city, district by district."""
    return [community for source in _city_community_sources for community in source()]


def live_counts() -> list[LiveCount]:
    """Return the portal's numbers as they are now."""
    return [count for source in _count_sources for count in source()]
