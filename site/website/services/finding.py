"""Finding a service among all: by words, person, matter, place and way, in any combination.

A city has some hundred services. They are read once, with a few queries that do not grow with them, and chosen from
here; so a part can answer for its item, and every choice can say how many it would leave.
"""

import unicodedata
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import groupby, pairwise
from urllib.parse import urlencode

from django.db.models import Exists, OuterRef

from website.imports.characters import simplified
from website.services import queries
from website.services.enums import Channel
from website.services.facts import Spot, channels_of, facts_of, spot_of
from website.services.models import ServiceCategory, ServicePage, ServicePlace
from webui.providers import Community, communities

LONGEST_WORDS = 60
FEW_COMMUNITIES = 12
NOT_LISTED = ("conditions", "documents", "steps", "basis", "search_description", "draft_title")
CHANNELS = {channel.question: channel for channel in Channel}


@dataclass(frozen=True)
class Question:
    """What a reader asked for; each name is also the name in the address."""

    q: str = ""
    audience: str = ""
    category: str = ""
    community: str = ""
    channel: str = ""

    def __bool__(self) -> bool:
        return bool(_given(self))


@dataclass(frozen=True)
class Entry:
    """One service of the list, with what holds for it."""

    page: ServicePage
    above: ServicePage | None
    audiences: frozenset[str]
    channels: tuple[Channel, ...]
    category: ServiceCategory | None
    text: str  # folded, to look for words in
    is_here: bool  # offered in the reader's own community
    is_city_wide: bool
    spot: Spot | None


@dataclass(frozen=True)
class Row:
    """One line of the list: a service that was found, with those of its parts that were found with it."""

    entry: Entry
    parts: tuple[Entry, ...]


@dataclass(frozen=True)
class Group:
    category: ServiceCategory | None
    rows: tuple[Row, ...]


@dataclass(frozen=True)
class Choice:
    """One thing to choose; ``number`` is how many services that would leave."""

    value: str
    label: str
    number: int
    is_on: bool
    query: str = ""  # what the address of the list would end in


class Catalogue:
    """All services of one language, and the answer to one question."""

    def __init__(self, asked: Mapping[str, str], *, locale_id: int) -> None:
        self.locale_id = locale_id
        self.audiences = list(queries.audiences(locale_id=locale_id))
        self.communities: list[Community] = communities()
        self._by_code = {community.code: community for community in self.communities}
        self.question = self._understood(asked)

    @property
    def community(self) -> Community | None:
        """Return the reader's own community."""
        return self._by_code.get(self.question.community)

    @cached_property
    def entries(self) -> list[Entry]:
        pages = _pages(self.locale_id)
        by_path = {page.path: page for page in pages}
        slugs = _audiences_by_page()
        here = _places_by_page(self.question.community)
        entries = []
        for page in pages:
            page.above = by_path.get(page.path[: -page.steplen])
            entries.append(_entry(page, slugs, here, with_text=bool(self.question.q)))
        return entries

    @cached_property
    def found(self) -> list[Entry]:
        return self._answering(self.question)

    @cached_property
    def here(self) -> list[Group]:
        """Return what is offered in the reader's own community."""
        return _grouped(entry for entry in self.found if entry.is_here)

    @cached_property
    def everywhere(self) -> list[Group]:
        """Return the rest: what is offered in the whole city, or all there is where no community was chosen."""
        return _grouped(entry for entry in self.found if not entry.is_here)

    @property
    def number(self) -> int:
        return sum(len(group.rows) for group in (*self.here, *self.everywhere))

    @cached_property
    def audience_choices(self) -> list[Choice]:
        pairs = [(audience.slug, audience.name) for audience in self.audiences]
        return self._choices("audience", pairs)

    @cached_property
    def category_choices(self) -> list[Choice]:
        categories = {entry.category for entry in self.entries if entry.category}
        pairs = [(each.slug, each.name) for each in sorted(categories, key=lambda each: (each.order, each.pk))]
        return self._choices("category", pairs)

    @cached_property
    def channel_choices(self) -> list[Choice]:
        return self._choices("channel", [(name, str(channel.label)) for name, channel in CHANNELS.items()])

    @cached_property
    def chosen(self) -> list[Choice]:
        """Return what was asked, each with the address of the list without it."""
        labels: dict[str, str] = {"q": f"“{self.question.q}”"}
        for name, choices in (("audience", self.audience_choices), ("category", self.category_choices)):
            labels[name] = next((choice.label for choice in choices if choice.is_on), "")
        if self.community:
            labels["community"] = self.community.name
        if channel := CHANNELS.get(self.question.channel):
            labels["channel"] = str(channel.label)
        return [
            Choice(name, labels[name], 0, is_on=True, query=self._query(**{name: ""})) for name in _given(self.question)
        ]

    @property
    def carried(self) -> str:
        """Return what a link takes along, so that the next page knows the reader's community."""
        return f"?{urlencode({'community': self.question.community})}" if self.question.community else ""

    @property
    def query(self) -> str:
        return self._query()

    @property
    def districts(self) -> list[tuple[str, list[Choice]]]:
        """Return the communities to choose from, district by district."""
        groups = groupby(self.communities, key=lambda community: community.district)
        return [(district, [self._community_choice(each) for each in group]) for district, group in groups]

    @property
    def are_few(self) -> bool:
        """Tell whether the communities can stand there as links: one step less than a list to open."""
        return len(self.communities) <= FEW_COMMUNITIES

    def _community_choice(self, community: Community) -> Choice:
        code = community.code
        return Choice(code, community.name, 0, is_on=code == self.question.community, query=self._query(community=code))

    def _query(self, **changes: str) -> str:
        given = _given(replace(self.question, **changes))
        return f"?{urlencode(given)}" if given else ""

    def _understood(self, asked: Mapping[str, str]) -> Question:
        """Leave out what means nothing here: an old link or a slip of the hand still gets its list."""
        category = asked.get("category", "")
        known_categories = ServiceCategory.objects.filter(locale_id=self.locale_id, slug=category)
        known: dict[str, Callable[[str], bool]] = {
            "audience": lambda slug: any(audience.slug == slug for audience in self.audiences),
            "category": lambda slug: known_categories.exists(),
            "community": self._by_code.__contains__,
            "channel": CHANNELS.__contains__,
        }
        given = {name: value for name, is_known in known.items() if (value := asked.get(name, "")) and is_known(value)}
        return Question(q=" ".join(asked.get("q", "").replace("\0", " ").split())[:LONGEST_WORDS].strip(), **given)

    def _choices(self, name: str, pairs: list[tuple[str, str]]) -> list[Choice]:
        on = getattr(self.question, name)
        choices = []
        for value, label in pairs:
            number = len(_rows(self._answering(replace(self.question, **{name: value}))))
            if number or value == on:
                choices.append(Choice(value, label, number, is_on=value == on))
        return choices

    def _answering(self, question: Question) -> list[Entry]:
        words = [fold(word) for word in question.q.split()]
        return [entry for entry in self.entries if _answers(entry, question, words)]


