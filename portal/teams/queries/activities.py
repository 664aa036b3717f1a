"""What a team does next. Activities stand above this room and register how to find out."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from portal.teams.models import Team


@dataclass(frozen=True, slots=True)
class TeamActivity:
    """One shift of an activity of a team. ``uid`` names it for ever."""

    title: str
    url: str
    place: str
    starts_at: datetime
    ends_at: datetime
    uid: str = ""


Source = Callable[[Team, int, bool], Sequence[TeamActivity]]
Going = Callable[[Team, Sequence[TeamActivity]], Mapping[str, Collection[int]]]

_sources: list[Source] = []
_going: list[Going] = []


def register_team_activities(source: Source, going: Going) -> None:
    """Let ``source(team, limit, only_public)`` answer for what a team does next, soonest first.

    ``going(team, activities)`` gives by ``uid`` the keys of the team's people who have a place.
    """
    _sources[:], _going[:] = [source], [going]


def next_activities(team: Team, *, only_public: bool, limit: int = 5) -> list[TeamActivity]:
    """Return what ``team`` does next, soonest first; ``only_public`` leaves out what is not for everyone to see."""
    return [one for source in _sources for one in source(team, limit, only_public)]


def people_going(team: Team, activities: Sequence[TeamActivity]) -> dict[str, Collection[int]]:
    """Return by ``uid`` who of ``team`` has a place on ``activities``: for whoever leads or looks after it alone."""
    return {uid: people for going in _going for uid, people in going(team, activities).items()}
