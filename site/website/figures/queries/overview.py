"""The page of figures: what is shown of them, and the same thing side by side in several cities."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from website.case_studies.enums import FigureOrigin
from website.case_studies.queries.facets import Label, Question, Row, Selection, address_without
from website.figures.queries.records import FigureRecord, figure_rows
from webui.charts import Chart, Point, bars, chart_of
from webui.pagination import page_of

QUESTIONS = (
    Question("measure", _("比较什么"), _("不比较")),
    Question("city", _("城市"), _("全部城市")),
    Question("year", _("年份"), _("全部年份")),
    Question("unit", _("单位"), _("全部单位")),
    Question("part", _("工作法"), _("全部工作法")),
    Question("topic", _("主题"), _("全部主题")),
    Question("origin", _("怎么来的"), _("全部")),
)
FROM_THE_CASE = ("city", "part", "topic")
PAGE_SIZE = 50
LONGEST_WORDS = 80
MOST_PLACES = 24
MOST_ROWS = 60

Labels = dict[str, dict[str, Label]]


@dataclass(frozen=True, slots=True)
class Place:
    """One case's numbers, under the name of its city: a cell for each year, empty where it has none."""

    name: str
    cells: tuple[FigureRecord | None, ...]

    @property
    def newest(self) -> FigureRecord:
        return next(figure for figure in reversed(self.cells) if figure)


@dataclass(frozen=True, slots=True)
class Comparison:
    """One thing in several places: drawn with each place's newest number, and beneath it every year there is."""

    measure: str
    unit: str
    chart: Chart | None
    years: tuple[int, ...]
    places: tuple[Place, ...]
    more: int = 0  # places that are only in the file


def overview(request: HttpRequest, *, locale_id: int) -> dict[str, Any]:
    """Return the figures that answer what ``request`` asks, a page of them, and what can be compared."""
    chosen = selection(request, locale_id=locale_id)
    figures = chosen.things()
    facets = {facet.name: facet for facet in chosen.facets()}
    measures = facets.pop("measure")
    query = request.GET.copy()
    query.pop("page", None)
    return {
        "figures": page_of(request, figures, size=PAGE_SIZE),
        "cities": len({figure["city"] for figure in figures if figure["city"]}),
        "facets": list(facets.values()),
        "measures": measures,
        "comparisons": comparisons(figures) if "measure" in chosen.chosen else [],
        "chips": chosen.chips(request),
        "words": words_of(request),
        "address_without_words": address_without(request, "q"),
        "is_filtered": bool(chosen.chosen or words_of(request)),
        "asked": f"?{query.urlencode()}" if query else "",
    }


def selection(request: HttpRequest, *, locale_id: int) -> Selection[FigureRecord]:
    """Return the figures with the reader's words in them, and what is chosen among their facets."""
    rows, labels_of_cases = figure_rows(locale_id=locale_id)
    words = words_of(request).casefold().split()
    found = [row for row in rows if all(word in _text(row.thing) for word in words)]
    labels: Labels = defaultdict(dict) | {name: labels_of_cases[name] for name in FROM_THE_CASE}
    places = _cities_by_measure(row.thing for row in rows)
    return Selection.asked(request, [_row(row, labels, places) for row in found], labels, QUESTIONS)


def words_of(request: HttpRequest) -> str:
    """Return the words the reader looks for."""
    return request.GET.get("q", "").replace("\0", "").strip()[:LONGEST_WORDS]


def comparisons(figures: list[FigureRecord]) -> list[Comparison]:
    """Return one thing side by side in its cities; counted in two units, it is two comparisons."""
    groups: dict[tuple[str, str], list[FigureRecord]] = defaultdict(list)
    for figure in figures:
        if figure["city"] and figure["year"]:
            groups[figure["label"], figure["unit"]].append(figure)
    return [_comparison(measure, unit, group) for (measure, unit), group in groups.items()]


def _comparison(measure: str, unit: str, figures: list[FigureRecord]) -> Comparison:
    years = tuple(sorted({figure["year"] for figure in figures}))
    cells = {(figure["url"], figure["year"]): figure for figure in reversed(figures)}
    cases = {figure["url"]: name for figure, name in zip(figures, _names(figures), strict=True)}
    places = [Place(name, tuple(cells.get((url, year)) for year in years)) for url, name in cases.items()]
    places.sort(key=lambda place: place.name)
    drawing = _drawing(measure, unit, places)
    return Comparison(measure, unit, drawing, years, tuple(places[:MOST_ROWS]), more=max(0, len(places) - MOST_ROWS))


def _names(figures: list[FigureRecord]) -> list[str]:
    """Return whose number each is: the city, and where a city has several cases, the district or the case, too."""
    cases: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        for name in (figure["city"], f"{figure['city']}{figure['district']}"):
            cases[name].add(figure["url"])
    return [_name(figure, cases) for figure in figures]


def _name(figure: FigureRecord, cases: dict[str, set[str]]) -> str:
    city, district = figure["city"], f"{figure['city']}{figure['district']}"
    if len(cases[city]) == 1:
        return str(city)
    return district if len(cases[district]) == 1 else f"{district} · {figure['case']}"


def _drawing(measure: str, unit: str, places: list[Place]) -> Chart | None:
    name = f"{measure}（{unit}）" if unit else measure
    if len(places) == 1:
        years = [figure for figure in places[0].cells if figure]
        return chart_of([Point(measure, figure["number"], unit, figure["year"]) for figure in years], title=name)
    points = [Point(place.name, place.newest["number"], unit, place.newest["year"]) for place in places]
    points = sorted(points, key=lambda point: -point.number)[:MOST_PLACES]
    return bars(points, title=gettext("%(measure)s，各地最近一年") % {"measure": name})


def _row(row: Row[FigureRecord], labels: Labels, places: dict[str, set[str]]) -> Row[FigureRecord]:
    figure = row.thing
    values = {name: row.values.get(name, ()) for name in FROM_THE_CASE}
    for name in ("unit", "year", "origin"):
        if figure[name]:
            value = str(figure[name])
            if value not in labels[name]:
                labels[name][value] = _label(name, figure[name])
            values[name] = (value,)
    if len(places[figure["label"]]) > 1:
        labels["measure"][figure["label"]] = Label(figure["label"])
        values["measure"] = (figure["label"],)
    return Row(figure, values)


def _label(name: str, value: Any) -> Label:
    if name == "year":
        return Label(gettext("%(year)d 年") % {"year": value}, order=("", -value))
    return Label(str(FigureOrigin(value).label) if name == "origin" else value)


def _cities_by_measure(figures: Any) -> dict[str, set[str]]:
    places: dict[str, set[str]] = defaultdict(set)
    for figure in figures:
        if figure["city"]:
            places[figure["label"]].add(figure["city"])
    return places


def _text(figure: FigureRecord) -> str:
    return f"{figure['label']} {figure['case']} {figure['city']} {figure['unit']}".casefold()
