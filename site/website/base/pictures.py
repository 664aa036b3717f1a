"""Which sizes and formats each picture of a page comes in, and what a browser is told about them.

Sizes are made in the background when a picture is saved. Until they are there, a page shows one plain size, which is
made at once; so the first reader never waits for a modern format, which takes a computer a hundred times as long.
"""

from dataclasses import dataclass
from typing import Any

from wagtail.images.models import AbstractRendition, Filter

FORMATS = {"avif": "image/avif", "webp": "image/webp"}
PLAIN = "jpeg"


@dataclass(frozen=True, slots=True)
class Shape:
    """How a picture is cut, in which sizes it is made, and how wide it will be shown."""

    cuts: tuple[str, ...]
    sizes: str
    is_first: bool = False  # shown at once, above everything else

    def specs(self, format_: str) -> list[str]:
        return [f"{cut}|format-{format_}" for cut in self.cuts]


SHAPES = {
    "card": Shape(("fill-320x180", "fill-640x360"), "(min-width: 42rem) 21rem, calc(100vw - 2rem)"),
    "square": Shape(("fill-240x240", "fill-480x480"), "(min-width: 32rem) 13rem, 10rem"),
    "hero": Shape(("width-640", "width-1200"), "(min-width: 70rem) 68rem, calc(100vw - 2rem)", is_first=True),
    "body": Shape(("width-640", "width-1200"), "(min-width: 46rem) 44rem, calc(100vw - 2rem)"),
}
SHARE = f"fill-1200x630|format-{PLAIN}"
LISTED = ("card", "square")

Source = dict[str, str]


def specs(*shapes: str) -> list[str]:
    """Return every size these shapes come in, each once."""
    found = [spec for name in shapes for format_ in (*FORMATS, PLAIN) for spec in SHAPES[name].specs(format_)]
    return list(dict.fromkeys(found))


def every_spec() -> list[str]:
    return [*specs(*SHAPES), SHARE]


def shown(image: Any, shape: Shape) -> dict[str, Any]:
    """Return what ``components/picture.html`` shows: the modern formats that are all there, and a plain size."""
    wanted = {format_: [Filter(spec) for spec in shape.specs(format_)] for format_ in (*FORMATS, PLAIN)}
    there = image.find_existing_renditions(*(each for filters in wanted.values() for each in filters))
    sources = [
        {"type": FORMATS[format_], "srcset": _srcset([there[each] for each in wanted[format_]])}
        for format_ in FORMATS
        if all(each in there for each in wanted[format_])
    ]
    plain = [there[each] for each in wanted[PLAIN] if each in there] or [image.get_rendition(wanted[PLAIN][-1])]
    return {"sources": sources, "plain": plain[-1], "srcset": _srcset(plain) if len(plain) > 1 else ""}


def _srcset(renditions: list[AbstractRendition]) -> str:
    widths = {rendition.width: rendition.url for rendition in renditions}
    return ", ".join(f"{url} {width}w" for width, url in widths.items())