def _given(question: Question) -> dict[str, str]:
    return {field.name: value for field in fields(question) if (value := getattr(question, field.name))}


def fold(text: str) -> str:
    """Return ``text`` in one width and case and in simplified characters."""
    return "".join(simplified(character) for character in unicodedata.normalize("NFKC", text).casefold())


def _pages(locale_id: int) -> list[ServicePage]:
    places = ServicePlace.objects.filter(page=OuterRef("pk"))
    pages = queries.services(locale_id=locale_id).defer(*NOT_LISTED)
    return list(pages.annotate(has_places=Exists(places), has_city_wide_place=Exists(places.filter(community_code=""))))


def _audiences_by_page() -> dict[int, set[str]]:
    through = ServicePage.audiences.through.objects.values_list("servicepage_id", "serviceaudience__slug")
    found: dict[int, set[str]] = {}
    for page, slug in through:
        found.setdefault(page, set()).add(slug)
    return found


def _places_by_page(community: str) -> dict[int, ServicePlace]:
    """Return each service's first place in ``community``."""
    if not community:
        return {}
    places = ServicePlace.objects.filter(community_code=community).order_by("-sort_order", "-pk")
    return {place.page_id: place for place in places}


def _entry(page: ServicePage, slugs: dict[int, set[str]], here: dict[int, ServicePlace], *, with_text: bool) -> Entry:
    above = page.above
    facts = facts_of(page)
    source = above if above and not page.has_places and not page.place else page
    place = here.get(source.pk)
    return Entry(
        page=page,
        above=above,
        audiences=frozenset(slugs.get(page.pk) or (slugs.get(above.pk) if above else None) or ()),
        channels=tuple(channels_of(page)),
        category=facts["category"] or None,
        text=fold(" ".join((page.title, page.other_names, page.summary, page.who_may, str(facts["category"] or ""))))
        if with_text
        else "",
        is_here=place is not None,
        is_city_wide=not source.has_places or source.has_city_wide_place,
        spot=spot_of(place, facts) if place else None,
    )


def _answers(entry: Entry, question: Question, words: list[str]) -> bool:
    return (
        (not question.community or entry.is_here or entry.is_city_wide)
        and (not question.audience or question.audience in entry.audiences)
        and (not question.category or bool(entry.category and entry.category.slug == question.category))
        and (not question.channel or CHANNELS[question.channel] in entry.channels)
        and all(_says(entry.text, word) for word in words)
    )


def _says(text: str, word: str) -> bool:
    """Tell whether ``text`` holds ``word``, or every pair of its characters: 送餐服务 is found in 送餐上门服务."""
    return word in text or (len(word) > 2 and not word.isascii() and all(a + b in text for a, b in pairwise(word)))


def _rows(entries: Iterable[Entry]) -> list[Row]:
    """Put parts below their item where that was found, too."""
    entries = list(entries)
    found = {entry.page.pk for entry in entries}
    parts: dict[int, list[Entry]] = {}
    alone = []
    for entry in entries:
        if entry.above and entry.above.pk in found:
            parts.setdefault(entry.above.pk, []).append(entry)
        else:
            alone.append(entry)
    return [Row(entry, tuple(parts.get(entry.page.pk, ()))) for entry in alone]


def _grouped(entries: Iterable[Entry]) -> list[Group]:
    rows = sorted(_rows(entries), key=_place_in_list)
    return [Group(category, tuple(group)) for category, group in groupby(rows, key=lambda row: row.entry.category)]


def _place_in_list(row: Row) -> tuple[bool, int, int, str, str]:
    category, page = row.entry.category, row.entry.page
    order = (category.order, category.pk) if category else (0, 0)
    return (category is None, *order, page.code, page.title)
