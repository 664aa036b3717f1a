"""Small tags of the public pages."""

import re
from decimal import Decimal
from typing import Any

from django import template
from django.utils.text import slugify
from wagtail.blocks import StreamValue
from wagtail.images.models import AbstractRendition

from website.base.models import SiteImage
from website.base.pictures import SHAPES, shown

register = template.Library()

NOT_DIALLED = re.compile(r"[^\d+]")
EXTENSION = re.compile(r"(转|ext\.?|分机).*$", re.IGNORECASE)


@register.inclusion_tag("components/picture.html")
def picture_of(
    image: SiteImage | AbstractRendition, shape: str, css_class: str = "", alt: str | None = None
) -> dict[str, Any]:
    """Show a picture in one of ``SHAPES``; ``alt=""`` where the words beside it say it all."""
    picture = image.image if isinstance(image, AbstractRendition) else image
    cut = SHAPES[shape]
    found = shown(picture, cut)
    found["plain"].image = picture  # what the picture shows here, an editor may have said in its place
    words = found["plain"].alt if alt is None else alt
    return found | {"sizes": cut.sizes, "is_first": cut.is_first, "css_class": css_class, "alt": words}


@register.filter
def lines(text: str) -> list[str]:
    """Split text written one item a line."""
    return [line.strip() for line in text.splitlines() if line.strip()]


@register.filter
def dialled(phone: str) -> str:
    """Return what a telephone dials: ``0571-8800 1234 转 2`` → ``057188001234``."""
    return NOT_DIALLED.sub("", EXTENSION.sub("", str(phone)))


@register.filter
def digits(text: str) -> str:
    """Keep the digits alone: ``某公网安备 33010002000001号`` → ``33010002000001``."""
    return "".join(character for character in text if character.isdigit())


@register.filter
def anchor(heading: str) -> str:
    """Return the id of a heading, for links within the page."""
    return slugify(heading, allow_unicode=True) or "section"


@register.filter
def contents(body: StreamValue) -> list[str]:
    """Return the texts of the second-level headings of a body."""
    return [block.value["text"] for block in body if block.block_type == "heading" and block.value["level"] != "3"]


@register.filter
def plain_number(number: Decimal | int) -> str:
    """Show a number without empty decimals, its thousands apart: ``544000.00`` → ``544,000``."""
    text = f"{number:,f}" if isinstance(number, Decimal) else f"{number:,d}"
    return text.rstrip("0").rstrip(".") if "." in text else text
