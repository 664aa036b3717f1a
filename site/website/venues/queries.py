"""Which venues there are, which of them fit, and how near they are."""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from django.http import QueryDict
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.venues.asking import Chip, Facet, Option, Question
from website.venues.enums import Facility, VenueKind
from website.venues.hours import Hours, Opening, opening
from website.venues.models import VenueHours, VenueIndexPage, VenuePage, position_of
from website.venues.positions import Position, distance, middle, walking_minutes
from webui.providers import Community, code_today, merged_communities

TEN_MINUTES = 800  # metres
NEARBY = 3
KINDS = list(VenueKind)
Value = tuple[int | str, str, str]  # its place in the order, itself, its name
SHOWN = (
    *("slug", "title", "kind", "community_code", "community_name", "address", "phone", "hours", "closure"),
    *("latitude", "longitude", "datum", "known_facilities"),
)


def venues(*, locale_id: int) -> "PageQuerySet[VenuePage]":
    """Return the published venues, kind by kind."""
    return listed(VenuePage, locale_id=locale_id).order_by("kind", "title", "pk")


@dataclass(frozen=True, slots=True)
class Entry:
    """A venue as lists show it."""

    pk: int
    slug: str
    title: str
    url: str
    kind: VenueKind
    community_code: str
    community: str
    address: str
    phone: str
    hours: tuple[Hours, ...]
    hours_text: str
    facilities: frozenset[str]
    position: Position | None
    opening: Opening | None
    metres: int | None = None

    @property
    def minutes(self) -> int:
        return walking_minutes(self.metres or 0)

    @property
    def is_close(self) -> bool:
        """Whether one walks there in ten minutes."""
        return self.metres is not None and self.metres <= TEN_MINUTES

    @property
    def distance_text(self) -> str:
        """Return the distance as exactly as it is known: to ten metres, then to a hundred."""
        metres = self.metres or 0
        return f"{max(10, round(metres, -1))} m" if metres < 1000 else f"{metres / 1000:.1f} km"

    def as_point(self) -> dict[str, Any]:
        position = self.position or Position(0, 0)
        return {
            "title": self.title,
            "url": self.url,
            "kind": str(self.kind.label),
            "address": self.address,
            "opening": self.opening.text if self.opening else self.hours_text,
            "latitude": round(position.latitude, 6),
            "longitude": round(position.longitude, 6),
        }


@dataclass(frozen=True, slots=True)
class Finding:
    """What was asked, what was found, and what else one may ask."""

    question: Question
    found: Sequence[Entry]
    facets: Sequence[Facet]
    places: Facet
    near: str  # the name of the place the distance is measured from
    total: int
    is_placed: bool  # whether it is known of any venue where it is

    @property
    def chips(self) -> list[Chip]:
        """Return what the list is narrowed by, each to be taken away."""
        chips = [chip for facet in (*self.facets, self.places) if (chip := facet.chip(self.question))]
        if self.question.is_open:
            chips.append(Chip(_("时间"), _("现在开放"), self.question.without("is_open")))
        return chips


def find(asked: QueryDict, *, index: VenueIndexPage) -> Finding:
    """Return the venues below ``index`` that fit what is ``asked``, the nearest first where a place is named."""
    merged = merged_communities()
    community, near = (code_today(asked.get(name, ""), merged) for name in ("community", "near"))
    question = Question(
        kind=asked.get("kind", ""),
        community=community,
        has=asked.get("has", ""),
        is_open=asked.get("open") == "1",
        near=near,
    )
    known = entries(locale_id=index.locale_id, below=index.url or "", merged=merged)
    near, point = _point(known, question.near)
    # A venue is no answer to what is near it.
    fitting = [entry for entry in known if _fits(entry, question) and not (point and entry.slug == question.near)]
    return Finding(
        question=question,
        found=by_distance(fitting, point) if point else fitting,
        facets=_facets(known, question),
        places=_places(known, question, near=near),
        near=near,
        total=len(known),
        is_placed=any(entry.position for entry in known),
    )


def entries(*, locale_id: int, below: str, merged: Mapping[str, Community]) -> list[Entry]:
    """Return all venues, whose list is at ``below``: the large kinds first, in two queries however many there are.

    What lies in a community that was ``merged`` lies in the one that stands in its place.
    """
    pages = venues(locale_id=locale_id).only(*SHOWN)
    hours: dict[int, list[Hours]] = {}
    for row in VenueHours.objects.filter(page__in=pages.order_by().values("pk")):
        hours.setdefault(row.page_id, []).append(row.as_hours())
    now = timezone.now()
    found = [_entry(page, hours.get(page.pk, []), below=below, now=now, merged=merged) for page in pages]
    return sorted(found, key=lambda entry: (KINDS.index(entry.kind), entry.title))


