"""One case with what it can prove: its numbers, drawn and in a table, and where they come from."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.utils.translation import gettext

from website.case_studies.models import CaseStudyPage, Figure
from webui.charts import Chart, Point, chart_of, is_series

HEADLINES = 4
# Beyond this the smallest bar would be a hair: such numbers are read, not compared.
FURTHEST_APART = 100


def story(case: CaseStudyPage) -> dict[str, Any]:
    """Return what the page of ``case`` shows besides its own fields."""
    figures = list(case.figures.all())
    headlines, drawn = _headlines(figures), _drawn_in_the_text(case)
    return {
        "figures": figures,
        "headlines": headlines,
        "year_of_all": _only_year(headlines),
        "charts": charts_of(figure for figure in figures if figure.label not in drawn),
        "topics": case.topic_list,
        "parts": case.part_list,
        "source_list": case.cited,
    }


def charts_of(figures: Iterable[Figure]) -> list[Chart]:
    """Return what can be drawn: one thing over the years, and things counted in the same unit and not too far apart."""
    series, others = _by_label(figures)
    over_years = [chart_of(points, title=_named(points[0])) for points in series]
    side_by_side = [
        chart_of(points, title=_counted_in(unit)) for unit, points in others.items() if _are_comparable(points)
    ]
    return [chart for chart in (*over_years, *side_by_side) if chart]


def _headlines(figures: list[Figure]) -> list[Figure]:
    """Return the first few things counted, each with its newest number."""
    newest: dict[tuple[str, str], Figure] = {}
    for figure in figures:
        known = newest.setdefault((figure.label, figure.unit), figure)
        if (figure.year or 0) > (known.year or 0):
            newest[figure.label, figure.unit] = figure
    return list(newest.values())[:HEADLINES]


def _drawn_in_the_text(case: CaseStudyPage) -> set[str]:
    """Return what the editor drew where the text speaks of it; it need not be drawn again."""
    blocks = [block.value for block in case.body if block.block_type == "data" and block.value["kind"] != "table"]
    return {label.strip() for value in blocks for label in value["chosen"]}


def _by_label(figures: Iterable[Figure]) -> tuple[list[list[Point]], dict[str, list[Point]]]:
    same: dict[tuple[str, str], list[Point]] = defaultdict(list)
    for figure in figures:
        same[figure.label, figure.unit].append(Point(figure.label, figure.number, figure.unit, figure.year))
    series = [points for points in same.values() if is_series(points)]
    others: dict[str, list[Point]] = defaultdict(list)
    for (_label, unit), points in same.items():
        if not is_series(points):
            others[unit].extend(points)
    return series, others


def _are_comparable(points: list[Point]) -> bool:
    if len(points) < 2 or not points[0].unit:
        return False
    sizes = [abs(point.number) for point in points]
    return max(sizes) <= min(sizes) * FURTHEST_APART


def _named(point: Point) -> str:
    return f"{point.label}（{point.unit}）" if point.unit else point.label


def _counted_in(unit: str) -> str:
    return gettext("以“%(unit)s”计的数字") % {"unit": unit}


def _only_year(figures: list[Figure]) -> str:
    years = {str(figure.year or "") for figure in figures}
    return years.pop() if len(years) == 1 else ""
