"""The site's main sections, as the header and the home page link to them."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language, override
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, Site

FIVE_MINUTES = 300


@dataclass(frozen=True, slots=True)
class Section:
    """A page right below home. ``kind`` is the label of its app: services, case_studies, …"""

    kind: str
    label: str
    url: str
    is_in_menu: bool


def sections() -> list[Section]:
    """Return the published sections in the reader's language; one cache read, renewed when a page changes."""
    language = get_supported_content_language_variant(get_language())
    return cache.get_or_set(cache_key(language), lambda: _sections(language), FIVE_MINUTES) or []


def cache_key(language: str) -> str:
    return f"navigation:sections:{language}"


def _sections(language: str) -> list[Section]:
    site = Site.objects.filter(is_default_site=True).select_related("root_page").first()
    home = site and site.root_page.get_translations(inclusive=True).filter(locale__language_code=language).first()
    if not home:
        return []
    children = home.get_children().live().public().order_by("path")
    with override(language):
        return [_section(page) for page in children if page.specific_class]


def _section(page: Page) -> Section:
    model = page.specific_class
    label = str(getattr(model, "menu_title", "")) or page.title
    return Section(model._meta.app_label, label, page.url, page.show_in_menus)
