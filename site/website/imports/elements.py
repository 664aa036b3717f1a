"""Cutting the source of a web page into tags and text, in time that grows with its length alone.

The standard library's parser takes hours over some short hostile pages (an unclosed ``<!`` a hundred thousand times);
this one only ever looks forward, and no further than a tag can be long.
"""

import html
import re
from collections.abc import Iterator
from typing import NamedTuple

from website.imports.errors import DocumentTangledError

MOST_TAGS = 100_000
_LONGEST_LOOK = 20_000
_NAME = re.compile(r"/?([a-zA-Z][a-zA-Z0-9:-]{0,40})")
_ATTRIBUTE = re.compile(r"""([a-zA-Z_:][\w:.-]{0,60})\s{0,8}=\s{0,8}("[^"]*"|'[^']*'|[^\s"'>]+)""")
_RAW = frozenset({"script", "style", "textarea", "title", "noscript", "xmp"})
_WANTED = frozenset({"id", "class", "src", "alt", "role", "hidden"})


class Tag(NamedTuple):
    name: str
    is_end: bool
    attributes: dict[str, str]


def tokens_of(source: str) -> Iterator[Tag | str]:
    """Yield tags and texts in their order; comments, declarations and scripts are passed over.

    Raises:
        DocumentTangledError: there are more tags than any page somebody wrote could have.
    """
    if source.count("<") > MOST_TAGS:
        raise DocumentTangledError
    lowered = source.lower() if len(source.lower()) == len(source) else source
    position, closing = 0, -1
    while (start := source.find("<", position)) >= 0:
        yield html.unescape(source[position:start])
        closing = _find(source, ">", start) if closing < start else closing
        position, tag = _markup_at(source, start, closing)
        if tag is None:
            yield "<" if position == start + 1 else ""
            continue
        yield tag
        if tag.name in _RAW and not tag.is_end:
            end = _find(lowered, f"</{tag.name}", position)
            yield html.unescape(source[position:end]) if tag.name == "title" else ""
            position = end
    yield html.unescape(source[position:])


def _markup_at(source: str, start: int, closing: int) -> tuple[int, Tag | None]:
    """Return where the markup at ``start`` ends, and the tag it is, if it is one; ``closing`` is the next ``>``."""
    if source.startswith("<!--", start):
        return min(_find(source, "-->", start + 4) + 3, len(source)), None
    named = _NAME.match(source, start + 1)
    is_markup = named is not None or source[start + 1 : start + 2] in ("!", "?", "/")
    if not is_markup or closing == len(source):
        return start + 1, None
    if named is None:
        return closing + 1, None
    end = _end_of_tag(source, start, closing)
    inside = source[named.end() : min(end - 1, start + _LONGEST_LOOK)]
    found = ((name.lower(), value.strip("\"'")) for name, value in _ATTRIBUTE.findall(inside))
    attributes = {name: html.unescape(value) for name, value in found if name in _WANTED}
    return end, Tag(named[1].lower(), source[start + 1] == "/", attributes)


def _end_of_tag(source: str, start: int, closing: int) -> int:
    """Return the place behind the tag's ``>``: the first outside quotation marks, else the very first."""
    end = closing
    while source.count('"', start, end) % 2:
        end = source.find(">", end + 1, start + 500)
        if end < 0:
            return closing + 1
    return end + 1


def _find(text: str, wanted: str, position: int) -> int:
    """Return where ``wanted`` comes next, or the end."""
    found = text.find(wanted, position)
    return len(text) if found < 0 else found
