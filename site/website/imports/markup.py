"""From a web page to plain lines: its main text, and apart from it what stands around."""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import NamedTuple
from urllib.parse import unquote

from website.imports.elements import Tag, tokens_of
from website.imports.lines import PLAIN, Kind, Picture, Role
from website.imports.main_text import Elements, Piece, is_inside_main

_UNSEEN = frozenset(
    {"head", "script", "style", "noscript", "template", "svg", "select", "button", "iframe", "textarea", "a#mark"}
)
_AROUND = frozenset({"nav", "footer", "aside", "form"})
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
    | {"img", "label", "ins", "del", "cite", "q", "time", "ruby", "rb", "o:p"}
)
_VOID = frozenset(
    {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
)
_CLOSED_BY_ITS_LIKE = frozenset(["p", "li", "tr", "td", "th", "option", "dt", "dd"])
_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_START = re.compile(r"\s*(<\?xml|<!doctype html|<html)\b", re.IGNORECASE)
_SPACE = re.compile(r"[ \t\r\n]+")
_NOTE_ID = re.compile(r"(?:foot|end)note-(?!ref)")
_NOTE_MARK = re.compile(r"(?:foot|end)note-ref")
_AROUND_NAME = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|menu|breadcrumbs?|crumbs?|sidebar|side|footer|foot|copyright|share|related|recommend|hot"
    r"|pager?|qrcode|ewm|comments?|ads?|toolbar|links)(?:$|[\s_-])",
    re.IGNORECASE,
)


class PageText(NamedTuple):
    text: str
    navigation: list[str]
    places: list[int]
    roles: dict[int, Role]
    pictures: list[Picture]
    title: str


def looks_like_html(text: str) -> bool:
    """Tell whether a text is the source of a web page, whatever its file is called."""
    return _START.match(text) is not None


def text_of(source: str) -> PageText:
    """Return what a page shows, one block a line, and apart from it what stands in its navigation and footer."""
    page = _Page()
    for token in tokens_of(source):
        if isinstance(token, str):
            page.read(token)
        elif token.is_end:
            page.close(token)
        else:
            page.open(token)
    pieces = list(_with_rows(page.finished()))
    inside = is_inside_main(pieces, page.elements)
    shown = [piece for piece, is_in in zip(pieces, inside, strict=True) if is_in]
    places, number = [], 0
    for is_in in inside:
        if not is_in:
            places.append(number)
        number += is_in
    return PageText(
        "\n".join(piece.text for piece in shown),
        [piece.text for piece, is_in in zip(pieces, inside, strict=True) if not is_in],
        places,
        {at: piece.role for at, piece in enumerate(shown) if piece.role != PLAIN},
        page.pictures,
        page.title,
    )


