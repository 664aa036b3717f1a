"""Pages go into the other languages without moving anything."""

import pytest
from django.test import Client
from django.utils.translation import override
from wagtail.models import Locale, Page
from wagtail_localize.operations import translate_object

from tests.factories.website import CaseStudyPageFactory, FigureFactory, ServicePageFactory, TopicFactory, home_page
from website.case_studies.models import CaseStudyPage
from website.navigation import queries
from website.services.models import ServicePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def english() -> Locale:
    return Locale.objects.get_or_create(language_code="en")[0]


def translate(page: Page, locale: Locale) -> None:
    """Do what an editor does who submits a page for translation and publishes what is there."""
    translate_object(page, [locale])
    page.get_translation(locale).specific.save_revision().publish()


def test_case_goes_into_another_language_with_its_figures(client: Client, english: Locale) -> None:
    case = CaseStudyPageFactory(slug="parking")
    case.topics.add(TopicFactory(name="停车"))
    case.save()
    FigureFactory(page=case, label="共享车位")
    for page in (home_page(), case.get_parent().specific, case):
        translate(page, english)

    translated = CaseStudyPage.objects.get(locale=english)

    assert translated.get_translations().get() == case
    assert [(figure.label, figure.locale) for figure in translated.figures.all()] == [("共享车位", english)]
    assert [topic.name for topic in translated.topics.all()] == ["停车"]
    response = client.get("/en/cases/parking/")
    assert response.status_code == 200
    assert '<html lang="en"' in response.content.decode()


def test_each_language_has_a_tree_of_its_own(client: Client, english: Locale) -> None:
    case = CaseStudyPageFactory(slug="parking")
    for page in (home_page(), case.get_parent().specific):
        translate(page, english)

    html = client.get("/en/").content.decode()

    assert 'href="/en/cases/"' in html
    assert 'href="/cases/"' not in html
    with override("zh-hans"):
        tree = queries.tree()
    assert tree
    assert [section.url for section in tree.sections] == ["/cases/"]
    assert client.get("/en/cases/parking/").status_code == 404


def test_service_keeps_its_code_in_every_language(english: Locale) -> None:
    service = ServicePageFactory(code="A-1")
    for page in (home_page(), service.get_parent().specific, service):
        translate(page, english)

    translated = ServicePage.objects.get(locale=english)

    assert translated.code == "A-1"
    assert translated.category is not None
    assert translated.category.locale == english
    translated.full_clean()


def test_language_without_a_home_is_not_found_rather_than_answered_in_chinese(client: Client, english: Locale) -> None:
    home_page()

    assert client.get("/en/").status_code == 404
