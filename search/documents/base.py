"""What a document holds, and how fields become plain text."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from wagtail.rich_text import get_text_for_indexing

from search.enums import Kind


@dataclass(frozen=True)
class Content:
    """What one kind adds to what every page has."""

    kind: Kind
    body: str = ""
    facets: dict[str, Any] = field(default_factory=dict)
    date: dt.date | None = None


@dataclass(frozen=True)
class Document:
    """What is written to the index about one published thing."""

    key: str
    kind: Kind
    locale: str
    title: str
    url: str
    summary: str = ""
    body: str = ""
    facets: dict[str, Any] = field(default_factory=dict)
    date: dt.date | None = None


def page_key(pk: int) -> str:
    """A page's key is its number: each language of a page is a page of its own."""
    return f"page:{pk}"


def activity_key(pk: int) -> str:
    return f"activity:{pk}"


def pk_of(key: str) -> int:
    return int(key.rpartition(":")[2])


def joined(*parts: Any) -> str:
    """Return the parts that say something, a line each, without the NUL that PostgreSQL refuses."""
    return "\n".join(text for part in parts if (text := str(part or "").replace("\0", "").strip()))


def stream_text(stream: Any) -> str:
    """Return the plain text of a StreamField, a line for each block."""
    return joined(*stream.stream_block.get_searchable_content(stream)) if stream else ""


def rich_text(html: str) -> str:
    """Return the plain text of a rich-text field."""
    return joined(get_text_for_indexing(html or ""))


def facets(**values: Any) -> dict[str, Any]:
    """Return the facets that have a value."""
    return {name: value for name, value in values.items() if value not in (None, "", [])}


def day_of(*moments: dt.datetime | dt.date | None) -> dt.date | None:
    """Return the day of the first moment there is."""
    for moment in moments:
        if moment:
            return moment.date() if isinstance(moment, dt.datetime) else moment
    return None


def names(things: Iterable[Any]) -> list[str]:
    return [str(thing) for thing in things]
