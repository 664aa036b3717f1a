"""All services of one language as one looks for them, read with a few queries that do not grow with them."""

import unicodedata
from dataclasses import dataclass

from django.db.models import Exists, OuterRef

from website.imports.characters import simplified
from website.services import queries
from website.services.enums import Channel
from website.services.facts import Spot, channels_of, facts_of, spot_of
from website.services.models import ServiceAudience, ServiceCategory, ServicePage, ServicePlace
from webui.providers import codes_of

NOT_LISTED = ("conditions", "documents", "steps", "basis", "search_description", "draft_title")


@dataclass(frozen=True)
class Entry:
    """One service of the list, with what holds for it."""

    page: ServicePage
    above: ServicePage | None
    channels: tuple[Channel, ...]
    category: ServiceCategory | None
    text: str  # folded, to look for words in
    is_here: bool  # offered in the reader's own community
    is_city_wide: bool
    spot: Spot | None


@dataclass(frozen=True)
class Tag:
    """An audience of a service, in the words of the list's language."""

    slug: str
    name: str


def entries_of(*, locale_id: int, community: str, with_text: bool) -> list[Entry]:
    """Return every service with what holds for it; ``community`` is the code of the reader's own."""
    pages = _pages(locale_id)
    by_path = {page.path: page for page in pages}
    here = _places_by_page(community)
    for page in pages:
        page.above = by_path.get(page.path[: -page.steplen])
    return [_entry(page, here, with_text=with_text) for page in pages]


def tags_by_page(*, locale_id: int) -> dict[int, list[Tag]]:
    """Return the audiences of each service. Translations share those of their source, named in their own language."""
    fields = ("servicepage_id", *(f"serviceaudience__{name}" for name in ("slug", "name", "translation_key", "locale")))
    through = ServicePage.audiences.through.objects.filter(servicepage__locale=locale_id)
    rows = list(through.order_by("serviceaudience__order", "serviceaudience_id").values_list(*fields))
    names = {}
    if any(locale != locale_id for *_fields, locale in rows):
        own = ServiceAudience.objects.filter(locale=locale_id)
        names = dict(own.values_list("translation_key", "name"))
    found: dict[int, list[Tag]] = {}
    for page, slug, name, key, _locale in rows:
        found.setdefault(page, []).append(Tag(slug, names.get(key, name)))
    return found


def fold(text: str) -> str:
    """Return ``text`` in one width and case and in simplified characters."""
    return "".join(simplified(character) for character in unicodedata.normalize("NFKC", text).casefold())


def _pages(locale_id: int) -> list[ServicePage]:
    places = ServicePlace.objects.filter(page=OuterRef("pk"))
    pages = queries.services(locale_id=locale_id).defer(*NOT_LISTED)
    is_anywhere, is_city_wide = Exists(places), Exists(places.filter(community_code=""))
    return list(pages.annotate(has_places=is_anywhere, has_city_wide_place=is_city_wide))


def _places_by_page(community: str) -> dict[int, ServicePlace]:
    """Return each service's first place in ``community``."""
    if not community:
        return {}
    places = ServicePlace.objects.filter(community_code__in=codes_of(community)).order_by("-sort_order", "-pk")
    return {place.page_id: place for place in places}


def _entry(page: ServicePage, here: dict[int, ServicePlace], *, with_text: bool) -> Entry:
    above, facts = page.above, facts_of(page)
    source = above if above and not page.has_places and not page.place else page
    place = here.get(source.pk)
    said = (page.title, page.other_names, page.summary, page.who_may, str(facts["category"] or ""))
    return Entry(
        page=page,
        above=above,
        channels=tuple(channels_of(page)),
        category=facts["category"] or None,
        text=fold(" ".join(said)) if with_text else "",
        is_here=place is not None,
        is_city_wide=not source.has_places or source.has_city_wide_place,
        spot=spot_of(place, facts) if place else None,
    )
