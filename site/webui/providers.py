"""Facts of the portal that public pages show.

The public half never imports the portal: ``config.providers`` registers functions here, and pages ask for plain values.
Without a source every answer is empty, and the page stands.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class ActivityItem:
    """One shift of a public activity, as a reader sees it. ``places_left`` is ``None`` where places are not counted.

    ``uid`` names it for ever, and ``revision`` grows whenever what is said about it changes.
    """

    title: str
    url: str
    community: str
    starts_at: datetime
    ends_at: datetime
    place: str
    places_left: int | None = None
    places_text: str = ""
    uid: str = ""
    community_code: str = ""
    summary: str = ""
    is_cancelled: bool = False
    published_at: datetime | None = None
    updated_at: datetime | None = None
    revision: int = 0

    @property
    def has_begun(self) -> bool:
        return self.starts_at <= timezone.now()


@dataclass(frozen=True, slots=True)
class ActivityQuestion:
    """Which activities are asked for: those that fit all that is said. ``district`` and ``community`` are codes.

    ``starts_from`` and ``starts_before`` bound when it begins, ``ends_after`` leaves out what is over by then.
    """

    community: str = ""
    district: str = ""
    starts_from: datetime | None = None
    starts_before: datetime | None = None
    ends_after: datetime | None = None
    has_places: bool = False
    with_cancelled: bool = False


@dataclass(frozen=True, slots=True)
class ActivityPlace:
    """A community where something is on, and how much."""

    code: str
    name: str
    district_code: str
    district: str
    number: int


@dataclass(frozen=True, slots=True)
class Community:
    """A community of the city, whether or not something is on there."""

    code: str
    name: str
    district: str


@dataclass(frozen=True, slots=True)
class ServiceDayItem:
    """A day on which a city or district serves together."""

    key: int
    name: str
    day: date
    area: str
    text: str


@dataclass(frozen=True, slots=True)
class ServiceDayRow:
    """One shift on such a day, with the district it is in."""

    district: str
    item: ActivityItem


@dataclass(frozen=True, slots=True)
class Story:
    """What an organiser would tell of an activity: numbers and words, and nobody's name."""

    title: str
    summary: str
    paragraphs: Sequence[str]


@dataclass(frozen=True, slots=True)
class LiveCount:
    """A number counted by the portal just now."""

    number: int
    label: str  # with its unit: 个社区, 人已报到


class ActivitySource(Protocol):
    """Gives the activities that answer a question, soonest first (or last published first), from ``offset`` on."""

    def __call__(
        self, question: ActivityQuestion, *, offset: int, limit: int | None, newest_first: bool
    ) -> Sequence[ActivityItem]: ...


ActivityPlaceSource = Callable[[ActivityQuestion], Sequence[ActivityPlace]]
CityCommunitySource = Callable[[], Sequence[Community]]
MergedCommunitySource = Callable[[], Mapping[str, Community]]
CommunityFeedSource = Callable[[str], str]
ServiceDaySource = Callable[[], Sequence[ServiceDayItem]]
ServiceDayRowSource = Callable[[int], Sequence[ServiceDayRow]]
StoryDesk = Callable[[Story, int | None], int | None]
CountSource = Callable[[], Sequence[LiveCount]]


class Messenger(Protocol):
    """Puts a message into a person's inbox; part of the caller's transaction."""

    def __call__(self, *, recipient: Any, title: str, body: str, url: str) -> object: ...


class KeyWarner(Protocol):
    """Tells a person that somebody else changed what opens their account; part of the caller's transaction.

    ``phone`` and ``email`` are those of before (empty: there was none); ``None`` stayed as it is.
    """

    def __call__(self, *, person: Any, phone: str | None, email: str | None, is_password_new: bool) -> object: ...


_activity_sources: list[ActivitySource] = []
_activity_place_sources: list[ActivityPlaceSource] = []
_city_community_sources: list[CityCommunitySource] = []
_merged_community_sources: list[MergedCommunitySource] = []
_community_feed_sources: list[CommunityFeedSource] = []
_service_day_sources: list[ServiceDaySource] = []
_service_day_row_sources: list[ServiceDayRowSource] = []
_story_desks: list[StoryDesk] = []
_count_sources: list[CountSource] = []
_messengers: list[Messenger] = []
_key_warners: list[KeyWarner] = []


def register_activities(source: ActivitySource, *, places: ActivityPlaceSource) -> None:
    """Let ``source`` answer for activities, ``places`` for where they are and how many."""
    _activity_sources[:] = [source]
    _activity_place_sources[:] = [places]


