"""数说: all figures, found, narrowed, compared, taken away."""

import csv
import json
import sys
from html import unescape
from io import StringIO
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.factories.case_library import FigureIndexPageFactory, MethodPartFactory
from tests.factories.website import CaseStudyIndexPageFactory, CaseStudyPageFactory, FigureFactory, TopicFactory
from website.case_studies.models import CaseStudyIndexPage
from website.figures.models import FigureIndexPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def index() -> FigureIndexPage:
    return FigureIndexPageFactory()


@pytest.fixture
def library() -> CaseStudyIndexPage:
    return CaseStudyIndexPageFactory()


def ask(client: Client, index: FigureIndexPage, route: str = "", **questions: str):
    response = client.get(f"{index.url}{route}?{urlencode(questions)}")
    assert response.status_code == 200
    return response


def labels(response) -> list[str]:
    return [figure["label"] for figure in response.context["figures"]]


def count(library, city: str, label: str, number: float, **fields):
    place = {"city": city, "district": fields.pop("district", "")}
    return FigureFactory(page=CaseStudyPageFactory(parent=library, **place), label=label, number=number, **fields)


def test_each_question_narrows_the_list(client, index, library):
    topic, part = TopicFactory(slug="parking"), MethodPartFactory()
    found = count(library, "云汀市", "共享车位", 40, unit="个", year=2025, origin="counted")
    found.page.topics.add(topic)
    found.page.parts.add(part)
    found.page.save()
    count(library, "江城市", "满意度", 90, unit="%", year=2024)

    for question in (
        {"q": "车位"},
        {"q": "云汀 共享"},
        {"city": "云汀市"},
        {"unit": "个"},
        {"year": "2025"},
        {"origin": "counted"},
        {"topic": "parking"},
        {"part": f"{part.page.slug}.{part.slug}"},
        {"q": "车", "year": "2025", "unit": "个"},
    ):
        response = ask(client, index, **question)
        assert labels(response) == ["共享车位"], question
        assert "1 个数字，来自 1 个城市" in response.content.decode()


def test_cities_stand_side_by_side_in_chart_and_table(client, index, library):
    count(library, "云汀市", "满意度", 88, unit="%", year=2024)
    count(library, "江城市", "满意度", 90, unit="%", year=2023)
    FigureFactory(page=library.get_children().first().specific, label="满意度", number=92, unit="%", year=2025)

    response = ask(client, index, measure="满意度")

    (comparison,) = response.context["comparisons"]
    assert comparison.years == (2023, 2024, 2025)
    table = {place.name: [cell and int(cell["number"]) for cell in place.cells] for place in comparison.places}
    assert table == {"云汀市": [None, 88, 92], "江城市": [90, None, None]}
    assert [mark.label for mark in comparison.chart.marks] == ["云汀市（2025 年）", "江城市（2023 年）"]
    html = response.content.decode()
    assert html.index("<svg") < html.index("各城市、各年份") < html.index("各地的算法可能不同")


def test_two_cases_of_one_city_are_two_places_and_none_is_lost(client, index, library):
    for district, number in (("汀南区", 88), ("汀北区", 91)):
        count(library, "云汀市", "满意度", number, district=district, year=2024)
    count(library, "江城市", "满意度", 90, year=2024)
    for number in (1, 2):
        count(library, "澄湖市", "满意度", number, district="湖东区", year=2024)

    (comparison,) = ask(client, index, measure="满意度").context["comparisons"]

    names = [place.name for place in comparison.places]
    assert {"云汀市汀南区", "云汀市汀北区", "江城市"} < set(names)
    assert len(set(names)) == len(names) == 5


def test_long_comparison_says_how_many_places_are_only_in_the_file(client, index, library, monkeypatch):
    monkeypatch.setattr(sys.modules["website.figures.queries.overview"], "MOST_ROWS", 2)
    for number in range(5):
        count(library, f"城{number}", "满意度", 90)

    response = ask(client, index, measure="满意度")

    assert [len(each.places) for each in response.context["comparisons"]] == [2]
    assert "还有 3 处没有列在这里" in response.content.decode()


def test_numbers_in_two_units_are_two_comparisons(client, index, library):
    for city in ("云汀市", "江城市"):
        count(library, city, "经费", 3, unit="万元")
        count(library, city, "经费", 30, unit="%")

    comparisons = ask(client, index, measure="经费").context["comparisons"]

    assert sorted(comparison.unit for comparison in comparisons) == ["%", "万元"]


def test_only_what_several_cities_count_can_be_compared(client, index, library):
    for city in ("云汀市", "江城市"):
        count(library, city, "满意度", 90)
    count(library, "云汀市", "车位", 40)

    html = unescape(ask(client, index, city="云汀市", page="1").content.decode())
    assert f'href="?{urlencode({"city": "云汀市", "measure": "满意度"})}">满意度' in html

    response = ask(client, index, measure="车位")

    assert [option.text for option in response.context["measures"].options] == ["满意度"]
    assert response.context["comparisons"] == []
    assert len(labels(response)) == 3


