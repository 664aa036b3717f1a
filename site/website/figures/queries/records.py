"""All figures of the published cases, as plain records: for the page of figures, and for everybody's own programs."""

from collections.abc import Iterator, Mapping
from typing import Any

from django.conf import settings
from django.db.models import F
from wagtail.models import Locale

from website.base.queries import listed
from website.case_studies.models import CaseStudyPage, Figure
from website.case_studies.queries.cases import Labels, rows_and_labels
from website.case_studies.queries.facets import Row
from website.navigation.queries import Tree, tree

FIELDS = ("label", "number", "unit", "year", "origin", "stated_by", "source")
OF_THE_CASE = ("city", "district", "level")

FigureRecord = dict[str, Any]


def figure_records() -> list[FigureRecord]:
    """Return what anybody may read: every figure of the published cases in the reader's language."""
    rows, _labels = figure_rows(locale_id=Locale.get_active().pk)
    return [row.thing for row in rows]


def figure_rows(*, locale_id: int) -> tuple[list[Row[FigureRecord]], Labels]:
    """Return each figure of the published cases, the newest first, with the facets of its case."""
    cases, labels = rows_and_labels(locale_id=locale_id)
    facets = {case.thing: case.values for case in cases}
    published = listed(CaseStudyPage, locale_id=locale_id).values("pk")
    figures = Figure.objects.filter(page__in=published).order_by(
        F("year").desc(nulls_last=True), "label", "page", "sort_order"
    )
    of_cases: dict[int, tuple[FigureRecord, FigureRecord]] = {}
    site, rows = tree(), []
    columns = ("page", "page__title", "page__url_path", *(f"page__{name}" for name in OF_THE_CASE), *FIELDS)
    for page, title, path, city, district, level, *own in figures.values_list(*columns):
        values = facets.get(page, {})
        if page not in of_cases:  # once a case, however many figures it has
            place = {"city": city, "district": district, "level": level}
            of_cases[page] = {"case": title, "url": _address(path, site), **place}, _names(values, labels)
        before, after = of_cases[page]
        rows.append(Row({**before, **dict(zip(FIELDS, own, strict=True)), **after}, values))
    return rows, labels


def records_of_case(case: CaseStudyPage) -> Iterator[FigureRecord]:
    """Return the figures of one case as records."""
    of_case = {name: getattr(case, name) for name in OF_THE_CASE}
    names = {"topics": [topic.name for topic in case.topic_list], "parts": [part.name for part in case.part_list]}
    for figure in case.figures.all():
        own = {name: getattr(figure, name) for name in FIELDS}
        yield {"case": case.title, "url": case.full_url, **of_case, **own, **names}


def _names(values: Mapping[str, tuple[str, ...]], labels: Labels) -> dict[str, list[str]]:
    return {
        "topics": [labels["topic"][value].text for value in values.get("topic", ())],
        "parts": [labels["part"][value].text for value in values.get("part", ())],
    }


def _address(url_path: str, site: Tree | None) -> str:
    # As the tag ``page_address``: within the tree, an address costs no query.
    path = site.url + url_path.removeprefix(site.url_path) if site else url_path
    return f"{settings.BASE_URL.rstrip('/')}{path}"
