"""What editors put first for a question, whatever engine answers the rest.

A question is only compared with the ones editors have written down. Nothing of it is kept: no question is counted,
because what people search for may hold a name or a phone.
"""

from dataclasses import dataclass

from wagtail.contrib.search_promotions.models import SearchPromotion
from wagtail.models import Page
from wagtail.search.utils import MAX_QUERY_STRING_LENGTH

from search.segmentation import fold
from website.base.queries import unrestricted


@dataclass(frozen=True, slots=True)
class Promoted:
    """One result an editor chose."""

    title: str
    url: str
    description: str
    is_elsewhere: bool


def promoted(text: str, *, locale: str) -> list[Promoted]:
    """Return what editors promote for ``text``, in their order; pages that are not public any more are left out."""
    wanted = _key(text)
    if not wanted or len(wanted) > MAX_QUERY_STRING_LENGTH:
        return []
    rows = SearchPromotion.objects.select_related("query", "page", "page__locale").order_by("sort_order", "pk")
    mine = [row for row in rows if _key(row.query.query_string) == wanted]
    public = _public({row.page_id for row in mine if row.page_id}, locale)
    return [_promoted(row) for row in mine if row.page_id is None or row.page_id in public]


def _key(text: str) -> str:
    return " ".join(fold(text).split())


def _public(keys: set[int], locale: str) -> set[int]:
    if not keys:
        return set()
    pages = Page.objects.live().filter(unrestricted(), pk__in=keys, locale__language_code=locale)
    return set(pages.values_list("pk", flat=True))


def _promoted(row: SearchPromotion) -> Promoted:
    if row.page:
        return Promoted(row.page.title, row.page.url or "", row.description, is_elsewhere=False)
    return Promoted(row.external_link_text or row.external_link_url, row.external_link_url, row.description, True)
