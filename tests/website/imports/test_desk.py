"""The editors' desk: upload, look through, save."""

import io
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from tests.factories.members import UserFactory
from tests.website.imports.conftest import ARTICLE
from tests.website.imports.word_files import BAD, paragraph, picture, word_file
from website.base.models import SiteImage
from website.case_studies.models import CaseStudyIndexPage, CaseStudyPage, Figure
from website.imports import desk
from website.imports.models import ImportDraft, ImportPicture
from website.pages.models import ContentPage

pytestmark = pytest.mark.django_db
UPLOAD = "/cms/imports/"


@pytest.fixture
def editor(client: Client, case_index: Any) -> Any:
    user = UserFactory()
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return user


@pytest.fixture
def media(settings: Any, tmp_path: Path) -> Path:
    settings.MEDIA_ROOT = str(tmp_path)
    return tmp_path


def uploaded(client: Client, raw: bytes | str = ARTICLE, name: str = "qiaotou.txt") -> ImportDraft:
    content = raw.encode() if isinstance(raw, str) else raw
    response = client.post(UPLOAD, {"document": SimpleUploadedFile(name, content)})
    assert response.status_code == 302, response.context["form"].errors
    return ImportDraft.objects.get(pk=response.url.strip("/").split("/")[-1])


def address(draft: ImportDraft) -> str:
    return reverse("imports:report", args=[draft.pk])


def answers(client: Client, draft: ImportDraft, **changed: Any) -> dict[str, Any]:
    """Return what a browser would send if the editor changed nothing else."""
    context = client.get(address(draft)).context
    sent: dict[str, Any] = {}
    for form in (context["details"], context["passages"], context["figures"].management_form, *context["figures"]):
        for field in form:
            value = field.value()
            if value is True:
                sent[field.html_name] = "on"
            elif value not in (None, False):
                sent[field.html_name] = value
    return {**sent, "action": "save", **changed}


def test_upload_shows_a_report_and_writes_no_page(client: Client, editor: Any):
    draft = uploaded(client)

    page = client.get(address(draft)).content.decode()
    assert draft.owner == editor
    assert "桥头社区的助餐点" in page
    assert "3120" in page
    assert not CaseStudyPage.objects.exists()


def test_save_makes_the_draft_and_keeps_nothing_of_the_upload(client: Client, editor: Any):
    draft = uploaded(client)

    response = client.post(address(draft), answers(client, draft))

    page = CaseStudyPage.objects.get()
    assert response.url == reverse("wagtailadmin_pages:edit", args=[page.pk])
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


def test_what_was_kept_survives_a_log_out(client: Client, editor: Any):
    draft = uploaded(client)
    client.post(
        address(draft), answers(client, draft, action="keep", title="想到一半"), HTTP_X_REQUESTED_WITH="XMLHttpRequest"
    )
    client.logout()

    assert client.get(address(draft)).status_code == 302
    client.force_login(editor)

    assert draft.file_name in client.get(UPLOAD).content.decode()
    assert "想到一半" in client.get(address(draft)).content.decode()


def test_saving_twice_makes_one_page(client: Client, editor: Any):
    draft = uploaded(client)
    sent = answers(client, draft)

    first, second = client.post(address(draft), sent), client.post(address(draft), sent)

    assert first.url == second.url
    assert CaseStudyPage.objects.count() == 1


def test_two_saves_that_both_saw_the_upload_make_one_page(client: Client, editor: Any, case_index: Any):
    draft = uploaded(client)
    fields = desk.Fields(title="一页")
    options = {"by": editor, "parent": case_index, "fields": fields, "blocks": [], "figures": []}

    pages = {desk.save_page(draft_id=draft.pk, **options).pk for _time in range(2)}

    assert len(pages) == 1
    assert CaseStudyPage.objects.count() == 1


def test_somebody_elses_upload_does_not_exist(client: Client, editor: Any):
    draft = uploaded(client)
    other = UserFactory()
    other.groups.add(Group.objects.get(name="编辑"))
    client.force_login(other)

    assert client.get(address(draft)).status_code == 404
    assert client.post(address(draft), {"action": "discard"}).status_code == 404
    assert ImportDraft.objects.exists()


def test_who_may_add_no_page_finds_nothing(client: Client, case_index: Any):
    group = Group.objects.create(name="看看")
    group.permissions.add(*Group.objects.get(name="编辑").permissions.filter(codename="access_admin"))
    user = UserFactory()
    user.groups.add(group)
    client.force_login(user)

    assert client.get(UPLOAD).status_code == 404
    assert "导入文档" not in client.get("/cms/").content.decode()


