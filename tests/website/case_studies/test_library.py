"""The case library and its facets."""

from html import unescape
from urllib.parse import urlencode

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.case_library import MethodPartFactory
from tests.factories.website import (
    CaseStudyIndexPageFactory,
    CaseStudyPageFactory,
    ImageFactory,
    MethodPageFactory,
    TopicFactory,
)
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage
from website.methods.models import MethodPart

pytestmark = pytest.mark.django_db

MOST_QUERIES = 10


@pytest.fixture
def library() -> CaseStudyIndexPage:
    return CaseStudyIndexPageFactory()


def tell(library: CaseStudyIndexPage, title: str, **fields) -> CaseStudyPage:
    topics, parts = fields.pop("topics", ()), fields.pop("parts", ())
    case = CaseStudyPageFactory(parent=library, title=title, **fields)
    case.topics.set(topics)
    case.parts.set(parts)
    case.save()
    return case


def ask(client: Client, library: CaseStudyIndexPage, **questions: str):
    response = client.get(f"{library.url}?{urlencode(questions)}")
    assert response.status_code == 200
    return response


def titles(response) -> set[str]:
    return {case.title for case in response.context["shown"]}


def counts(response, name: str) -> dict[str, int]:
    facet = next(facet for facet in response.context["facets"] if facet.name == name)
    return {option.text: option.number for option in facet.options}


def part(name: str, method: str = "五线工作法") -> MethodPart:
    return MethodPartFactory(name=name, page=MethodPageFactory(title=method))


def test_each_facet_narrows_the_list(client, library):
    parking, line = TopicFactory(slug="parking"), part("党员线")
    found = tell(
        library,
        "找到的",
        city="云汀市",
        district="汀南区",
        year=2025,
        level="national",
        topics=[parking],
        parts=[line],
    )
    tell(library, "别的", city="江城市", district="北岸区", year=2024, level="community")

    for question in (
        {"city": "云汀市"},
        {"district": "云汀市.汀南区"},
        {"year": "2025"},
        {"level": "national"},
        {"topic": "parking"},
        {"part": f"{line.page.slug}.{line.slug}"},
        {"city": "云汀市", "year": "2025", "topic": "parking", "part": f"{line.page.slug}.{line.slug}"},
    ):
        response = ask(client, library, **question)
        assert titles(response) == {found.title}, question
        assert "共 1 个案例" in response.content.decode()


def test_counts_respect_what_is_chosen_in_the_other_facets(client, library):
    for city, year in (("云汀市", 2024), ("云汀市", 2025), ("江城市", 2025)):
        tell(library, f"{city}{year}", city=city, year=year)

    response = ask(client, library, city="云汀市")

    assert counts(response, "city") == {"云汀市": 2, "江城市": 1}
    assert counts(response, "year") == {"2025 年": 1, "2024 年": 1}
    assert counts(ask(client, library, year="2024"), "city") == {"云汀市": 1}
    assert counts(ask(client, library), "year") == {"2025 年": 2, "2024 年": 1}


def test_districts_of_the_same_name_are_two(client, library):
    tell(library, "一", city="甲市", district="鼓楼区")
    tell(library, "二", city="乙市", district="鼓楼区")

    response = ask(client, library, district="甲市.鼓楼区")

    assert titles(response) == {"一"}
    html = ask(client, library).content.decode()
    assert '<optgroup label="甲市">' in html
    assert '<optgroup label="乙市">' in html


def test_parts_are_grouped_by_their_method_in_its_order(client, library):
    method = MethodPageFactory(title="五步工作法")
    second = MethodPartFactory(page=method, name="建组织", sort_order=2)
    first = MethodPartFactory(page=method, name="找党员", sort_order=1)
    tell(library, "一", parts=[second, first])

    html = ask(client, library).content.decode()

    assert html.index('<optgroup label="五步工作法">') < html.index("找党员（1）") < html.index("建组织（1）")


def test_levels_run_from_the_nation_to_the_unit(client, library):
    for level in ("unit", "community", "street", "district", "city", "provincial", "national"):
        tell(library, level, level=level)

    levels = list(counts(ask(client, library), "level"))

    assert levels == ["国家级", "省级", "市级", "区县级", "街道", "社区", "单位"]


def test_every_choice_can_be_taken_away(client, library):
    tell(library, "一", city="云汀市", year=2025)

    html = unescape(ask(client, library, city="云汀市", year="2025", page="1").content.decode())

    assert f'href="?{urlencode({"year": "2025"})}"><span class="visually-hidden">去掉</span>城市：云汀市' in html
    assert f'href="?{urlencode({"city": "云汀市"})}"><span class="visually-hidden">去掉</span>年份：2025 年' in html
    assert f'href="{library.url}">清除全部条件' in html


@pytest.mark.parametrize(
    "nonsense",
    [
        {"city": "nowhere"},
        {"district": "."},
        {"year": "二〇二五"},
        {"year": "99999999999999999999"},
        {"level": "<script>"},
        {"topic": "\0"},
        {"part": "a.b.c"},
        {"page": "-1"},
        {"page": "many", "city": "' OR 1=1"},
    ],
)
def test_nonsense_is_as_if_it_had_not_been_asked(client, library, nonsense):
    tell(library, "一")

    response = ask(client, library, **nonsense)

    assert titles(response) == {"一"}
    assert response.context["chips"] == []


def test_choices_that_leave_nothing_show_a_way_out(client, library):
    tell(library, "一", city="云汀市", year=2024)
    tell(library, "二", city="江城市", year=2025)

    html = ask(client, library, city="云汀市", year="2025").content.decode()

    assert "没有同时符合这些条件的案例" in html
    assert f'href="{library.url}">看全部案例</a>' in html


def test_drafts_and_restricted_cases_are_counted_nowhere(client, library):
    tell(library, "公开", city="云汀市")
    tell(library, "草稿", city="江城市", live=False)
    tell(library, "不公开", city="澄湖市").view_restrictions.create(restriction_type="login")

    assert counts(ask(client, library), "city") == {"云汀市": 1}


def test_library_without_cases_says_so(client, library):
    html = ask(client, library).content.decode()

    assert "还没有案例。" in html
    assert "<select" not in html


def test_pages_of_the_list_keep_what_is_chosen(client, library):
    for number in range(21):
        tell(library, f"案例{number}", city="云汀市")

    html = unescape(ask(client, library, city="云汀市").content.decode())

    assert f'rel="next" href="?{urlencode({"city": "云汀市", "page": 2})}"' in html


def test_library_answers_its_own_questions_and_keeps_the_answers(client, library):
    assert library.questions == {facet.name for facet in ask(client, library).context["facets"]} | {"page"}


def test_library_costs_the_same_with_one_case_and_with_fifty(client, library):
    line, topic = part("党员线"), TopicFactory()

    def cost() -> int:
        client.get(library.url, {"city": "云汀市"})
        with CaptureQueriesContext(connection) as queries:
            client.get(library.url, {"city": "云汀市"})
        return len(queries)

    picture = ImageFactory()
    tell(library, "一", city="云汀市", topics=[topic], parts=[line], listing_image=picture)
    before = cost()
    for number in range(49):
        tell(library, f"又{number}", city="云汀市", topics=[topic], parts=[line], listing_image=picture)

    assert cost() == before <= MOST_QUERIES
