"""One case as a reader sees it, and as machines do."""

import csv
from decimal import Decimal
from io import StringIO

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.case_library import FigureIndexPageFactory, MethodPartFactory
from tests.factories.website import (
    CaseStudyIndexPageFactory,
    CaseStudyPageFactory,
    FigureFactory,
    ImageFactory,
    TopicFactory,
)
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage

pytestmark = pytest.mark.django_db

COLUMNS = "case,url,city,district,level,label,number,unit,year,origin,stated_by,source,topics,parts"


@pytest.fixture
def index() -> CaseStudyIndexPage:
    return CaseStudyIndexPageFactory()


def read(client: Client, case: CaseStudyPage) -> str:
    return client.get(case.url).content.decode()


def rows_of(response) -> list[list[str]]:
    text = response.content.decode()
    assert text.startswith("\ufeff")
    return list(csv.reader(StringIO(text.removeprefix("\ufeff"))))


def test_figures_are_shown_without_empty_decimals(client, index):
    case = CaseStudyPageFactory(parent=index)
    for number, label in (("544000.00", "党员"), ("96.50", "比例")):
        FigureFactory(page=case, number=Decimal(number), label=label)

    html = read(client, case)

    assert ">544,000<" in html
    assert ">96.5<" in html


def test_contents_list_the_main_headings_and_the_sections_of_proof(client, index):
    case = CaseStudyPageFactory(parent=index, open_questions="车费谁出？")
    FigureFactory(page=case)

    html = read(client, case)

    assert '<h2 id="背景">背景</h2>' in html
    for anchor in ("背景", "open-questions", "proof", "sources"):
        assert f'<li><a href="#{anchor}">' in html
        assert f'id="{anchor}"' in html


def test_problems_and_open_questions_are_named(client, index):
    html = read(client, CaseStudyPageFactory(parent=index, problems="没位置\n没人管", open_questions="车费谁出？"))

    assert html.index("要解决的问题") < html.index("<li>没位置</li>") < html.index('id="背景"')
    assert html.index('id="启示"') < html.index('<h2 id="open-questions">待解问题</h2>') < html.index("车费谁出？")


def test_lost_characters_are_told(client, index):
    assert "来源中有 3 个字已经读不出来" in read(client, CaseStudyPageFactory(parent=index, lost_characters=3))


def test_source_all_headlines_share_is_told_once(client, index):
    case = CaseStudyPageFactory(parent=index, year=None)
    FigureFactory(page=case, label="报到党员", source="市委组织部", year=2023)
    FigureFactory(page=case, label="党组织", source="市委组织部", year=2023)

    top = read(client, case).partition('class="with-contents"')[0]
    assert top.count("来源所述 · 市委组织部 · 2023 年") == 1

    FigureFactory(page=case, label="满意度", source="市委组织部", year=2024)

    top = read(client, case).partition('class="with-contents"')[0]
    assert top.count("来源所述 · 市委组织部") == 1
    assert top.count("<small>2023 年</small>") == 2


def test_headlines_are_the_newest_number_of_each_thing(client, index):
    case = CaseStudyPageFactory(parent=index)
    for year, number in ((2023, 40), (2025, 120), (2024, 86)):
        FigureFactory(page=case, label="共享车位", year=year, number=number)
    for label in ("甲", "乙", "丙", "丁"):
        FigureFactory(page=case, label=label)

    headlines = client.get(case.url).context["headlines"]

    assert [(figure.label, figure.year) for figure in headlines] == [
        ("共享车位", 2025),
        ("甲", 2024),
        ("乙", 2024),
        ("丙", 2024),
    ]


def test_every_number_stands_in_the_table_with_year_kind_and_source(client, index):
    case = CaseStudyPageFactory(parent=index)
    FigureFactory(page=case, label="车位", number=40, year=2023, stated_by="街道", source="通报")
    FigureFactory(page=case, label="志愿者", number=7, year=2024, origin="counted", source="")

    table = read(client, case).partition("这个案例的全部数字")[2].partition("</table>")[0]

    for words in ("40", "2023 年", "来源所述 · 街道 · 通报", "7", "2024 年", "本站统计"):
        assert f">{words}<" in table


