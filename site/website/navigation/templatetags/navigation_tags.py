"""The header's links and the path back home."""

from typing import Any

from django import template
from django.http import HttpRequest
from django.template.context import RequestContext
from django.urls import reverse
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from wagtail.models import Page

from website.base.structured_data import as_script, breadcrumb_list
from website.navigation.queries import Section, Tree, tree
from website.navigation.views import tree_of

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: RequestContext) -> list[dict[str, Any]]:
    """Return the header's links: ``label``, ``url`` and whether one ``is_here``."""
    request: HttpRequest | None = context.get("request")
    path = request.path if request else ""
    return [
        {"label": section.label, "url": section.url, "is_here": path.startswith(section.url)}
        for section in _sections(context)
        if section.is_in_menu
    ]


@register.simple_tag(takes_context=True)
def footer_links(context: RequestContext) -> list[Section]:
    """Return the sections the header leaves out, and that have no standing link."""
    standing = {link["url"] for link in standing_links()}
    return [section for section in _sections(context) if not section.is_in_menu and section.url not in standing]


@register.simple_tag(takes_context=True)
def all_sections(context: RequestContext) -> tuple[Section, ...]:
    """Return every section of the site."""
    return _sections(context)


@register.simple_tag
def standing_links() -> list[dict[str, str]]:
    """Return the links every page has, whether or not an editor has written the page behind them."""
    return [
        {"label": gettext("隐私和 Cookie"), "url": reverse("standing_page", args=["privacy"])},
        {"label": gettext("无障碍"), "url": reverse("standing_page", args=["accessibility"])},
    ]


@register.simple_tag(takes_context=True)
def home_address(context: RequestContext) -> str:
    """Return where home is in this language."""
    found = _tree(context)
    return found.url if found else "/"


@register.simple_tag(takes_context=True)
def section(context: RequestContext, kind: str) -> Section | None:
    """Return the section of this kind (``services``, ``case_studies``, …), if the site has it."""
    return next((section for section in _sections(context) if section.kind == kind), None)


@register.simple_tag(takes_context=True)
def page_address(context: RequestContext, page: Page) -> str:
    """Return where ``page`` is; within the tree this costs no query."""
    found = _tree(context)
    if found and page.url_path.startswith(found.url_path):
        return found.url + page.url_path.removeprefix(found.url_path)
    return page.get_url(context.get("request")) or ""


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: RequestContext, page: Page, *, include_self: bool = False) -> dict[str, Any]:
    """Show the way from home to ``page``; nothing on the home page itself."""
    return {"crumbs": way_to(context, page, include_self=include_self)}


@register.simple_tag(takes_context=True)
def structured_data(context: RequestContext, page: Page) -> SafeString:
    """Return what machines read of ``page``: where it stands, and what it is about."""
    crumbs = way_to(context, page, include_self=False)
    way = [(crumb["title"] or gettext("首页"), crumb["url"]) for crumb in crumbs]
    about = page.structured_data()
    parts = [about] if about else []
    if way:
        parts.append(breadcrumb_list([*way, (page.title, page_address(context, page))]))
    return SafeString("".join(as_script(part) for part in parts))


def way_to(context: RequestContext, page: Page, *, include_self: bool) -> list[dict[str, str]]:
    """Return the steps from home to ``page``, read once a page."""
    if page.depth < 3:
        return []
    known: dict[bool, list[dict[str, str]]] = page.__dict__.setdefault("known_ways", {})
    if include_self not in known:
        nearest = page.path if include_self else page.path[: -page.steplen]
        found = _tree(context)
        steps = (found and _known_way(found, nearest)) or _way(context, page, include_self=include_self)
        known[include_self] = steps
    return known[include_self]


def _known_way(tree: Tree, nearest: str) -> list[dict[str, str]]:
    home = {"title": "", "url": tree.url}
    if nearest == tree.path:
        return [home]
    section = next((each for each in tree.sections if each.path == nearest), None)
    return [home, {"title": section.title, "url": section.url}] if section else []


def _way(context: RequestContext, page: Page, *, include_self: bool) -> list[dict[str, str]]:
    ancestors = page.get_ancestors(inclusive=include_self).filter(depth__gt=1)
    return [{"title": ancestor.title, "url": page_address(context, ancestor)} for ancestor in ancestors]


def _sections(context: RequestContext) -> tuple[Section, ...]:
    found = _tree(context)
    return found.sections if found else ()


def _tree(context: RequestContext) -> Tree | None:
    request = context.get("request")
    return tree_of(request) if request else tree()
