"""The editors' desk: upload, look through, save."""

from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.factories.members import UserFactory
from tests.website.imports.at_the_desk import UPLOAD, address, answers, uploaded
from tests.website.imports.conftest import ARTICLE
from tests.website.imports.word_files import BAD, paragraph, word_file
from website.case_studies.models import CaseStudyPage
from website.imports.models import ImportDraft

pytestmark = pytest.mark.django_db


def test_upload_shows_a_report_and_writes_no_page(client: Client, editor: Any):
    draft = uploaded(client)

    page = client.get(address(draft)).content.decode()
    assert draft.owner == editor
    assert "桥头社区的助餐点" in page
    assert 'value="3,120"' in page
    assert not CaseStudyPage.objects.exists()


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
