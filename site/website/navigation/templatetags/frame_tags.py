"""What stands around the content of every page, both halves' alike."""

from urllib.parse import urljoin

from django import template
from django.conf import settings
from django.http import HttpRequest
from django.template.context import RequestContext
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import get_language
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Page

from website.base.models import UNTRANSLATED
from website.navigation.banners import RunningBanner, shown
from website.navigation.queries import Frame, frame
from website.navigation.translations import WORDS, Translation, translations
from website.navigation.views import frame_of

register = template.Library()


@register.simple_tag(takes_context=True)
def site_details(context: RequestContext) -> dict[str, str]:
    """Return who runs the site and how to reach them."""
    return _frame(context).details


@register.simple_tag(takes_context=True)
def running_banners(context: RequestContext) -> list[RunningBanner]:
    """Return the banners this page shows: the city's, its community's, and on the home page all."""
    request: HttpRequest | None = context.get("request")
    page = _page(context)
    return shown(
        _frame(context).banners,
        community=request.GET.get("community", "") if request else "",
        everywhere=page is not None and page.depth == 2,
        now=timezone.now(),
    )


@register.simple_tag(takes_context=True)
def language_switch(context: RequestContext) -> list[Translation]:
    """Return where each language leads from this page; read once a page."""
    request: HttpRequest | None = context.get("request")
    if request is None:
        return []
    if not hasattr(request, "translations"):
        found = translations(request, _frame(context), _page(context), active=_active())
        request.translations = found  # type: ignore[attr-defined]  # ours
    known: list[Translation] = request.translations  # type: ignore[attr-defined]  # ours
    return known


@register.simple_tag(takes_context=True)
def alternates(context: RequestContext) -> list[dict[str, str]]:
    """Return this page's addresses in every language it is published in, for crawlers; nothing where that is one."""
    request: HttpRequest | None = context.get("request")
    same = [each for each in language_switch(context) if each.is_same]
    if request is None or len(same) < 2:
        return []
    addresses = {each.code: urljoin(settings.BASE_URL, request.path if each.is_here else each.url) for each in same}
    found = [{"code": code, "url": url} for code, url in addresses.items()]
    default = addresses.get(settings.LANGUAGE_CODE)
    return [*found, {"code": "x-default", "url": default}] if default else found


@register.simple_tag(takes_context=True)
def arrived_instead(context: RequestContext) -> str:
    """Say, to whoever asked for a page that is not translated yet, that this is not the one."""
    request: HttpRequest | None = context.get("request")
    return WORDS[_active()].arrived if request and UNTRANSLATED in request.GET else ""


@register.simple_tag
def own_share_image() -> str:
    """Return the address of the square picture a page without one of its own is shared with."""
    return urljoin(settings.BASE_URL, static("images/share.png"))


@register.simple_tag
def not_yet_here() -> str:
    """Say, in the reader's language, that this page is not translated yet."""
    return WORDS[_active()].not_yet


def _frame(context: RequestContext) -> Frame:
    request = context.get("request")
    return frame_of(request) if request else frame()


def _page(context: RequestContext) -> Page | None:
    page = context.get("page")
    return page if isinstance(page, Page) else None


def _active() -> str:
    return str(get_supported_content_language_variant(get_language()))
