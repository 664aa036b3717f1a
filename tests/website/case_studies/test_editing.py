"""An editor writes, previews and publishes a case with figures."""

import json
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.blocks.base import get_error_json_data
from wagtail.test.utils.form_data import inline_formset, rich_text, streamfield

from tests.factories.case_library import MethodPartFactory
from tests.factories.website import CaseStudyIndexPageFactory, CaseStudyPageFactory, FigureFactory, MethodPageFactory
from tests.website.case_studies.desk import FIGURE, address_of_new_case, sit_down, the_case
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage

pytestmark = pytest.mark.django_db

PUBLISH = {"action-publish": "yes"}


@pytest.fixture
def index() -> CaseStudyIndexPage:
    return CaseStudyIndexPageFactory()


@pytest.fixture
def editor(client: Client, index: CaseStudyIndexPage) -> Client:
    return sit_down(client)


def figures(*changes: dict[str, str]) -> dict:
    return inline_formset([FIGURE | change for change in changes])


def data(**changes) -> tuple[str, dict]:
    value = {"title": "三年", "kind": "auto", "chosen": [], "rows": [], "unit": "", "source": ""} | changes
    for name in ("chosen", "rows"):
        value[name] = streamfield([("item", item) for item in value[name]])
    return "data", value


def test_editor_publishes_a_case_with_figures_and_sources(editor, index):
    address = address_of_new_case(index)
    assert editor.get(address).status_code == 200

    response = editor.post(address, the_case() | PUBLISH)

    assert response.status_code == 302
    case = CaseStudyPage.objects.get()
    assert case.live
    assert [(figure.number, figure.unit, figure.label) for figure in case.figures.all()] == [
        (Decimal("120.00"), "个", "共享车位")
    ]
    assert [(source["name"], source["publisher"], source["year"]) for source in case.cited] == [
        ("街道通报", "街道", 2024)
    ]
    html = editor.get(case.url).content.decode()
    assert "小区车多位少。" in html
    assert '<dd class="figures__number">120<span class="figures__unit">个</span></dd>' in html


def test_new_case_starts_with_its_sections(editor, index):
    body = editor.get(address_of_new_case(index)).context["form"]["body"].value()

    assert [block.value["text"] for block in body if block.block_type == "heading"] == ["背景", "做法", "成效", "启示"]


def test_section_nobody_wrote_does_not_stand_in_the_way(editor, index):
    body = streamfield([("heading", {"level": "2", "text": "启示"}), ("paragraph", rich_text("<p></p>"))])

    assert editor.post(address_of_new_case(index), the_case(body=body) | PUBLISH).status_code == 302


def test_editor_ticks_the_parts_under_their_method(editor, index):
    method = MethodPageFactory(title="五线工作法")
    part = MethodPartFactory(page=method, name="自治线")
    MethodPartFactory(page=MethodPageFactory(parent=method.get_parent().specific, live=False), name="还没发布")

    html = editor.get(address_of_new_case(index)).content.decode()
    assert "五线工作法" in html
    assert "自治线" in html
    assert "还没发布" not in html

    editor.post(address_of_new_case(index), the_case() | {"parts": [part.pk]} | PUBLISH)

    assert list(CaseStudyPage.objects.get().parts.all()) == [part]


def test_editor_opens_a_case_with_its_parts_again(editor, index):
    part = MethodPartFactory(name="自治线")
    editor.post(address_of_new_case(index), the_case() | {"parts": [part.pk]})
    case = CaseStudyPage.objects.get()

    response = editor.get(reverse("wagtailadmin_pages:edit", args=[case.pk]))

    assert response.status_code == 200
    assert response.context["form"]["parts"].value() == [part.pk]


def test_editor_sees_a_preview_before_anything_is_saved(editor, index):
    address = reverse("wagtailadmin_pages:preview_on_add", args=["case_studies", "casestudypage", index.pk])

    answer = editor.post(address, the_case(figures=figures({"source": "", "year": ""}))).json()
    html = editor.get(address, {"mode": ""}).content.decode()

    assert answer["is_valid"]
    assert "<h1>夜间停车共享</h1>" in html
    assert not CaseStudyPage.objects.exists()


