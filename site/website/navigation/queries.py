"""Where pages are: the tree from home to its sections, read from one cache entry a language."""

from dataclasses import dataclass

from django.core.cache import cache
from django.utils.translation import get_language, override
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, Site

from website.home.models import HomePage

FIVE_MINUTES = 300


@dataclass(frozen=True, slots=True)
class Section:
    """A page right below home. ``kind`` is the label of its app: services, case_studies, …"""

    kind: str
    label: str
    title: str
    url: str
    path: str
    is_in_menu: bool


@dataclass(frozen=True, slots=True)
class Tree:
    """Home in one language, and its published sections."""

    home_id: int
    path: str
    url_path: str
    url: str
    sections: tuple[Section, ...]


def tree() -> Tree | None:
    """Return the tree in the reader's language; one cache read, renewed when a page changes."""
    language = get_supported_content_language_variant(get_language())
    found: Tree | None = cache.get(cache_key(language))
    if found is None and (found := _tree(language)):
        cache.set(cache_key(language), found, FIVE_MINUTES)
    return found


def cache_key(language: str) -> str:
    return f"navigation:tree:{language}"


def page_at(address: str, *, tree: Tree) -> Page | None:
    """Return the published page at ``address`` (as in ``services/meals/``), itself and not only its ``Page`` part."""
    if not address:
        return HomePage.objects.live().filter(pk=tree.home_id).first()
    slug = address.rstrip("/").rpartition("/")[2]
    page = Page.objects.live().filter(slug=slug, url_path=tree.url_path + address).first()
    return page and page.specific


def _tree(language: str) -> Tree | None:
    sites = list(Site.objects.select_related("root_page")[:2])
    if len(sites) != 1:  # addresses tell pages apart only where there is one site
        return None
    homes = sites[0].root_page.get_translations(inclusive=True).live()
    home = homes.filter(locale__language_code=language).first()
    if home is None:
        return None
    children = home.get_children().live().public().order_by("path")
    with override(language):
        sections = tuple(_section(page) for page in children if page.specific_class)
        return Tree(home.pk, home.path, home.url_path, home.url, sections)


def _section(page: Page) -> Section:
    model = page.specific_class
    return Section(
        kind=model._meta.app_label,
        label=str(getattr(model, "menu_title", "")) or page.title,
        title=page.title,
        url=page.url,
        path=page.path,
        is_in_menu=page.show_in_menus,
    )
