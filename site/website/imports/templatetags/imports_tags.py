import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from website.imports.characters import LOST

register = template.Library()
_LOST_RUN = re.compile(f"{LOST}+")


@register.filter
def lost_marked(text: str) -> SafeString:
    """Return the text with its lost characters highlighted."""
    return mark_safe(_LOST_RUN.sub(lambda run: f"<mark>{run[0]}</mark>", escape(text)))  # noqa: S308 -- escaped here