@pytest.mark.parametrize(
    ("change", "field", "message"),
    [
        ({"source": " "}, "source", "请写明出处"),
        ({"year": ""}, "year", "请填这个数字是哪一年的"),
        ({"label": ""}, "label", "必"),
    ],
)
def test_number_without_proof_is_refused_at_its_field(editor, index, change, field, message):
    changes = the_case(figures=figures({}, change), year="")

    response = editor.post(address_of_new_case(index), changes | PUBLISH)

    assert response.status_code == 200
    assert not CaseStudyPage.objects.exists()
    first, second = response.context["form"].formsets["figures"].forms
    assert first.errors == {}
    assert list(second.errors) == [field]
    assert message in second.errors[field][0]


def test_number_counted_here_needs_no_other_source(editor, index):
    changes = the_case(figures=figures({"origin": "counted", "source": "", "stated_by": ""}))

    assert editor.post(address_of_new_case(index), changes | PUBLISH).status_code == 302


def test_number_without_a_year_takes_that_of_its_case(editor, index):
    editor.post(address_of_new_case(index), the_case(figures=figures({"year": ""})) | PUBLISH)

    assert CaseStudyPage.objects.get().figures.get().year == 2024


def test_draft_may_wait_for_its_proof_and_is_not_published_without(editor, index):
    editor.post(address_of_new_case(index), the_case(figures=figures({"year": "", "source": ""}), year=""))
    case = CaseStudyPage.objects.get()
    assert not case.live

    with pytest.raises(ValidationError, match="有的数字没有写年份或出处"):
        case.get_latest_revision().publish()

    case.refresh_from_db()
    assert not case.live


def test_deleted_number_needs_no_proof(editor, index):
    changes = the_case(figures=figures({}, {"source": "", "DELETE": "on"}))

    assert editor.post(address_of_new_case(index), changes | PUBLISH).status_code == 302


def test_chart_draws_the_figures_it_names_with_their_source(editor, index):
    rows = figures({"year": "2023", "number": "40"}, {"year": "2024"}, {"label": "投诉", "unit": "次"})
    changes = the_case(figures=rows, body=streamfield([data(title="车位多了", chosen=["共享车位"])]))

    editor.post(address_of_new_case(index), changes | PUBLISH)

    html = editor.get(CaseStudyPage.objects.get().url).content.decode()
    drawn = html[html.index('<div class="data-block">') : html.index('id="proof"')]
    assert '<figure class="chart chart--columns">' in drawn
    assert drawn.count("来源所述 · 街道 · 街道通报") == 1  # once, for all of them
    assert "投诉" not in drawn
    assert html.count('class="chart__drawing"') == 1  # what the text draws is not drawn again below


def test_chart_of_own_rows_shows_its_table_and_source(editor, index):
    rows = [{"label": "食堂", "number": "3", "year": "2024"}, {"label": "书屋", "number": "5", "year": "2024"}]
    changes = the_case(body=streamfield([data(rows=rows, unit="间", source="街道台账")]))

    editor.post(address_of_new_case(index), changes | PUBLISH)

    html = editor.get(CaseStudyPage.objects.get().url).content.decode()
    assert '<figure class="chart chart--bars">' in html
    assert html.count("街道台账") == 1
    assert html.count("<td") >= 2


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"chosen": ["没有这个数"]}, "“数字”一栏里没有：没有这个数。"),
        ({}, "请从“数字”里选，或者在这里填至少一行。"),
        ({"rows": [{"label": "食堂", "number": "3", "year": "2024"}]}, "请写明这些数字的出处。"),
        ({"rows": [{"label": "食堂", "number": "3", "year": ""}], "source": "台账"}, "必"),
    ],
)
def test_chart_that_proves_nothing_is_refused(editor, index, change, message):
    response = editor.post(address_of_new_case(index), the_case(body=streamfield([data(**change)])) | PUBLISH)

    assert response.status_code == 200
    assert not CaseStudyPage.objects.exists()
    (error,) = response.context["form"].errors["body"].as_data()
    assert message in json.dumps(get_error_json_data(error), ensure_ascii=False)


def test_editor_may_not_manage_people_nor_settings(editor):
    for address in ("wagtailusers_users:index", "wagtailsites:index", "wagtaillocales:index"):
        assert editor.get(reverse(address)).status_code in {302, 403}


def test_live_case_keeps_its_proof_whoever_saves_it(index):
    case = CaseStudyPageFactory(parent=index)
    FigureFactory(page=case, source="")

    with pytest.raises(ValidationError, match="有的数字没有写年份或出处"):
        CaseStudyPage.objects.get().save()
