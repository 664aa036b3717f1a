"""From a web page to plain lines, with the standard library alone."""

import re
from html.parser import HTMLParser
from typing import NamedTuple

_UNSEEN = frozenset({"head", "script", "style", "noscript", "template", "svg", "select", "button", "iframe"})
_AROUND = frozenset({"nav", "footer", "aside"})
_INLINE = frozenset(
    {
        "a",
        "abbr",
        "b",
        "big",
        "code",
        "em",
        "font",
        "i",
        "mark",
        "s",
        "small",
        "span",
        "strong",
        "sub",
        "sup",
        "u",
        "wbr",
    }
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_START = re.compile(r"\s*(<\?xml|<!doctype html|<html)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]+")


class PageText(NamedTuple):
    text: str
    navigation: list[str]


def looks_like_html(text: str) -> bool:
    """Tell whether a text is the source of a web page, whatever its file is called."""
    return _START.match(text) is not None


def text_of(source: str) -> PageText:
    """Return what a page shows, one block a line, and apart from it what stands in its navigation and footer."""
    parser = _Lines()
    parser.feed(source)
    parser.close()
    return PageText(_tidy(parser.shown), [line for line in _tidy(parser.around).splitlines() if line])


class _Lines(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.shown: list[str] = []
        self.around: list[str] = []
        self._open: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._break(tag)
        if tag not in _VOID:
            self._open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        self._break(tag)
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if _UNSEEN.isdisjoint(self._open):
            self._target.append(_SPACE.sub(" ", data))

    @property
    def _target(self) -> list[str]:
        return self.shown if _AROUND.isdisjoint(self._open) else self.around

    def _break(self, tag: str) -> None:
        if tag not in _INLINE:
            self._target.append("\n")


def _tidy(pieces: list[str]) -> str:
    lines = (line.strip() for line in "".join(pieces).split("\n"))
    return "\n".join(line for line in lines if line)