@dataclass
class _Page:
    elements: Elements = field(default_factory=Elements)
    pictures: list[Picture] = field(default_factory=list)
    title: str = ""
    _pieces: list[Piece] = field(default_factory=list)
    _open: list[tuple[str, bool, int]] = field(default_factory=list)
    _count: Counter[str] = field(default_factory=Counter)
    _unseen: int = 0
    _around: int = 0
    _text: list[str] = field(default_factory=list)
    _linked: int = 0
    _cell: tuple[int, int] | None = None
    _rows: int = 0

    def open(self, tag: Tag) -> None:
        if tag.name == "img":
            self._show(tag)
        if tag.name in _CLOSED_BY_ITS_LIKE and self._open and self._open[-1][0] == tag.name:
            self.close(tag)
        if tag.name not in _INLINE:
            self._break()
        if tag.name in _VOID:
            return
        name, is_around = _alias(tag), tag.name in _AROUND or _is_around(tag)
        self._unseen += name in _UNSEEN
        self._around += is_around
        self._open.append((name, is_around, self.elements.current))
        self._count[name] += 1
        if tag.name not in _INLINE:
            self.elements.enter()
        if name in {"tr", "td", "th"}:
            self._rows += name == "tr"
            self._cell = (self._rows, (self._cell[1] + 1) if self._cell and name != "tr" else 0)

    def close(self, tag: Tag) -> None:
        aliases = {"a": ("a#mark", "a"), "li": ("li#note", "li")}.get(tag.name, (tag.name,))
        if tag.name not in _INLINE:
            self._break()
        if not any(self._count[alias] for alias in aliases):
            return
        while True:
            name, was_around, element = self._open.pop()
            self._count[name] -= 1
            self._unseen -= name in _UNSEEN
            self._around -= was_around
            self.elements.current = element
            if name == "table":
                self._cell = None
            if name in aliases:
                return

    def read(self, text: str) -> None:
        if self._count["title"] and self._count["head"] and not self.title:
            self.title = _SPACE.sub(" ", text).strip()
        if self._unseen:
            return
        self._text.append(_SPACE.sub(" ", text))
        if self._count["a"]:
            self._linked += len(text.strip())

    def finished(self) -> list[Piece]:
        self._break()
        return self._pieces

    def _show(self, tag: Tag) -> None:
        name = PurePosixPath(unquote(tag.attributes.get("src", "")).split("?")[0]).name[:80]
        if self._unseen or self._around or not name:
            return
        self.pictures.append(Picture(name, tag.attributes.get("alt", "").strip()[:255]))
        self._break()
        self._text.append(name)
        self._break(Role(Kind.PICTURE, len(self.pictures) - 1))

    def _break(self, role: Role | None = None) -> None:
        text = "".join(self._text).strip()
        linked, self._linked, self._text = self._linked, 0, []
        if not text:
            return
        if role is None and self._count["li#note"]:
            text = text.rstrip("↑ ")
        cell = self._cell if self._count["table"] and role is None else None
        self._pieces.append(
            Piece(text, role or self._role(), self.elements.current, linked, is_around=self._around > 0, cell=cell)
        )

    def _role(self) -> Role:
        for name, level in _HEADINGS.items():
            if self._count[name]:
                return Role(Kind.HEADING, level)
        if self._count["li#note"]:
            return Role(Kind.NOTE)
        if self._count["blockquote"]:
            return Role(Kind.QUOTE)
        return Role(Kind.ITEM) if self._count["li"] else PLAIN


def _alias(tag: Tag) -> str:
    """Return the tag's name; a footnote and the mark that points to it are told apart from other items and links."""
    marked = tag.attributes.get("id", "")
    if tag.name == "a" and _NOTE_MARK.match(marked):
        return "a#mark"
    return "li#note" if tag.name == "li" and _NOTE_ID.match(marked) else tag.name


def _is_around(tag: Tag) -> bool:
    names = f"{tag.attributes.get('id', '')} {tag.attributes.get('class', '')}"
    is_named = tag.name not in {"body", "html"} and _AROUND_NAME.search(names) is not None
    return is_named or tag.attributes.get("role", "") in {"navigation", "banner", "contentinfo", "search"}


def _with_rows(pieces: list[Piece]) -> Iterator[Piece]:
    """Join the cells of a table of figures to rows; a table that only lays out a page has long or lone cells."""
    at = 0
    while at < len(pieces):
        end = at
        while end < len(pieces) and pieces[end].cell is not None:
            end += 1
        yield from _rows(pieces[at:end]) if end > at else [pieces[at]]
        at = max(end, at + 1)


def _rows(cells: list[Piece]) -> Iterator[Piece]:
    rows: dict[int, dict[int, str]] = {}
    for piece in cells:
        row, column = piece.cell or (0, 0)
        columns = rows.setdefault(row, {})
        columns[column] = f"{columns.get(column, '')}{piece.text}"
    is_data = len(rows) > 1 and max(map(len, rows.values())) > 1 and all(len(piece.text) <= 120 for piece in cells)
    if not is_data:
        yield from cells
        return
    first = {(piece.cell or (0, 0))[0]: piece for piece in reversed(cells)}
    for number, columns in rows.items():
        yield first[number]._replace(text=" | ".join(columns.values()), role=Role(Kind.ROW))
