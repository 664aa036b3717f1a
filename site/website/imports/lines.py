"""A line of a document: its text, where it came from, and what the file says it is."""

from enum import StrEnum
from typing import NamedTuple, Self


class Kind(StrEnum):
    """What a file itself says of a line, by its markup or style."""

    TEXT = "text"
    HEADING = "heading"
    ITEM = "item"
    QUOTE = "quote"
    ROW = "row"
    NOTE = "note"
    PICTURE = "picture"
    AROUND = "around"


class Role(NamedTuple):
    kind: Kind = Kind.TEXT
    level: int = 0


PLAIN = Role()


class Line(str):
    """Text that knows its place (``key``) and its role; to everything else it is a string."""

    __slots__ = ("key", "role")
    key: str
    role: Role

    @classmethod
    def made(cls, text: str, *, key: str = "", role: Role = PLAIN) -> Self:
        line = cls(text)
        line.key, line.role = key, role
        return line


def as_line(text: str) -> Line:
    """Return a line of which nothing more is known, unless it is one already."""
    return text if isinstance(text, Line) else Line.made(text)


class Picture(NamedTuple):
    """A picture of the document; without ``data`` only its name is known."""

    name: str
    alt: str = ""
    data: bytes = b""
