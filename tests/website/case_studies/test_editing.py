"""An editor writes, previews and publishes a case with figures."""

from decimal import Decimal
from typing import Any

import pytest
from django.apps import apps
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Collection
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories.members import UserFactory
from tests.factories.website import CaseStudyIndexPageFactory, CaseStudyPageFactory, FigureFactory
from tests.website.home.test_migrations import groups
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage

pytestmark = pytest.mark.django_db

FIGURE = {"number": "120", "unit": "个", "label": "共享车位", "year": "2024", "source": "街道", "origin": "stated"}


@pytest.fixture
def index() -> CaseStudyIndexPage:
    return CaseStudyIndexPageFactory()


@pytest.fixture
def editor(client: Client, index: CaseStudyIndexPage) -> Client:
    Collection.get_first_root_node() or Collection.add_root(name="Root")
    if not Group.objects.filter(name="编辑").exists():
        Group.objects.create(name="Editors")
        groups.grant(apps, None)
    user = UserFactory(name="周编辑")
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return client


def the_case(**changes: Any) -> dict[str, Any]:
    fields = {
        "title": "夜间停车共享",
        "slug": "night-parking",
        "summary": "白天归单位，夜里给居民。",
        "city": "江城市",
        "district": "北岸区",
        "year": "2024",
        "level": "community",
        "body": streamfield(
            [
                ("heading", {"level": "2", "text": "背景"}),
                ("paragraph", rich_text("<p>小区车多位少。</p>")),
            ]
        ),
        "figures": inline_formset([FIGURE]),
        "sources": "街道通报，2024 年 5 月",
        "lost_characters": "0",
        "comments": inline_formset([]),
    }
    return nested_form_data(fields | changes)


def test_editor_publishes_a_case_with_figures(editor: Client, index: CaseStudyIndexPage) -> None:
    address = reverse("wagtailadmin_pages:add", args=["case_studies", "casestudypage", index.pk])
    assert editor.get(address).status_code == 200

    response = editor.post(address, the_case() | {"action-publish": "yes"})

    assert response.status_code == 302
    case = CaseStudyPage.objects.get()
    assert case.live
    assert [(figure.number, figure.unit, figure.label) for figure in case.figures.all()] == [
        (Decimal("120.00"), "个", "共享车位")
    ]
    html = editor.get(case.url).content.decode()
    assert "小区车多位少。" in html
    assert '<dd class="figures__number">120<span class="figures__unit">个</span></dd>' in html


def test_editor_sees_a_preview_before_anything_is_saved(editor: Client, index: CaseStudyIndexPage) -> None:
    address = reverse("wagtailadmin_pages:preview_on_add", args=["case_studies", "casestudypage", index.pk])

    answer = editor.post(address, the_case()).json()
    html = editor.get(address, {"mode": ""}).content.decode()

    assert answer["is_valid"]
    assert "<h1>夜间停车共享</h1>" in html
    assert not CaseStudyPage.objects.exists()


def test_figure_without_a_label_is_refused(editor: Client, index: CaseStudyIndexPage) -> None:
    address = reverse("wagtailadmin_pages:add", args=["case_studies", "casestudypage", index.pk])

    response = editor.post(
        address, the_case(figures=inline_formset([FIGURE | {"label": ""}])) | {"action-publish": "yes"}
    )

    assert response.status_code == 200
    assert not CaseStudyPage.objects.exists()


def test_editor_may_not_manage_people_nor_settings(editor: Client) -> None:
    for address in ("wagtailusers_users:index", "wagtailsites:index", "wagtaillocales:index"):
        assert editor.get(reverse(address)).status_code in {302, 403}


def test_figures_are_shown_without_empty_decimals(client: Client, index: CaseStudyIndexPage) -> None:
    case = CaseStudyPageFactory(parent=index)
    for number in ("544000.00", "96.50"):
        case.figures.add(case.figures.model(number=Decimal(number), label="比例", locale=case.locale))
    case.save()

    html = client.get(case.url).content.decode()

    assert ">544,000<" in html
    assert ">96.5<" in html


def test_contents_list_the_main_headings(client: Client, index: CaseStudyIndexPage) -> None:
    html = client.get(CaseStudyPageFactory(parent=index).url).content.decode()

    assert '<a href="#背景">背景</a>' in html
    assert '<h2 id="背景">背景</h2>' in html


def test_lost_characters_are_told(client: Client, index: CaseStudyIndexPage) -> None:
    case = CaseStudyPageFactory(parent=index, lost_characters=3)

    assert "来源中有 3 个字已经读不出来" in client.get(case.url).content.decode()


def test_source_all_figures_share_is_told_once(client: Client, index: CaseStudyIndexPage) -> None:
    case = CaseStudyPageFactory(parent=index, year=None)
    FigureFactory(page=case, label="报到党员", source="市委组织部", year=2023)
    FigureFactory(page=case, label="党组织", source="市委组织部", year=2023)

    html = client.get(case.url).content.decode()
    assert html.count("来源所述 · 市委组织部 · 2023 年") == 1

    FigureFactory(page=case, label="满意度", source="市委组织部", year=2024)

    html = client.get(case.url).content.decode()
    assert html.count("来源所述 · 市委组织部") == 1
    assert html.count("<small>2023 年</small>") == 2
