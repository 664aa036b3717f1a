from decimal import Decimal
from pathlib import Path

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from wagtail.models import PageLogEntry

from tests.website.imports.conftest import ARTICLE
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Figure
from website.imports import queries
from website.imports.actions import import_document
from website.imports.report import HeadingLine, Status
from website.methods.models import MethodPage, MethodPart


def imported(path: Path, **options: bool):
    return import_document(path, library=queries.library(), **options)


def test_import_document_saves_one_draft_with_its_figures_and_a_revision(case_index, article):
    report = imported(article)

    page = CaseStudyPage.objects.get()
    assert report.status == Status.SAVED
    assert report.url == queries.edit_url(page)
    assert page.get_parent().specific == case_index
    assert (page.title, page.live, page.has_unpublished_changes) == ("桥头社区的助餐点", False, True)
    assert page.latest_revision is not None
    assert [(figure.number, figure.unit, figure.label) for figure in page.figures.all()] == [
        (3120, "户", "居民"),
        (12000, "人", "党员"),
        (Decimal("28.5"), "%", "六十岁以上的老人"),
        (26, "车次", "杂物"),
        (3, "个", "小花园"),
        (180, "人", "老人"),
        (45000, "元", "资金"),
    ]


def test_import_document_stores_headings_and_paragraphs_as_blocks(case_index, article):
    imported(article)

    blocks = [(block.block_type, block.value) for block in CaseStudyPage.objects.get().body]
    assert [(kind, dict(value)) for kind, value in blocks if kind == "heading"] == [
        ("heading", {"level": "2", "text": "背景"}),
        ("heading", {"level": "2", "text": "做法"}),
        ("heading", {"level": "3", "text": "1.一起商量"}),
        ("heading", {"level": "3", "text": "2.一起动手"}),
        ("heading", {"level": "2", "text": "成效"}),
    ]
    assert [kind for kind, _value in blocks].count("paragraph") == 4


def test_import_document_reports_what_it_found(case_index, article):
    report = imported(article)

    assert report.encoding == "utf-8"
    assert report.headings[:3] == [HeadingLine(2, "背景"), HeadingLine(2, "做法"), HeadingLine(3, "1.一起商量")]
    assert report.body.startswith("背景\n\n桥头社区现有居民3,120户")
    assert report.lost_characters == 0


def test_import_document_keeps_the_byline_as_source(case_index, article):
    article.write_text("作者：王敏\n" + ARTICLE, encoding="utf-8")

    report = imported(article)

    assert CaseStudyPage.objects.get().sources == "作者：王敏\n导入自文件：qiaotou.txt"
    assert "王敏" not in report.body


def test_import_document_counts_lost_characters_on_the_page(case_index, article):
    article.write_text(ARTICLE.replace("商量", "商\ue000"), encoding="utf-8")

    imported(article)

    assert CaseStudyPage.objects.get().lost_characters == 1


def test_import_document_is_logged(case_index, article):
    imported(article)

    page = CaseStudyPage.objects.get()
    assert list(PageLogEntry.objects.filter(page=page.pk).values_list("action", flat=True)) == ["wagtail.create"]


def test_import_document_escapes_what_looks_like_markup(case_index, article):
    article.write_text("背景说明\n\n居民说<script>要热饭</script>，大家都说好。\n", encoding="utf-8")

    imported(article)

    assert "<script>" not in str(CaseStudyPage.objects.get().body)


def test_dry_run_writes_nothing(case_index, article):
    report = imported(article, dry_run=True)

    assert (report.status, report.url) == (Status.READY, "")
    assert report.figures
    assert not CaseStudyPage.objects.exists()


def test_the_same_text_twice_is_refused_naming_the_draft(case_index, article):
    first = imported(article)

    second = imported(article)

    assert second.status == Status.REFUSED
    assert first.title in second.reason
    assert first.url in second.reason
    assert CaseStudyPage.objects.count() == 1