def nearby(venue: VenuePage) -> list[Entry]:
    """Return the venues nearest to ``venue``; where nobody knows where it is, others of its community."""
    below = (venue.url or "").removesuffix(f"{venue.slug}/")
    merged = merged_communities()
    known = entries(locale_id=venue.locale_id, below=below, merged=merged)
    others = [entry for entry in known if entry.pk != venue.pk]
    if venue.position:
        return [entry for entry in by_distance(others, venue.position) if entry.metres is not None][:NEARBY]
    code = code_today(venue.community_code, merged)
    return [entry for entry in others if code and entry.community_code == code][:NEARBY]


def by_distance(found: Sequence[Entry], point: Position) -> list[Entry]:
    """Return ``found`` with their distances, the nearest first and those nobody knows the place of last."""
    measured = [
        replace(entry, metres=round(distance(point, entry.position))) if entry.position else entry for entry in found
    ]
    return sorted(measured, key=lambda entry: (entry.metres is None, entry.metres or 0))


def _entry(page: VenuePage, hours: list[Hours], *, below: str, now: datetime, merged: Mapping[str, Community]) -> Entry:
    after = merged.get(page.community_code)
    return Entry(
        pk=page.pk,
        slug=page.slug,
        title=page.title,
        url=f"{below}{page.slug}/",
        kind=VenueKind(page.kind),
        community_code=after.code if after else page.community_code,
        community=after.name if after else page.community_name,
        address=page.address,
        phone=page.phone,
        hours=tuple(hours),
        hours_text=page.hours,
        facilities=frozenset(page.known_facilities),
        position=position_of(page.latitude, page.longitude, page.datum),
        opening=opening(hours, at=now, closure=page.closure),
    )


def _fits(entry: Entry, question: Question) -> bool:
    return (
        question.kind in ("", entry.kind.value)
        and question.community in ("", entry.community_code)
        and (not question.has or question.has in entry.facilities)
        and (not question.is_open or bool(entry.opening and entry.opening.is_open))
    )


def _facets(known: Sequence[Entry], question: Question) -> list[Facet]:
    facets = (
        ("kind", _("类型"), _("全部类型"), _kind),
        ("community", _("社区"), _("全部社区"), _community),
        ("has", _("有什么"), _("不限"), _facilities),
    )
    return [
        Facet(name, label, any_label, _options(known, question, name, values), getattr(question, name))
        for name, label, any_label, values in facets
    ]


def _places(known: Sequence[Entry], question: Question, *, near: str) -> Facet:
    """Return from where one may measure: each community with a venue on the map, or the venue one comes from."""
    placed = [entry for entry in known if entry.position]
    places = _options(placed, Question(), "near", _community)
    if near and all(option.value != question.near for option in places):
        places.insert(0, Option(question.near, near, 1))
    return Facet("near", _("离哪里近"), _("不按距离"), places, question.near)


def _options(
    known: Sequence[Entry], question: Question, name: str, values: Callable[[Entry], list[Value]]
) -> list[Option]:
    """Return what could be chosen for ``name`` with the rest of the question as it is, and what is chosen."""
    nothing: dict[str, Any] = {name: ""}
    rest, chosen = replace(question, **nothing), getattr(question, name)
    numbers = Counter(value for entry in known if _fits(entry, rest) for value in values(entry) if value[1])
    numbers.update({value: 0 for entry in known for value in values(entry) if chosen and value[1] == chosen})
    return [Option(value, label, number) for (_order, value, label), number in sorted(numbers.items())]


def _kind(entry: Entry) -> list[Value]:
    return [(KINDS.index(entry.kind), entry.kind.value, str(entry.kind.label))]


def _community(entry: Entry) -> list[Value]:
    return [(entry.community_code, entry.community_code, entry.community)]


def _facilities(entry: Entry) -> list[Value]:
    return [(order, each.value, str(each.label)) for order, each in enumerate(Facility) if each in entry.facilities]


def _point(known: Sequence[Entry], near: str) -> tuple[str, Position | None]:
    """Return the name and place of a venue (by its slug) or of a community (by its code): the middle of its venues."""
    for entry in known:
        if near and entry.slug == near and entry.position:
            return entry.title, entry.position
    there = [(entry.community, entry.position) for entry in known if near and entry.community_code == near]
    positions = [position for _name, position in there if position]
    return (there[0][0], middle(positions)) if positions else ("", None)
