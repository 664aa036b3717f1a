"""The header's links and the path back home."""

from typing import Any

from django import template
from django.template.context import RequestContext
from wagtail.models import Page

from website.navigation.queries import Section, sections

register = template.Library()


@register.simple_tag(takes_context=True)
def main_menu(context: RequestContext) -> list[dict[str, Any]]:
    """Return the header's links: ``label``, ``url`` and whether one ``is_here``."""
    path = context["request"].path if "request" in context else ""
    return [
        {"label": section.label, "url": section.url, "is_here": path.startswith(section.url)}
        for section in _sections(context)
        if section.is_in_menu
    ]


@register.simple_tag(takes_context=True)
def section(context: RequestContext, kind: str) -> Section | None:
    """Return the section of this kind (``services``, ``case_studies``, …), if the site has it."""
    return next((section for section in _sections(context) if section.kind == kind), None)


@register.inclusion_tag("components/breadcrumbs.html", takes_context=True)
def breadcrumbs(context: RequestContext, page: Page, *, include_self: bool = False) -> dict[str, Any]:
    """Show the way from home to ``page``; nothing on the home page itself."""
    ancestors = page.get_ancestors(inclusive=include_self).filter(depth__gt=1) if page.depth > 2 else []
    return {
        "crumbs": [{"title": ancestor.title, "url": ancestor.get_url(context.get("request"))} for ancestor in ancestors]
    }


def _sections(context: RequestContext) -> list[Section]:
    # Asked several times a page: the first answer is kept on the request.
    request = context.get("request")
    if request is None:
        return sections()
    if not hasattr(request, "site_sections"):
        request.site_sections = sections()
    found: list[Section] = request.site_sections
    return found