def test_pasted_text_will_do(client: Client, editor: Any):
    response = client.post(UPLOAD, {"text": ARTICLE})

    assert response.status_code == 302
    assert ImportDraft.objects.get().file_name == "粘贴的文字.txt"


@pytest.mark.parametrize("sent", [{}, {"text": "  "}])
def test_nothing_sent_is_told(client: Client, editor: Any, sent: dict[str, str]):
    response = client.post(UPLOAD, sent)

    assert response.status_code == 422
    assert "请选一个文件" in response.content.decode()


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        *BAD,
        pytest.param(b"x" * (5 * 1024 * 1024 + 1), "5 MB", id="huge"),
        pytest.param(b"%PDF-1.7", "二进制", id="pdf"),
    ],
)
def test_bad_file_is_refused_and_leaves_nothing(client: Client, editor: Any, raw: bytes, reason: str, media: Path):
    name = "a.docx" if raw[:2] in (b"PK", b"\xd0\xcf", b"") else "a.txt"

    response = client.post(UPLOAD, {"document": SimpleUploadedFile(name, raw), "text": ""})

    assert response.status_code == 422
    assert reason in response.content.decode()
    assert not ImportDraft.objects.exists()
    assert list(media.iterdir()) == []


def test_a_word_file_above_the_limit_of_the_settings_is_refused(client: Client, editor: Any, settings: Any):
    settings.IMPORT_MAX_BYTES = 1024

    response = client.post(UPLOAD, {"document": SimpleUploadedFile("a.docx", word_file(paragraph("社区。")))})

    assert response.status_code == 422


def test_picture_of_a_word_document_comes_along_with_its_words(
    client: Client, editor: Any, settings: Any, tmp_path: Path
):
    settings.MEDIA_ROOT = str(tmp_path)
    draft = uploaded(
        client, word_file(paragraph("桥头社区的助餐点"), paragraph("老人吃上了热饭。"), picture()), "a.docx"
    )
    refused = client.post(address(draft), answers(client, draft, **{"picture-0": "on"}))

    assert refused.status_code == 422
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
    monkeypatch.setattr(CaseStudyPage, "save_revision", lambda *args, **options: 1 // 0)

    with pytest.raises(ZeroDivisionError):
        desk.save_page(
            draft_id=draft.pk,
            by=editor,
            parent=CaseStudyIndexPage.objects.get(),
            fields=desk.Fields(title="一页"),
            blocks=[],
            figures=[],
            pictures=[(0, "图", "2")],
        )

    assert [path for path in media.rglob("*") if path.is_file()] == []
    assert not SiteImage.objects.exists()
    assert not Figure.objects.exists()
    assert ImportPicture.objects.count() == 1


def test_plain_page_and_notice_can_be_made_too(client: Client, editor: Any, case_index: Any):
    draft = uploaded(client)
    home = case_index.get_parent()

    client.post(address(draft), answers(client, draft, place=str(home.pk)))

    assert ContentPage.objects.get(title="桥头社区的助餐点").live is False


def test_discard_forgets_the_upload(client: Client, editor: Any):
    draft = uploaded(client)

    response = client.post(address(draft), {"action": "discard"})

    assert response.url == UPLOAD
    assert not ImportDraft.objects.exists()


def test_the_clock_erases_what_nobody_finished(client: Client, editor: Any):
    uploaded(client)

    assert desk.erase_expired(now=timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS - 1)) == 0
    with time_machine.travel(timezone.now() + timedelta(days=settings.IMPORT_KEPT_DAYS + 1), tick=False):
        call_command("run_periodic", stdout=io.StringIO())

    assert not ImportDraft.objects.exists()


def test_an_old_page_much_like_it_is_named(client: Client, editor: Any):
    first = uploaded(client)
    client.post(address(first), answers(client, first))

    page = client.get(address(uploaded(client))).content.decode()

    assert "一字不差" in page


def test_report_asks_as_often_for_one_figure_as_for_fifty(
    client: Client, editor: Any, django_assert_max_num_queries: Any
):
    many = "社区的一天\n\n" + "\n".join(f"第{n}天来了{n}位老人，送出{n}份饭。" for n in range(2, 52))
    few, lots = uploaded(client, "社区的一天\n\n来了3位老人。\n大家都说好。\n"), uploaded(client, many)
    client.get(address(few))

    with django_assert_max_num_queries(40) as asked:
        client.get(address(few))
    with django_assert_max_num_queries(len(asked)):
        client.get(address(lots))


def test_markup_in_a_document_stays_text(client: Client, editor: Any):
    draft = uploaded(client, "社区的一天\n\n居民说<script>alert(1)</script>要热饭，大家都说好。\n")

    assert "<script>alert(1)</script>" not in client.get(address(draft)).content.decode()