def test_what_can_be_compared_is_drawn_and_the_table_is_always_there(client, index):
    case = CaseStudyPageFactory(parent=index)
    for year in (2023, 2024):
        FigureFactory(page=case, label="车位", unit="个", number=year - 2000, year=year)
    for label, unit, number in (("食堂", "间", 3), ("书屋", "间", 5), ("人口", "人", 1_000_000), ("书记", "人", 1)):
        FigureFactory(page=case, label=label, unit=unit, number=number)

    charts = client.get(case.url).context["charts"]

    assert [(chart.kind, chart.title) for chart in charts] == [("columns", "车位（个）"), ("bars", "以“间”计的数字")]
    assert read(client, case).count('class="chart__drawing"') == 2


def test_numbers_download_as_a_table_spreadsheets_read(client, index):
    case = CaseStudyPageFactory(parent=index, title="夜里停车", city="云汀市", district="汀南区", slug="night")
    case.topics.add(TopicFactory(name="停车"))
    case.save()
    FigureFactory(page=case, number=Decimal("-12.50"), label="=1+1", unit="%", stated_by="@all", source='通报,"二"')

    response = client.get(f"{case.url}csv/")

    assert response["Content-Type"] == "text/csv; charset=utf-8"
    assert response["Content-Disposition"] == 'attachment; filename="night.csv"'
    headings, row = rows_of(response)
    assert ",".join(headings) == COLUMNS
    assert dict(zip(headings, row, strict=True)) == {
        "case": "夜里停车",
        "url": case.full_url,
        "city": "云汀市",
        "district": "汀南区",
        "level": "community",
        "label": "'=1+1",
        "number": "-12.50",
        "unit": "%",
        "year": "2024",
        "origin": "stated",
        "stated_by": "'@all",
        "source": '通报,"二"',
        "topics": "停车",
        "parts": "",
    }


def test_file_name_is_plain_whatever_the_address_is(client, index):
    case = CaseStudyPageFactory(parent=index, slug="夜里停车")

    assert client.get(f"{case.url}csv/")["Content-Disposition"].isascii()


def test_draft_has_no_table_to_download(client, index):
    case = CaseStudyPageFactory(parent=index, live=False)

    assert client.get(f"{case.url}csv/").status_code == 404


def test_similar_cases_are_the_closest_first(client, index):
    parking, part = TopicFactory(), MethodPartFactory()
    case, close, closest, other = (CaseStudyPageFactory(parent=index, title=title) for title in "甲乙丙丁")
    for page in (case, close, closest):
        page.topics.add(parking)
        page.save()
    for page in (case, closest):
        page.parts.add(part)
        page.save()

    assert [page.title for page in case.related_pages()] == ["丙", "乙"]
    assert other.related_pages() == []
    html = read(client, case)
    assert closest.url in html
    assert other.url not in html


def test_sources_are_cited_for_readers_and_for_machines(client, index):
    report = {"name": "年报", "publisher": "市里", "year": 2023, "url": "https://example.org/report"}
    case = CaseStudyPageFactory(
        parent=index, city="云汀市", source_list=[("source", report)], sources="流传的文本有缺字。"
    )

    html = read(client, case)

    assert '<a href="https://example.org/report" rel="external noopener">年报</a>，市里，2023 年' in html
    assert "流传的文本有缺字。" in html
    data = CaseStudyPage.objects.get().structured_data()
    assert data["@type"] == "Article"
    assert data["contentLocation"] == {"@type": "Place", "name": "云汀市北岸区"}
    assert data["citation"] == [
        {
            "@type": "CreativeWork",
            "name": "年报",
            "publisher": "市里",
            "datePublished": 2023,
            "url": "https://example.org/report",
        }
    ]


def test_case_costs_the_same_with_one_of_each_and_with_many(client, index):
    FigureIndexPageFactory()
    case = CaseStudyPageFactory(parent=index, listing_image=ImageFactory())

    def add_one_of_each(number: int) -> None:
        FigureFactory(page=case, label=f"数{number}", number=number + 1)
        part, topic = MethodPartFactory(page=method), TopicFactory()
        for page in (case, CaseStudyPageFactory(parent=index, listing_image=ImageFactory())):
            page.parts.add(part)
            page.topics.add(topic)
            page.save()

    def cost() -> int:
        client.get(case.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(case.url)
        return len(queries)

    method = MethodPartFactory().page
    add_one_of_each(0)
    before = cost()
    for number in range(1, 6):
        add_one_of_each(number)

    assert cost() == before <= 10
