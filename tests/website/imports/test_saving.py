"""From the report to a draft page: once, whole, or not at all."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.website.imports.at_the_desk import UPLOAD, address, answers, uploaded
from tests.website.imports.conftest import ARTICLE
from tests.website.imports.word_files import paragraph, picture, word_file
from website.base.models import SiteImage
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Figure
from website.imports import desk
from website.imports.models import ImportDraft, ImportPicture
from website.imports.pagemaking import Fields
from website.notices.models import NoticeIndexPage, NoticePage
from website.pages.models import ContentPage
from website.people.errors import ConsentIsMissing
from website.people.models import PeopleIndexPage, PersonPage

pytestmark = pytest.mark.django_db


def test_save_makes_the_draft_and_keeps_nothing_of_the_upload(client: Client, editor: Any):
    draft = uploaded(client)

    response = client.post(address(draft), answers(client, draft))

    page = CaseStudyPage.objects.get()
    assert response["Location"] == reverse("wagtailadmin_pages:edit", args=[page.pk])
    assert (page.title, page.live, page.owner) == ("桥头社区的助餐点", False, editor)
    assert page.figures.count() == 7
    assert page.latest_revision.user == editor
    draft.refresh_from_db()
    assert (draft.reading, draft.answers, draft.page_id) == ({}, {}, page.pk)


def test_what_the_editor_changes_is_what_is_saved(client: Client, editor: Any):
    text = "作者：王敏\n" + ARTICLE.replace("关心的事", "关心的\ue000") + "\n上一篇：邻里节\n"
    draft = uploaded(client, text)
    context = client.get(address(draft)).context
    ((gap, _field),) = context["gaps"]
    level = next(field.html_name for block, field in context["headings"] if block.text == "1.一起商量")
    link = next(piece for kind in context["taken"] for piece in kind.pieces if piece[1] == "上一篇：邻里节")

    changed = {
        f"lost-{gap.key}": "事",
        level: "0",
        "restore": [link[0]],
        "title": "助餐点开张",
        "city": "清河市",
        "year": "2024",
        "figures-0-number": "3,200",
        "figures-0-label": "居民户数",
        "figures-1-keep": "",
    }
    client.post(address(draft), answers(client, draft, **changed))

    page = CaseStudyPage.objects.get()
    body = str(page.body)
    assert (page.title, page.city, page.year, page.lost_characters) == ("助餐点开张", "清河市", 2024, 0)
    assert "把关心的事写在纸上" in body
    assert "上一篇：邻里节" in body
    assert "1.一起商量" not in [block.value["text"] for block in page.body if block.block_type == "heading"]
    assert page.sources.startswith("作者：王敏")
    labels = [(figure.number, figure.label) for figure in page.figures.all()]
    assert labels[0] == (3200, "居民户数")
    assert "党员" not in [label for _number, label in labels]


def test_mistake_is_told_and_nothing_typed_is_lost(client: Client, editor: Any):
    draft = uploaded(client)

    response = client.post(
        address(draft), answers(client, draft, title="", summary="改过的摘要", **{"figures-0-number": "很多"})
    )

    assert response.status_code == 422
    page = response.content.decode()
    assert "改过的摘要" in page
    assert "请只写数字" in page
    assert not CaseStudyPage.objects.exists()
    assert "改过的摘要" in client.get(address(draft)).content.decode()


def test_saving_twice_makes_one_page(client: Client, editor: Any):
    draft = uploaded(client)
    sent = answers(client, draft)

    first, second = client.post(address(draft), sent), client.post(address(draft), sent)

    assert first["Location"] == second["Location"]
    assert CaseStudyPage.objects.count() == 1


def test_two_saves_that_both_saw_the_upload_make_one_page(client: Client, editor: Any, case_index: Any):
    draft = uploaded(client)
    fields = Fields(title="一页")
    options = {"by": editor, "parent": case_index, "fields": fields, "blocks": [], "figures": []}

    pages = {desk.save_page(draft_id=draft.pk, **options).pk for _time in range(2)}

    assert len(pages) == 1
    assert CaseStudyPage.objects.count() == 1


def test_picture_of_a_word_document_comes_along_with_its_words(client: Client, editor: Any, media: Path):
    draft = uploaded(
        client, word_file(paragraph("桥头社区的助餐点"), paragraph("老人吃上了热饭。"), picture()), "a.docx"
    )
    refused = client.post(address(draft), answers(client, draft, **{"picture-0": "on"}))

    assert refused.status_code == 422
    assert list(refused.context["passages"].errors) == ["alt-0"]
    assert refused.context["details"].is_valid()
    assert refused.context["figures"].is_valid()
    assert "请用一句话说说图片里有什么" in refused.content.decode()
    client.post(address(draft), answers(client, draft, **{"picture-0": "on", "alt-0": "老人在吃饭"}))

    image, page = SiteImage.objects.get(), CaseStudyPage.objects.get()
    assert [block.block_type for block in page.body] == ["paragraph", "picture"]
    assert page.body.raw_data[1]["value"]["image"]["alt_text"] == "老人在吃饭"
    assert Path(image.file.path).exists()
    assert not ImportPicture.objects.exists()


def test_failure_on_saving_leaves_no_picture_and_keeps_the_upload(
    client: Client, editor: Any, media: Path, monkeypatch: pytest.MonkeyPatch
):
    draft = uploaded(
        client, word_file(paragraph("桥头社区的助餐点"), paragraph("老人吃上了热饭。"), picture()), "a.docx"
    )

    written: list[Path] = []

    def fail(self: CaseStudyPage, **options: Any) -> None:
        written.extend(path for path in media.rglob("*") if path.is_file())
        raise ZeroDivisionError

    monkeypatch.setattr(CaseStudyPage, "save_revision", fail)

    with pytest.raises(ZeroDivisionError):
        desk.save_page(
            draft_id=draft.pk,
            by=editor,
            parent=CaseStudyIndexPage.objects.get(),
            fields=Fields(title="一页"),
            blocks=[],
            figures=[],
            pictures=[(0, "图", "2")],
        )

    assert written, "the picture had not been brought in yet, so this proved nothing"
    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not SiteImage.objects.exists()
    assert not Figure.objects.exists()
    assert ImportPicture.objects.count() == 1


def test_plain_page_can_be_made_too(client: Client, editor: Any, case_index: Any):
    draft = uploaded(client)
    home = case_index.get_parent()

    client.post(address(draft), answers(client, draft, place=str(home.pk)))

    assert ContentPage.objects.get(title="桥头社区的助餐点").live is False


def test_notice_can_be_made_too(client: Client, editor: Any, case_index: Any):
    board = case_index.get_parent().add_child(instance=NoticeIndexPage(title="公示通知", locale=case_index.locale))
    draft = uploaded(client)

    client.post(address(draft), answers(client, draft, place=str(board.pk)))

    notice = NoticePage.objects.child_of(board).get()
    assert (notice.live, notice.starts_on) == (False, timezone.localdate())
    assert "把关心的事写在纸上" in str(notice.body)


def test_person_can_be_made_too_but_waits_for_consent(client: Client, editor: Any, case_index: Any):
    people = case_index.get_parent().add_child(instance=PeopleIndexPage(title="人物", locale=case_index.locale))
    draft = uploaded(client)

    told = client.post(address(draft), answers(client, draft, place=str(people.pk), city="清河市"), follow=True)

    person = PersonPage.objects.child_of(people).get()
    assert (person.live, person.place, person.sources) == (False, "清河市", "导入自文件：qiaotou.txt")
    assert "公开同意书" in str([str(message) for message in told.context["messages"]])
    with pytest.raises(ConsentIsMissing):
        person.latest_revision.publish(user=editor)


def test_a_figure_without_a_year_takes_the_documents_and_follows_it(client: Client, editor: Any):
    draft = uploaded(client, ARTICLE + "\n2023年，社区又添了座椅12把、长椅9条。\n")
    form = client.get(address(draft)).context["figures"][0]
    assert (form["year"].value(), form.is_year_guessed) == (2023, True)
    assert "猜</span>" in client.get(address(draft)).content.decode()

    client.post(address(draft), answers(client, draft, year="2024", **{"figures-1-year": "2020"}))

    years = {figure.label: figure.year for figure in CaseStudyPage.objects.get().figures.all()}
    assert (years["居民"], years["党员"], years["长椅"]) == (2024, 2020, 2023)


def test_discard_forgets_the_upload(client: Client, editor: Any):
    draft = uploaded(client)

    response = client.post(address(draft), {"action": "discard"})

    assert response["Location"] == UPLOAD
    assert not ImportDraft.objects.exists()


def test_the_clock_erases_what_nobody_finished(client: Client, editor: Any):
    uploaded(client)

    assert desk.erase_expired(now=timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS - 1)) == 0
    with time_machine.travel(timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS + 1), tick=False):
        call_command("run_periodic", stdout=io.StringIO())

    assert not ImportDraft.objects.exists()
