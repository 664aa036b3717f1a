"""From a draft's blocks to a page that is not saved yet."""

import json
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from typing import Any, NamedTuple

from django.utils import timezone
from wagtail.models import Locale, Page

from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Figure, Topic
from website.imports.characters import LOST
from website.imports.report import FigureProposal
from website.imports.structure import Block, Heading, ItemList, Quote
from website.notices.models import NoticeIndexPage, NoticePage
from website.pages.models import ContentPage
from website.people.models import PeopleIndexPage, PersonPage

_CENT = Decimal("0.01")
_LARGEST = Decimal(10) ** 14
_LONGEST_SOURCE = Figure._meta.get_field("source").max_length
_LONGEST_HEADING, _LONGEST_SPEAKER = 120, 80


class Fields(NamedTuple):
    """What a page says of itself besides its body."""

    title: str
    summary: str = ""
    city: str = ""
    district: str = ""
    year: int | None = None
    level: str = ""
    topics: Sequence[Topic] = ()
    sources: str = ""


class Placed(NamedTuple):
    """A picture of the site's, and the line of the document where it stood."""

    image_id: int
    alt: str
    key: str


def page_for(
    parent: Page, fields: Fields, *, blocks: Sequence[Block], figures: Sequence[Figure], pictures: Sequence[Placed] = ()
) -> Page:
    """Return a draft fit to stand below ``parent``: a case study, a person, a notice, or a plain page."""
    body = json.dumps(raw_body(blocks, pictures), ensure_ascii=False)
    common: dict[str, Any] = {
        "title": fields.title,
        "summary": fields.summary,
        "locale": parent.locale,
        "live": False,
        "has_unpublished_changes": True,
        "body": body,
    }
    if isinstance(parent, PeopleIndexPage):
        return PersonPage(**common, place=fields.city + fields.district, sources=fields.sources)
    if isinstance(parent, NoticeIndexPage):
        return NoticePage(**common, starts_on=timezone.localdate())
    if not isinstance(parent, CaseStudyIndexPage):
        return ContentPage(**common)
    page = CaseStudyPage(
        **common,
        city=fields.city,
        district=fields.district,
        year=fields.year,
        level=fields.level,
        sources=fields.sources,
        lost_characters=fields.title.count(LOST) + body.count(LOST),
    )
    page.figures = list(figures)
    page.topics = list(fields.topics)
    return page


def raw_body(blocks: Sequence[Block], pictures: Sequence[Placed] = ()) -> list[dict[str, Any]]:
    """Return blocks as a page's body stores them, each picture behind the last block that stood above it."""
    waiting = sorted(pictures, key=lambda picture: _number(picture.key))
    body: list[dict[str, Any]] = []
    for block in blocks:
        while waiting and _number(waiting[0].key) < _number(_key_of(block)):
            body.append(_raw_picture(waiting.pop(0)))
        body.append(_raw(block))
    return [*body, *map(_raw_picture, waiting)]


def figure_of(proposal: FigureProposal, *, locale: Locale) -> Figure:
    """Return a proposed number as a page keeps it."""
    return Figure(
        number=proposal.number,
        unit=proposal.unit,
        label=proposal.label,
        year=proposal.year,
        source=short_source(proposal),
        locale=locale,
    )


def short_source(proposal: FigureProposal) -> str:
    """Return the sentence; of one too long for the field, the part around what is counted."""
    sentence = proposal.sentence
    if len(sentence) <= _LONGEST_SOURCE:
        return sentence
    start = max(0, sentence.find(proposal.label) - _LONGEST_SOURCE // 2)
    return f"…{sentence[start : start + _LONGEST_SOURCE - 2]}…"


def fits(number: Decimal) -> bool:
    """Tell whether the database keeps ``number`` exactly; one that would be rounded is left to the text."""
    return abs(number) < _LARGEST and number == number.quantize(_CENT)


def _raw(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"type": "heading", "value": {"level": str(block.level), "text": block.text[:_LONGEST_HEADING]}}
    if isinstance(block, ItemList):
        return {"type": "list", "value": [{"type": "item", "value": item} for item in block.items]}
    if isinstance(block, Quote):
        return {"type": "quote", "value": {"text": block.text, "said_by": block.said_by[:_LONGEST_SPEAKER]}}
    return {"type": "paragraph", "value": f"<p>{escape(block.text)}</p>"}


def _raw_picture(picture: Placed) -> dict[str, Any]:
    image = {"image": picture.image_id, "alt_text": picture.alt, "decorative": False}
    return {"type": "picture", "value": {"image": image, "caption": ""}}


def _key_of(block: Block) -> str:
    return (block.keys[0] if block.keys else "") if isinstance(block, ItemList) else block.key


def _number(key: str) -> int:
    return int(key) if key.isdigit() else 0