def test_a_text_much_like_a_draft_is_saved_and_its_likeness_told(case_index, article):
    first = imported(article)
    article.write_text(ARTICLE + "\n后来又开了第二家，大家都说好。\n", encoding="utf-8")

    second = imported(article)

    assert second.status == Status.SAVED
    assert [(near.title, near.url) for near in second.near_duplicates] == [(first.title, first.url)]
    assert 0.5 <= second.near_duplicates[0].similarity < 1


def test_likeness_is_told_with_the_latest_draft_of_a_page(case_index, article):
    imported(article)
    page = CaseStudyPage.objects.get()
    page.title = "改过的标题"
    page.body = "[]"
    page.save_revision()

    assert imported(article, dry_run=True).near_duplicates == []


def test_a_published_page_is_named_by_its_public_address(case_index, article):
    article.write_text(ARTICLE + "\n这是2024年的事。\n", encoding="utf-8")
    imported(article)
    page = CaseStudyPage.objects.get()
    assert {figure.year for figure in page.figures.all()} == {2024}
    page.save_revision().publish()

    report = imported(article, dry_run=True)

    assert report.status == Status.REFUSED
    assert report.near_duplicates[0].url == CaseStudyPage.objects.get().get_url()


def test_library_asks_once_for_all_pages(case_index, article, django_assert_num_queries):
    for number in range(3):
        article.write_text(f"第{number}家食堂的故事\n\n{number}号楼的老人吃上了热饭。\n", encoding="utf-8")
        imported(article)

    with django_assert_num_queries(2):  # the source language's locale, the pages
        assert len(queries.library().known) == 3


def test_without_a_case_index_the_file_is_refused(db, article):
    assert "案例" in imported(article).reason
    assert not CaseStudyPage.objects.exists()


def test_a_draft_is_saved_whole_or_not_at_all(case_index, article, monkeypatch):
    def fail(self: CaseStudyPage, *args: object, **options: object) -> None:
        raise OSError("disk full")

    monkeypatch.setattr(CaseStudyPage, "save_revision", fail)
    children = CaseStudyIndexPage.objects.get().numchild

    with pytest.raises(OSError, match="disk full"):
        imported(article)

    assert not CaseStudyPage.objects.exists()
    assert not Figure.objects.exists()
    assert CaseStudyIndexPage.objects.get().numchild == children


def test_a_figure_the_database_would_round_stays_in_the_text(case_index, article):
    article.write_text("社区的一天\n\n居民满意度提高3.125%，食堂2家。\n", encoding="utf-8")

    report = imported(article)

    assert len(report.figures) == 2
    assert [figure.number for figure in CaseStudyPage.objects.get().figures.all()] == [2]


def test_a_very_long_sentence_is_cut_around_its_figure(case_index, article):
    article.write_text(
        "社区的一天\n\n" + "居民说话，" * 120 + "食堂2家，" + "大家都说好，" * 60 + "好。\n", encoding="utf-8"
    )

    imported(article)

    figure = CaseStudyPage.objects.get().figures.get()
    assert "食堂2家" in figure.source
    assert len(figure.source) <= 300


def test_an_editor_opens_the_draft_in_the_admin(case_index, article, client: Client):
    report = imported(article)
    client.force_login(get_user_model().objects.create_superuser(phone="13800000000", password="x"))

    assert client.get(report.url).status_code == 200


def test_an_editor_opens_a_draft_whose_parts_were_never_saved(case_index, article, client: Client):
    """Parts chosen in a draft live in its revision alone, where they are counted in memory."""
    method = case_index.get_parent().add_child(instance=MethodPage(title="一核多元", locale=case_index.locale))
    report = imported(article)
    page = CaseStudyPage.objects.get()
    page.parts = [MethodPart.objects.create(page=method, name="党组织领着办", locale=case_index.locale)]
    page.save_revision()
    client.force_login(get_user_model().objects.create_superuser(phone="13800000000", password="x"))

    response = client.get(report.url)

    assert response.status_code == 200
    assert "党组织领着办" in response.content.decode()
