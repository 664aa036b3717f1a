"""Finding a service among all: by words, person, matter, place and way, in any combination.

A city has some hundred services. They are read once and chosen from here; so a part can answer for its item, and every
choice can say how many it would leave.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields, replace
from functools import cached_property
from itertools import groupby
from urllib.parse import urlencode

from website.services.entries import Entry, Tag, entries_of, fold, tags_by_page
from website.services.enums import Channel
from website.services.models import ServiceCategory
from webui.providers import Community, communities, community_today

LONGEST_WORDS = 60
FEW_COMMUNITIES = 12
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
        self.communities: list[Community] = communities()
        self._by_code = {community.code: community for community in self.communities}
        self.question = self._understood(asked)

    @property
    def community(self) -> Community | None:
        """Return the reader's own community."""
        return self._by_code.get(self.question.community)

    @cached_property
    def entries(self) -> list[Entry]:
        asked = self.question
        return entries_of(locale_id=self.locale_id, community=asked.community, with_text=bool(asked.q))

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
        return self._choices("audience", self._audiences)

    @cached_property
    def category_choices(self) -> list[Choice]:
        return self._choices("category", self._categories)

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
        words = " ".join(asked.get("q", "").replace("\0", " ").split())[:LONGEST_WORDS].strip()
        channel, community = asked.get("channel", ""), asked.get("community", "")
        if community not in self._by_code:
            community = community_today(community)
        self.question = Question(
            q=words,
            channel=channel if channel in CHANNELS else "",
            community=community if community in self._by_code else "",
        )
        audience, category = asked.get("audience", ""), asked.get("category", "")
        return replace(
            self.question,
            audience=audience if audience and audience in dict(self._audiences) else "",
            category=category if category and category in dict(self._categories) else "",
        )

    @cached_property
    def _audiences(self) -> list[tuple[str, str]]:
        """Return the audiences that a service has, by slug and name."""
        return list(dict.fromkeys((tag.slug, tag.name) for tags in self._tags.values() for tag in tags))

    @cached_property
    def _categories(self) -> list[tuple[str, str]]:
        found = {entry.category for entry in self.entries if entry.category}
        return [(each.slug, each.name) for each in sorted(found, key=lambda each: (each.order, each.pk))]

    @cached_property
    def _tags(self) -> dict[int, list[Tag]]:
        return tags_by_page(locale_id=self.locale_id)

    def _is_for(self, entry: Entry, audience: str) -> bool:
        own = self._tags.get(entry.page.pk) or (self._tags.get(entry.above.pk) if entry.above else None) or ()
        return any(tag.slug == audience for tag in own)

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
        found = [entry for entry in self.entries if _answers(entry, question, words)]
        return [entry for entry in found if self._is_for(entry, question.audience)] if question.audience else found


def _given(question: Question) -> dict[str, str]:
    return {field.name: value for field in fields(question) if (value := getattr(question, field.name))}


def _answers(entry: Entry, question: Question, words: list[str]) -> bool:
    return (
        (not question.community or entry.is_here or entry.is_city_wide)
        and (not question.category or bool(entry.category and entry.category.slug == question.category))
        and (not question.channel or CHANNELS[question.channel] in entry.channels)
        and all(_says(entry.text, word) for word in words)
    )


def _says(text: str, word: str) -> bool:
    """Tell whether ``text`` holds ``word``, or what it is made of, two characters each: 送餐服务 in 送餐上门服务."""
    if word in text or word.isascii() or len(word) < 4:
        return word in text
    pairs = [word[start : start + 2] for start in range(0, len(word) - 1, 2)]
    return all(pair in text for pair in (*pairs, word[-2:]))


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
