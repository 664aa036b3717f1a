"""Where pages are, and what stands around them: read from one cache entry a language."""

from dataclasses import dataclass

from django.conf import settings
from django.core.cache import cache
from django.db.models import Exists
from django.utils.translation import get_language, override
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page, PageViewRestriction, Site
from wagtail.models.sites import SiteRootPath

from website.base.models import BasePage
from website.base.queries import unrestricted
from website.home.models import HomePage
from website.navigation.banners import RunningBanner, banners_to_come
from website.navigation.models import SiteDetails

FIVE_MINUTES = 300
FACTS = {"is_any_restricted": Exists(PageViewRestriction.objects.all())}  # read along with a page
DEEPEST = 20  # no page lies deeper, whatever an address pretends


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
class Language:
    """A language that has a published home: where it begins."""

    code: str
    locale_id: int
    url: str
    url_path: str


@dataclass(frozen=True, slots=True)
class Tree:
    """Home in one language, and its published sections."""

    home_id: int
    path: str
    url_path: str
    url: str
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class Frame:
    """Everything around the content of a page, in one language."""

    tree: Tree | None
    languages: tuple[Language, ...]
    details: dict[str, str]
    banners: tuple[RunningBanner, ...]
    root_paths: list[SiteRootPath]


def frame() -> Frame:
    """Return the frame in the reader's language; one cache read, renewed when something in it changes."""
    language = get_supported_content_language_variant(get_language())
    found: Frame | None = cache.get(cache_key(language))
    if found is None:
        found = _frame(language)
        if found.tree:
            cache.set(cache_key(language), found, FIVE_MINUTES)
    return found


def tree() -> Tree | None:
    """Return the tree in the reader's language."""
    return frame().tree


def cache_key(language: str) -> str:
    return f"navigation:frame:{language}"


def page_at(address: str, *, tree: Tree) -> Page | None:
    """Return the published page at ``address`` (as in ``services/meals/``), itself and not only its ``Page`` part."""
    page, rest = nearest_page(address, tree=tree)
    return None if rest else page


def nearest_page(address: str, *, tree: Tree) -> tuple[Page | None, str]:
    """Return the published page deepest on the way to ``address``, and what is left of the way: a route within it."""
    if not address:
        return _home(tree), ""
    slugs = address.strip("/").split("/")[:DEEPEST]
    ways = [tree.url_path + "/".join(slugs[: count + 1]) + "/" for count in range(len(slugs))]
    page = Page.objects.live().filter(slug__in=slugs, url_path__in=ways).annotate(**FACTS).order_by("-depth").first()
    if page is None:
        return None, address
    return _whole(page), address.removeprefix(page.url_path.removeprefix(tree.url_path))


def _home(tree: Tree) -> Page | None:
    homes = HomePage.objects.live().select_related(*HomePage.read_along).annotate(**FACTS)
    home: Page | None = homes.filter(pk=tree.home_id).first()
    return home


def _whole(page: Page) -> Page:
    model = page.specific_class
    if model is None or not issubclass(model, BasePage):
        return page.specific
    found: BasePage = model.objects.select_related(*model.read_along).get(pk=page.pk)
    found.is_any_restricted = page.is_any_restricted
    return found


def site_map(tree: Tree) -> list[tuple[Section, list[Page]]]:
    """Return each section with the public pages right below it; one query."""
    below: dict[str, list[Page]] = {section.path: [] for section in tree.sections}
    depth = len(tree.path) // Page.steplen + 2
    pages = Page.objects.live().filter(unrestricted(), depth=depth, path__startswith=tree.path).order_by("path")
    for page in pages:
        below.get(page.path[: -Page.steplen], []).append(page)
    return [(section, below[section.path]) for section in tree.sections]


def _frame(language: str) -> Frame:
    sites = list(Site.objects.select_related("root_page")[:2])
    details = _details(sites)
    banners = tuple(banners_to_come(language))
    if len(sites) != 1:  # addresses tell pages apart only where there is one site
        return Frame(None, (), details, banners, [])
    homes = sites[0].root_page.get_translations(inclusive=True).live().select_related("locale")
    home = next((home for home in homes if home.locale.language_code == language), None)
    root_paths = Site.get_site_root_paths()
    return Frame(home and _tree(home, language), tuple(_languages(homes)), details, banners, root_paths)


def _details(sites: list[Site]) -> dict[str, str]:
    default = next((site for site in sites if site.is_default_site), sites[0] if sites else None)
    details = SiteDetails.objects.filter(site=default).first() or SiteDetails()
    return {field.name: getattr(details, field.name) for field in SiteDetails.shown_fields()}


def _languages(homes: list[Page]) -> list[Language]:
    # An alias stands in for a translation nobody has written yet.
    order = [code for code, _name in settings.WAGTAIL_CONTENT_LANGUAGES]
    found = []
    for home in sorted(homes, key=lambda home: order.index(home.locale.language_code)):
        if home.alias_of_id is None:
            with override(home.locale.language_code):
                found.append(Language(home.locale.language_code, home.locale_id, home.url, home.url_path))
    return found


def _tree(home: Page, language: str) -> Tree:
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
