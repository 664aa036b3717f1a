"""A page as its reader meets it: its pieces of text, its links and its pictures, each with the place it stands at."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bs4 import BeautifulSoup
from django.db import models
from modelcluster.models import get_all_child_relations
from wagtail import blocks
from wagtail.fields import StreamField
from wagtail.images.models import AbstractImage
from wagtail.models import Page

from website.editing.enums import PieceKind
from website.services.facts import channels_of, facts_of, spots_of
from website.services.models import ServicePage

READ = StreamField | models.BooleanField | models.DateField | models.IntegerField | models.CharField | models.TextField
NOT_FOR_READERS = frozenset({"slug", "draft_title", "url_path", "locale", "seo_title", "translation_key", "path"})


@dataclass(frozen=True)
class Piece:
    """One text. ``path`` is what Wagtail calls its content path: the field, then the block."""

    path: str
    text: str
    kind: PieceKind = PieceKind.FIELD
    level: int = 0
    links: tuple[str, ...] = ()


@dataclass(frozen=True)
class Shown:
    """One picture where a page shows it."""

    path: str
    title: str
    alt: str
    is_decorative: bool = False
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Reading:
    """What the checks know of a page. ``values`` holds its simple fields, ``rows`` how many lines each table has."""

    kind: str = ""
    language: str = "zh-hans"
    title: str = ""
    pieces: tuple[Piece, ...] = ()
    pictures: tuple[Shown, ...] = ()
    values: Mapping[str, Any] = field(default_factory=dict)
    rows: Mapping[str, int] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return "\n".join([self.title, *(piece.text for piece in self.pieces)])

    @property
    def headings(self) -> list[Piece]:
        return [piece for piece in self.pieces if piece.kind == PieceKind.HEADING]


def read(page: Page) -> Reading:
    """Return what ``page``, as it is in memory, says and shows."""
    found: list[Piece | Shown] = []
    values: dict[str, Any] = {}
    rows: dict[str, int] = {}
    for name in _own_fields(type(page)):
        value = getattr(page, name)
        if isinstance(value, blocks.StreamValue):
            found += _of_stream(value, path=name)
            rows[name] = len(value)
        elif isinstance(value, AbstractImage):
            # A list picture stands beside the title it goes with; whether it is described, the pile of pictures asks.
            found.append(Shown(name, value.title, value.description, True, value.width or 0, value.height or 0))
        else:
            values[name] = value
            is_text = isinstance(value, str) and name != "title" and not page._meta.get_field(name).choices
            found += [Piece(name, value)] if is_text and value else []
    for relation in get_all_child_relations(type(page)):
        name = relation.get_accessor_name()
        children = list(getattr(page, name).all())
        rows[name] = len(children)
        found += [piece for child in children for piece in _of_child(child, path=name)]
    return Reading(
        kind=page._meta.label_lower,
        language=page.locale.language_code if page.locale_id else "zh-hans",
        title=page.title,
        pieces=tuple(item for item in found if isinstance(item, Piece)),
        pictures=tuple(item for item in found if isinstance(item, Shown)),
        values=values | _said_elsewhere(page),
        rows=rows,
    )


def _said_elsewhere(page: Page) -> dict[str, Any]:
    """Return what a service need not say itself, since the item above it or each of its places does."""
    if not isinstance(page, ServicePage):
        return {}
    facts, spots = facts_of(page), spots_of(page)
    for name in ("hours", "phone", "place"):
        if not facts[name] and spots and all(getattr(spot, name) for spot in spots):
            facts[name] = getattr(spots[0], name)
    return facts | {channel.value: True for channel in channels_of(page)}


def _own_fields(model: type[Page]) -> list[str]:
    """Return the fields editors fill in, in the order of the model: no keys, no book-keeping of Wagtail's own."""
    book_keeping = {each.name for each in Page._meta.get_fields()} - {"title", "search_description"}
    return [
        each.name
        for each in model._meta.concrete_fields
        if each.name not in book_keeping | NOT_FOR_READERS and _is_for_readers(each)
    ]


def _is_for_readers(each: models.Field) -> bool:
    if isinstance(each, models.ForeignKey):
        return isinstance(each.related_model, type) and issubclass(each.related_model, AbstractImage)
    return not each.primary_key and isinstance(each, READ)


def _of_child(child: models.Model, *, path: str) -> Iterator[Piece]:
    for each in child._meta.concrete_fields:
        is_text = isinstance(each, models.CharField | models.TextField) and not each.choices
        if is_text and (text := getattr(child, each.name)):
            yield Piece(path if "phone" not in each.name else f"{path}.{each.name}", text)


def _of_stream(value: Any, *, path: str) -> Iterator[Piece | Shown]:
    for child in value:
        # The editor opens fields and whole blocks; what stands deeper is shown by the block it stands in.
        place = path if "." in path else f"{path}.{child.id}"
        if child.block_type == "heading":
            yield Piece(place, child.value["text"], PieceKind.HEADING, level=int(child.value["level"] or 0))
        else:
            yield from _of_block(child.block, child.value, path=place)


def _of_block(block: Any, value: Any, *, path: str, kind: PieceKind = PieceKind.PARAGRAPH) -> Iterator[Piece | Shown]:
    if isinstance(value, AbstractImage):
        yield _shown(value, path=path, alt=getattr(value, "contextual_alt_text", None))
    elif isinstance(block, blocks.StreamBlock):
        yield from _of_stream(value or (), path=path)
    elif isinstance(block, blocks.ListBlock | blocks.StructBlock):
        kind = PieceKind.QUOTE if block.name == "quote" else kind
        for child, inner in _inside(block, value):
            yield from _of_block(child, inner, path=path, kind=kind)
    elif isinstance(block, blocks.RichTextBlock):
        yield _rich(value.source if value else "", path=path)
    elif isinstance(value, str) and value and not isinstance(block, blocks.ChoiceBlock):
        yield Piece(path, value, kind)


def _inside(block: Any, value: Any) -> list[tuple[Any, Any]]:
    if isinstance(block, blocks.ListBlock):
        return [(block.child_block, item) for item in value or ()]
    return [(child, value.get(name)) for name, child in block.child_blocks.items()] if value else []


def _rich(source: str, *, path: str) -> Piece:
    soup = BeautifulSoup(source, "html.parser")
    links = tuple(link.get_text(strip=True) for link in soup.find_all("a"))
    return Piece(path, soup.get_text("\n", strip=True), PieceKind.PARAGRAPH, links=links)


def _shown(image: AbstractImage, *, path: str, alt: str | None) -> Shown:
    is_decorative = bool(getattr(image, "decorative", False))
    return Shown(path, image.title, alt or "", is_decorative, image.width or 0, image.height or 0)
