"""The demo's case studies: four told after real texts, the others of cities that are nowhere."""

from collections.abc import Iterator
from decimal import Decimal
from typing import Any

from wagtail.models import Locale

from config.demo.city import City
from config.demo.content import body, read_folder
from config.demo.pages.pictures import picture
from website.case_studies.models import CaseStudyPage, Figure, Topic
from website.methods.models import MethodPart

FIELDS = ("title", "slug", "summary", "city", "district", "year", "level")


def cases(city: City) -> Iterator[CaseStudyPage]:
    for data in read_folder("cases"):
        drawn = picture(city, data["picture"], title=data["title"], seed=data["slug"], alt=data["picture_alt"])
        page = CaseStudyPage(
            **{name: data[name] for name in FIELDS if name in data},
            problems="\n".join(data.get("problems", ())),
            body=_body(data),
            open_questions="\n".join(data.get("open_questions", ())),
            source_list=[{"type": "source", "value": row} for row in data["sources"]],
            sources="\n".join(data.get("notes", ())),
            listing_image=drawn,
        )
        page.topics = [_topic(name) for name in data["topics"]]
        page.parts = [part for method, names in data.get("parts", {}).items() for part in _parts(method, names)]
        page.figures = [_figure(row, data, order) for order, row in enumerate(data["figures"])]
        yield page


def _body(data: dict[str, Any]) -> list[dict[str, Any]]:
    """Put the charts where the results are told, before what is learnt from them."""
    blocks = body(data["body"])
    lessons = next(place for place, block in enumerate(blocks) if _is_heading(block, "启示"))
    return [*blocks[:lessons], *(_chart(chart) for chart in data.get("charts", ())), *blocks[lessons:]]


def _is_heading(block: dict[str, Any], text: str) -> bool:
    return block["type"] == "heading" and block["value"]["text"] == text


def _figure(row: dict[str, Any], data: dict[str, Any], order: int) -> Figure:
    return Figure(
        number=Decimal(row["number"]),
        unit=row["unit"],
        label=row["label"],
        year=row.get("year") or data.get("figures_year") or data["year"],
        origin=row.get("origin", "stated"),
        stated_by=row.get("stated_by", data["stated_by"]),
        source=row.get("source", data["sources"][0]["name"]),
        locale=Locale.get_default(),
        sort_order=order,
    )


def _chart(row: dict[str, Any]) -> dict[str, Any]:
    value = {"title": row["title"], "kind": row.get("kind", "auto"), "chosen": row["chosen"], "rows": []}
    return {"type": "data", "value": value | {"unit": "", "source": ""}}


def _parts(method: str, names: list[str]) -> Iterator[MethodPart]:
    return (MethodPart.objects.get(page__slug=method, name=name) for name in names)


def _topic(name: str) -> Topic:
    return Topic.objects.get_or_create(name=name, defaults={"slug": name, "locale": Locale.get_default()})[0]