@pytest.mark.parametrize(
    "nonsense", [{"city": "x"}, {"year": "MMXXV"}, {"unit": "\0"}, {"origin": "1"}, {"page": "-3"}, {"measure": "{{"}]
)
def test_nonsense_is_as_if_it_had_not_been_asked(client, index, library, nonsense):
    count(library, "云汀市", "车位", 40)

    assert labels(ask(client, index, **nonsense)) == ["车位"]


@pytest.mark.parametrize("words", ["\0", " ", "'; --", "<script>", "𠮷" * 500])
def test_any_words_may_be_asked_for(client, index, library, words):
    html = ask(client, index, q=words).content.decode()

    assert "<script>alert" not in html
    assert 'value="<script>' not in html


def test_nothing_found_shows_a_way_out(client, index, library):
    count(library, "云汀市", "车位", 40)

    html = ask(client, index, q="没有的").content.decode()

    assert "没有同时符合这些条件的数字" in html
    assert f'href="{index.url}">看全部数字</a>' in html
    assert '<span class="visually-hidden">去掉</span>字词：没有的' in html


def test_page_without_figures_says_so(client, index):
    assert "还没有数字。" in ask(client, index).content.decode()


def test_figures_of_drafts_and_restricted_cases_are_nowhere(client, index, library):
    count(library, "云汀市", "公开的", 1)
    count(library, "云汀市", "草稿的", 1).page.unpublish()
    count(library, "云汀市", "不公开的", 1).page.view_restrictions.create(restriction_type="login")

    assert labels(ask(client, index)) == ["公开的"]
    assert "草稿的" not in ask(client, index, "csv/").content.decode()
    assert "不公开的" not in ask(client, index, "json/").content.decode()


def test_long_list_comes_in_pages_and_the_file_holds_it_all(client, index, library):
    case = CaseStudyPageFactory(parent=library)
    for number in range(51):
        FigureFactory(page=case, label=f"数{number:02}")

    response = ask(client, index, q="数")

    assert len(labels(response)) == 50
    html = unescape(response.content.decode())
    assert f'href="?{urlencode({"q": "数", "page": 2})}"' in html
    assert f'href="{index.url}csv/?{urlencode({"q": "数"})}"' in html
    assert len(json.loads(ask(client, index, "json/", q="数").content)["records"]) == 51


def test_csv_is_what_is_shown_and_runs_nothing(client, index, library):
    count(library, "云汀市", "=HYPERLINK(1)", 40, unit="@个", year=2025)
    count(library, "江城市", "别的", 1)

    text = ask(client, index, "csv/", city="云汀市").content.decode()

    assert text.startswith("\ufeff")
    (row,) = csv.DictReader(StringIO(text.removeprefix("\ufeff")))
    assert (row["label"], row["unit"], row["number"], row["city"]) == ("'=HYPERLINK(1)", "'@个", "40.00", "云汀市")


def test_json_names_its_columns_and_gives_numbers_as_numbers(client, index, library):
    figure = count(library, "云汀市", "车位", 40, unit="个", year=2025, stated_by="街道")

    response = ask(client, index, "json/")

    content = json.loads(response.content)
    assert response["Access-Control-Allow-Origin"] == "*"
    assert [column["name"] for column in content["columns"]] == list(content["records"][0])
    record = content["records"][0]
    assert (record["number"], record["year"], record["stated_by"]) == (40, 2025, "街道")
    assert record["url"] == figure.page.full_url


def test_figures_are_open_data(client, library):
    count(library, "云汀市", "车位", 40)

    response = client.get(reverse("open_data:dataset", args=["figures", "json"]))

    assert [record["label"] for record in json.loads(response.content)["records"]] == ["车位"]


def test_page_tells_machines_where_its_files_are(index):
    data = index.structured_data()

    assert [file["contentUrl"] for file in data["distribution"]] == [
        f"{index.full_url}csv/",
        f"{index.full_url}json/",
    ]


def test_page_costs_the_same_with_one_figure_and_with_fifty(client, index, library):
    def add(number: int) -> None:
        figure = count(library, f"城{number}", "满意度", 90 + number / 100)
        figure.page.topics.add(topic)
        figure.page.save()

    def cost() -> int:
        client.get(index.url, {"measure": "满意度"})
        with CaptureQueriesContext(connection) as queries:
            client.get(index.url, {"measure": "满意度"})
        return len(queries)

    topic = TopicFactory()
    add(0)
    before = cost()
    for number in range(1, 50):
        add(number)

    assert cost() == before <= 10
