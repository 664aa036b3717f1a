"""What a chart is made of: well-formed, told in words, nothing that the content security policy forbids."""

from decimal import Decimal
from xml.etree import ElementTree as ET

import pytest
from django.template.loader import render_to_string
from django.utils.translation import override

from webui.charts import Chart, Point, bars, chart_of, columns, compact, wrapped

SVG = "{http://www.w3.org/2000/svg}"
CITIES = [
    Point("江城", Decimal(120), "个", 2024),
    Point("云汀", Decimal(60), "个", 2024),
    Point("无", Decimal(0), "个", 2024),
]
YEARS = [Point("车位", Decimal(number), "个", year) for number, year in ((40, 2023), (120, 2025), (86, 2024))]


def drawing(chart: Chart | None) -> ET.Element:
    """Parse the SVG as strictly as an XML parser does."""
    assert chart
    html = render_to_string("components/chart.html", {"chart": chart, "key": "chart-1"})
    return ET.fromstring(html[html.index("<svg") : html.index("</svg>") + len("</svg>")])


def share(element: ET.Element, name: str) -> float:
    return float(element.get(name, "").rstrip("%em"))


def test_drawing_is_an_image_with_a_title_and_a_description():
    svg = drawing(bars(CITIES, title="共享车位"))

    title, words = svg.find(f"{SVG}title"), svg.find(f"{SVG}desc")
    assert title is not None
    assert words is not None
    assert svg.get("role") == "img"
    assert (svg.get("aria-labelledby"), svg.get("aria-describedby")) == (title.get("id"), words.get("id"))
    assert title.text == "共享车位"
    assert words.text == "共 3 个数。最大：江城（2024 年） 120 个；最小：无（2024 年） 0 个。完整数字见下面的表格。"


@pytest.mark.parametrize("chart", [bars(CITIES, title="横"), columns(YEARS, title="竖")])
def test_drawing_has_no_style_and_no_script(chart):
    elements = list(drawing(chart).iter())

    assert not [element for element in elements if element.get("style") is not None]
    assert {element.tag.removeprefix(SVG) for element in elements} <= {
        "svg",
        "title",
        "desc",
        "g",
        "text",
        "rect",
        "line",
    }


def test_words_are_escaped():
    chart = bars([Point("<b>&", Decimal(1)), Point('"二"', Decimal(2))], title="</svg><script>")

    svg = drawing(chart)

    assert svg.find(f"{SVG}title").text == "</svg><script>"
    assert "<b>&" in [text.text for text in svg.iter(f"{SVG}text")]


def test_bars_are_as_long_as_their_numbers():
    widths = [share(bar, "width") for bar in drawing(bars(CITIES, title="")).iter(f"{SVG}rect")]

    assert widths == [70, 35, 0.5]


def test_bars_of_losses_run_the_other_way():
    gain, loss = drawing(bars([Point("升", Decimal(10)), Point("降", Decimal(-30))], title="")).iter(f"{SVG}rect")

    assert share(loss, "x") == 0
    assert share(gain, "x") == share(loss, "width") == 52.5


def test_columns_stand_in_the_order_of_their_years():
    svg = drawing(columns(YEARS, title=""))

    assert [text.text for text in svg.iter(f"{SVG}text")] == ["2023", "40", "2024", "86", "2025", "120"]
    assert [share(bar, "height") for bar in svg.iter(f"{SVG}rect")] == [3, 6.45, 9]


def test_many_columns_name_only_the_ends_and_the_highest():
    years = [Point("件", Decimal(9 if year == 2015 else 1), "", year) for year in range(2010, 2026)]

    texts = [text.text for text in drawing(columns(years, title="")).iter(f"{SVG}text") if text.text]

    assert texts == ["2010", "1", "2015", "9", "2025", "1"]


@pytest.mark.parametrize(("points", "kind"), [(YEARS, "columns"), (CITIES, "bars"), ([*YEARS, CITIES[0]], "bars")])
def test_one_thing_over_years_is_columns_and_all_else_is_bars(points, kind):
    assert chart_of(points, title="").kind == kind


@pytest.mark.parametrize("points", [[], CITIES[:1], CITIES * 9])
def test_nothing_is_drawn_of_one_number_nor_of_a_crowd(points):
    assert chart_of(points, title="") is None


@pytest.mark.parametrize(
    ("number", "unit", "text"),
    [
        ("1700000", "名", "170 万名"),
        ("1590000000", "元", "15.9 亿元"),
        ("30085", "个", "30,085 个"),
        ("95.80", "%", "95.8%"),
        ("-0.5", "", "-0.5"),
    ],
)
def test_numbers_are_short_enough_for_a_drawing(number, unit, text):
    assert compact(Decimal(number), unit) == text


def test_other_languages_count_without_myriads():
    with override("en"):
        assert compact(Decimal(1_700_000), "") == "1,700,000"


@pytest.mark.parametrize(
    ("label", "lines"),
    [
        ("短", ("短",)),
        ("一" * 20, ("一" * 16, "一" * 4)),
        ("一" * 80, ("一" * 16, "一" * 15 + "…")),
        ("一" * 15 + "36.28 万", ("一" * 15, "36.28 万")),
        ("1" * 40, ("1" * 29, "1" * 11)),
        ("letters are narrower", ("letters are narrower",)),
    ],
)
def test_labels_take_two_lines_at_most(label, lines):
    assert wrapped(label) == lines
