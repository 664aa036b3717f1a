"""Formulas taken apart, and the cases that use each part."""

import json
import re

import pytest
from django.test import Client
from wagtail.models import Locale, PageViewRestriction
from wagtail_localize.operations import translate_object

from search.documents.case_studies import case_study
from tests.factories.case_library import FigureIndexPageFactory, MethodPartFactory
from tests.factories.website import (
    CaseStudyIndexPageFactory,
    CaseStudyPageFactory,
    FigureFactory,
    MethodIndexPageFactory,
    MethodPageFactory,
    home_page,
)
from website.case_studies.models import CaseStudyPage
from website.methods import queries
from website.methods.models import MethodPage, MethodPart

pytestmark = pytest.mark.django_db


@pytest.fixture
def method() -> MethodPage:
    return MethodPageFactory(title="五线工作法", slug="five-lines")


@pytest.fixture
def party_line(method: MethodPage) -> MethodPart:
    return MethodPartFactory(page=method, name="党员线", sort_order=0)


def use(*parts: MethodPart, **fields) -> CaseStudyPage:
    case = CaseStudyPageFactory(**fields)
    case.parts.set(parts)
    case.save()
    return case


def test_method_lists_its_parts_in_order_each_with_an_anchor_and_its_cases(client: Client, method, party_line):
    service_line = MethodPartFactory(page=method, name="服务线", sort_order=1)
    case = use(party_line, title="从院子里找人", city="成都")
    draft = use(service_line, parent=case.get_parent().specific, title="还没写完", live=False)

    html = client.get(method.url).content.decode()

    assert html.index('<h2 id="党员线">') < html.index(case.title) < html.index('<h2 id="服务线">')
    assert f'<a href="{case.url}">{case.title}（成都）</a>' in html
    assert draft.title not in html
    assert "<li>党员：先动手</li>" in html


def test_part_leads_to_the_figures_of_its_cases(client: Client, method, party_line):
    figures = FigureIndexPageFactory()
    FigureFactory(page=use(party_line, city="云汀市"), label="车位")
    FigureFactory(page=CaseStudyPageFactory(parent=CaseStudyPage.objects.get().get_parent().specific), label="别的")

    html = client.get(method.url).content.decode()

    address = re.search(rf'href="({figures.url}\?part=[^"]+)"', html)
    assert address
    assert [figure["label"] for figure in client.get(address[1]).context["figures"]] == ["车位"]


def test_glossary_names_every_part_and_counts_each_case_once(client: Client, method, party_line):
    other = MethodPartFactory(page=method, name="自治线", sort_order=1)
    use(party_line, other)

    html = client.get(method.get_parent().url).content.decode()

    assert f'href="{method.url}#党员线">党员线</a>' in html
    assert f'href="{method.url}#自治线">自治线</a>' in html
    assert "1 个案例用到" in html


def test_case_links_to_the_parts_it_used(client: Client, method, party_line):
    case = use(party_line)

    html = client.get(case.url).content.decode()

    assert f'href="{method.url}#党员线"' in html


def test_anchor_stays_when_a_part_is_renamed(party_line):
    party_line.name = "先锋线"
    party_line.save()

    assert party_line.anchor == "党员线"


def test_two_parts_of_the_same_name_have_two_anchors(method, party_line):
    assert MethodPartFactory(page=method, name="党员线").slug == "党员线-2"
    other = MethodPageFactory(parent=method.get_parent().specific)
    assert MethodPartFactory(page=other, name="党员线").slug == "党员线"


def test_part_without_a_word_in_its_name_has_an_anchor(method):
    assert MethodPartFactory(page=method, name="？").slug == "part"


def test_method_tells_machines_its_terms(client: Client, method, party_line):
    data = method.structured_data()

    assert data["@type"] == "DefinedTermSet"
    assert [(term["name"], term["description"]) for term in data["hasDefinedTerm"]] == [
        (party_line.name, party_line.meaning)
    ]
    assert re.fullmatch(r"https?://.+/five-lines/#党员线", data["hasDefinedTerm"][0]["url"])
    json.dumps(data)


def test_cases_find_their_parts_in_another_language(client: Client, method, party_line):
    english = Locale.objects.get_or_create(language_code="en")[0]
    case = use(party_line, title="A case")
    index = MethodIndexPageFactory._meta.model.objects.get()
    for page in (home_page(), index, method, case.get_parent().specific, case):
        translate_object(page, [english])
        page.get_translation(english).specific.save_revision().publish()

    translated = MethodPage.objects.get(locale=english)

    (used,) = queries.parts_with_cases(translated)
    assert used.part.translation_key == party_line.translation_key
    assert used.part.slug == party_line.slug
    assert [found.locale for found in used.cases] == [english]


def test_index_of_cases_exists_for_the_whole_list(client: Client, method, party_line):
    library = CaseStudyIndexPageFactory()
    for number in range(6):
        use(party_line, parent=library, title=f"案例{number}")

    html = client.get(method.url).content.decode()

    address = re.search(r'href="([^"]+\?part=[^"]+)">全部 6 个案例', html)
    assert address
    response = client.get(address[1])
    assert "共 6 个案例" in response.content.decode()


@pytest.mark.parametrize("how", ["restricted", "above it restricted", "unpublished"])
def test_method_that_is_not_for_everybody_is_named_nowhere(client: Client, method, party_line, how: str):
    figures, open_part = (
        FigureIndexPageFactory(),
        MethodPartFactory(page=MethodPageFactory(parent=method.get_parent().specific), name="自治线"),
    )
    case = use(party_line, open_part)
    FigureFactory(page=case, label="车位")
    ours = [case.get_parent().url, case.url, f"{case.url}csv/", figures.url, f"{figures.url}json/"]
    addresses = [*ours, "/open-data/figures.json", "/open-data/figures.csv"]
    assert all("党员线" in client.get(address).content.decode("utf-8-sig") for address in addresses)

    if how == "unpublished":
        method.unpublish()
    else:
        page = method if how == "restricted" else method.get_parent()
        PageViewRestriction.objects.create(page=page, restriction_type="login")

    for address in addresses:
        text = client.get(address).content.decode("utf-8-sig")
        assert (address, "党员线" in text, "五线工作法" in text) == (address, False, False)
        assert how == "above it restricted" or "自治线" in text, address
    assert "党员线" not in case_study(CaseStudyPage.objects.get()).body