def register_communities(source: CityCommunitySource, *, merged: MergedCommunitySource = dict) -> None:
    """Let ``source`` answer for the communities of the city, ``merged`` for those that are no more."""
    _city_community_sources[:] = [source]
    _merged_community_sources[:] = [merged]


def register_community_feeds(source: CommunityFeedSource) -> None:
    """Let ``source`` answer for where the public activities of a community can be subscribed to."""
    _community_feed_sources[:] = [source]


def register_service_days(source: ServiceDaySource, *, rows: ServiceDayRowSource) -> None:
    """Let ``source`` answer for the service days to come, ``rows`` for what is on on one of them."""
    _service_day_sources[:] = [source]
    _service_day_row_sources[:] = [rows]


def register_story_desk(desk: StoryDesk) -> None:
    """Let ``desk`` take stories for the editors: given what it made before, it returns what there is now."""
    _story_desks[:] = [desk]


def register_counts(source: CountSource) -> None:
    """Let ``source`` answer for the numbers on the home page."""
    _count_sources[:] = [source]


def register_messenger(messenger: Messenger) -> None:
    """Let ``messenger`` bring what the public half has to tell a person."""
    _messengers[:] = [messenger]


def register_key_warner(warner: KeyWarner) -> None:
    """Let ``warner`` tell people that somebody at the desk changed their phone, mailbox or password."""
    _key_warners[:] = [warner]


def activities(
    question: ActivityQuestion, *, offset: int = 0, limit: int | None = None, newest_first: bool = False
) -> list[ActivityItem]:
    """Return the public activities that answer ``question``."""
    return [
        item
        for source in _activity_sources
        for item in source(question, offset=offset, limit=limit, newest_first=newest_first)
    ]


def upcoming_activities(*, limit: int | None = None) -> list[ActivityItem]:
    """Return the public activities to come, soonest first."""
    return activities(ActivityQuestion(starts_from=timezone.now()), limit=limit)


def activity_places(question: ActivityQuestion) -> list[ActivityPlace]:
    """Return where the activities that answer ``question`` are, and how many in each community."""
    return [place for source in _activity_place_sources for place in source(question)]


def communities() -> list[Community]:
    """Return every community of the city, district by district."""
    return [community for source in _city_community_sources for community in source()]


def merged_communities() -> dict[str, Community]:
    """Return, by the code of each community that was merged, the one that stands in its place today; one query."""
    return {code: community for source in _merged_community_sources for code, community in source().items()}


def community_today(code: str) -> str:
    """Return the code of what stands in the place of the community with this code: mostly itself.

    An old address, a subscribed calendar and a poster's code go on leading somewhere.
    """
    return code_today(code, merged_communities()) if code else code


def code_today(code: str, merged: Mapping[str, Community]) -> str:
    """Return the same of what ``merged_communities`` answered, for whoever has many codes to look at."""
    return merged[code].code if code in merged else code


def codes_of(code: str) -> list[str]:
    """Return the code of today as ``community_today`` does, then those of what was merged into it; one query.

    What editors wrote names the community that was there then.
    """
    merged = merged_communities() if code else {}
    today = code_today(code, merged)
    return [today, *(before for before, after in merged.items() if after.code == today)]


def community_feed(code: str) -> str:
    """Return the address of the calendar of a community's public activities, or ``""`` where there is none."""
    return next((address for source in _community_feed_sources if (address := source(code))), "")


def service_days() -> list[ServiceDayItem]:
    """Return the service days of today and to come, soonest first."""
    return [day for source in _service_day_sources for day in source()]


def service_day_rows(key: int) -> list[ServiceDayRow]:
    """Return what is on on the service day ``key``, district by district."""
    return [row for source in _service_day_row_sources for row in source(key)]


def draft_story(story: Story, *, known: int | None = None) -> int | None:
    """Begin ``story`` as a draft for the editors, or find the one ``known``; ``None`` where nobody takes it."""
    return next((key for desk in _story_desks if (key := desk(story, known)) is not None), None)


def live_counts() -> list[LiveCount]:
    """Return the portal's numbers as they are now."""
    return [count for source in _count_sources for count in source()]


def send_message(user: Any, *, title: str, body: str = "", url: str = "") -> None:
    """Tell ``user`` something in their inbox, where there is one."""
    for messenger in _messengers:
        messenger(recipient=user, title=title, body=body, url=url)


def warn_of_new_keys(user: Any, *, phone: str | None, email: str | None, is_password_new: bool) -> None:
    """Tell ``user`` what somebody else changed of their account; see ``KeyWarner``."""
    for warner in _key_warners:
        warner(person=user, phone=phone, email=email, is_password_new=is_password_new)
