"""What the desk's templates ask."""

from django import template
from wagtail.models import Page

from website.editing import queries
from website.editing.checks import Remark

register = template.Library()


@register.simple_tag
def remarks_on_page(page: Page | None) -> list[Remark]:
    """Return what our checks have to say about ``page`` as it is in memory; nothing before it is first saved."""
    return queries.remarks(page) if isinstance(page, Page) and page.pk else []


@register.filter
def anchor(remark: Remark) -> str:
    """Return where in the form the remark is about: a block of the body, or a field."""
    field, _dot, block = remark.path.partition(".")
    return f"block-{block}-section" if block else f"id_{field}"
