"""From an objection on a phone to its answer, and to its being forgotten."""

import re
import uuid
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import ModelLogEntry

from portal.notices.models import Message
from search import actions as search_actions
from search.models import IndexEntry
from tests.factories.members import UserFactory
from tests.factories.website import NoticePageFactory, ObjectionFactory
from website.notices import actions, queries
from website.notices.enums import NoticeKind, ObjectionState
from website.notices.errors import ObjectionIsClosed
from website.notices.models import NoticePage, Objection

pytestmark = pytest.mark.django_db

WORDS = "三号楼的名单不对，电话 138 0000 0001。"
DESK = "wagtailsnippets_public_notices_objection"


@pytest.fixture
def notice() -> NoticePage:
    return NoticePageFactory(title="扶手名单")


def send(client: Client, notice: NoticePage, **fields: str) -> Any:
    sent = {"text": WORDS, "name": "周居民", "contact": "010-5550 0999", "once": str(uuid.uuid4())} | fields
    return client.post(f"{notice.url}objection/", sent)


def receipt_of(response: Any) -> tuple[str, str]:
    number, code = re.findall(r'receipt__code">([^<]+)<', response.content.decode())
    return number, code


def look_up(client: Client, notice: NoticePage, number: str, code: str, **fields: str) -> Any:
    return client.post(f"{notice.get_parent().url}objections/", {"number": number, "code": code} | fields)


def test_anybody_objects_without_a_name(client: Client, notice: NoticePage) -> None:
    page = client.get(notice.url).content.decode()
    assert f'href="{notice.url}objection/"' in page
    form = client.get(f"{notice.url}objection/")
    assert "姓名和联系方式可以不填" in form.content.decode()

    response = send(client, notice, name="", contact="")

    assert response.status_code == 200
    objection = Objection.objects.get()
    assert (objection.notice, objection.text, objection.name) == (notice, WORDS, "")
    number, code = receipt_of(response)
    assert number == objection.number
    assert code.replace("-", "") not in str(vars(objection))


def test_the_form_is_kept_by_nobody_and_asks_for_its_token(notice: NoticePage, settings: Settings) -> None:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 60
    client = Client(enforce_csrf_checks=True)
    client.get(notice.url)
    form = client.get(f"{notice.url}objection/")
    again = Client().get(f"{notice.url}objection/")

    assert "no-store" in form["Cache-Control"]
    assert form.content != again.content  # each has its own token and key
    assert send(client, notice).status_code == 403
    token = re.findall(r'csrfmiddlewaretoken" value="([^"]+)"', form.content.decode())[0]
    assert send(client, notice, csrfmiddlewaretoken=token).status_code == 200


def test_sending_twice_gives_one(client: Client, notice: NoticePage) -> None:
    once = str(uuid.uuid4())

    first, second = (send(client, notice, once=once) for _ in range(2))

    assert receipt_of(first) == receipt_of(second)
    assert Objection.objects.count() == 1


@pytest.mark.parametrize("changed", ["text", "name", "contact"])
def test_corrected_after_the_receipt_is_another_objection(client: Client, notice: NoticePage, changed: str) -> None:
    once = str(uuid.uuid4())

    first = send(client, notice, once=once)
    second = send(client, notice, once=once, **{changed: "改正过的"})

    assert receipt_of(first)[0] != receipt_of(second)[0]
    assert receipt_of(first)[1] != receipt_of(second)[1]
    assert [getattr(objection, changed) for objection in Objection.objects.order_by("pk")][1] == "改正过的"
    assert "改正过的" in look_up(client, notice, *receipt_of(second)).content.decode() or changed != "text"


def test_nothing_typed_is_lost(client: Client, notice: NoticePage) -> None:
    refused = send(client, notice, text=" ", contact="010-5550 0999")

    assert refused.status_code == 422
    html = refused.content.decode()
    assert "请写下您的意见。" in html
    assert 'value="010-5550 0999"' in html
    assert not Objection.objects.exists()


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"past": True}, "公示期已过，这里不再收意见。"),
        ({"starts_on": timezone.localdate() + timedelta(days=9)}, "公示还没有开始"),
        ({"kind": NoticeKind.ANNOUNCEMENT}, "这份通知不收意见。"),
    ],
)
def test_closed_notices_say_so(client: Client, fields: dict[str, Any], words: str) -> None:
    notice = NoticePageFactory(**fields)

    assert f'href="{notice.url}objection/"' not in client.get(notice.url).content.decode()
    for response in (client.get(f"{notice.url}objection/"), send(client, notice)):
        assert response.status_code == 410
        assert words in response.content.decode()
    assert WORDS in response.content.decode()  # to copy
    assert not Objection.objects.exists()


def test_too_many_from_one_address_wait(client: Client, notice: NoticePage) -> None:
    answers = [send(client, notice) for _ in range(6)]

    assert [response.status_code for response in answers] == [200] * 5 + [429]
    assert WORDS in answers[-1].content.decode()
    assert Objection.objects.count() == 5


def test_one_household_counts_as_one_address(notice: NoticePage) -> None:
    homes = [f"2001:db8:0:1::{host}" for host in range(1, 7)] + ["2001:db8:0:2::1"]  # six of one /64, one of another

    answers = [send(Client(REMOTE_ADDR=home), notice) for home in homes]

    assert [response.status_code for response in answers] == [200] * 5 + [429, 200]


def test_guessing_codes_is_slowed_down(client: Client) -> None:
    objection = ObjectionFactory()

    answers = [look_up(client, objection.notice, objection.number, "WRONGWRONGWR") for _ in range(11)]

    assert [response.status_code for response in answers] == [422] * 10 + [429]


def test_reviewers_are_told_where_and_not_what(
    client: Client, notice: NoticePage, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks
) -> None:
    reviewer = UserFactory()
    reviewer.groups.add(Group.objects.get_or_create(name="审核")[0])

    with django_capture_on_commit_callbacks(execute=True):
        send(client, notice)

    message = Message.objects.get(recipient=reviewer)
    objection = Objection.objects.get()
    assert objection.number in message.title
    assert message.url == reverse(f"{DESK}:edit", args=[objection.pk])
    assert "三号楼" not in message.title + message.body


def test_an_editor_answers_and_the_writer_reads_it(client: Client, notice: NoticePage) -> None:
    number, code = receipt_of(send(client, notice))
    objection = Objection.objects.get()
    assert "还没有答复。" in look_up(client, notice, number, code).content.decode()

    desk, editor = Client(), UserFactory(is_superuser=True)
    desk.force_login(editor)
    assert number in desk.get(reverse(f"{DESK}:list")).content.decode()
    address = reverse(f"{DESK}:edit", args=[objection.pk])
    assert WORDS in desk.get(address).content.decode()
    assert desk.post(address, {"answer": " "}).status_code == 200  # asked again
    desk.post(address, {"answer": "已经改正。"})

    objection.refresh_from_db()
    assert (objection.state, objection.answered_by) == (ObjectionState.ANSWERED, editor)
    html = look_up(client, notice, number.lower(), code.lower().replace("-", " ")).content.decode()
    assert "已经改正。" in html
    public = client.get(notice.url).content.decode()
    assert "已收到 1 条意见，答复了 1 条。" in public
    assert "已经改正" not in public


def test_an_answer_is_given_once() -> None:
    objection = ObjectionFactory(answered=True)

    with pytest.raises(ObjectionIsClosed):
        actions.answer(objection=objection, text="又一次", by=None)
    with pytest.raises(ObjectionIsClosed):
        actions.take_back(objection=objection)


def test_the_writer_takes_it_back_and_it_is_forgotten_at_once(client: Client) -> None:
    objection = ObjectionFactory()

    html = look_up(client, objection.notice, objection.number, "CADE-2CADE-2CA", take_back="1").content.decode()

    assert "内容已经按规定清除" in html
    objection.refresh_from_db()
    assert objection.state == ObjectionState.WITHDRAWN
    assert (objection.text, objection.name, objection.contact) == ("", "", "")
    assert queries.objection_counts(objection.notice).received == 0


def test_a_wrong_code_opens_nothing(client: Client) -> None:
    objection = ObjectionFactory()

    for number, code in (
        (objection.number, "ABCDEFGHJKLM"),
        ("YJ000000-AAAAA", "CADE2CADE2CA"),
        (objection.number, "0"),
    ):
        response = look_up(client, objection.notice, number, code)
        assert response.status_code == 422
        assert objection.text not in response.content.decode()


def test_words_are_in_no_log_and_in_no_index(
    client: Client, notice: NoticePage, capsys: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    number, code = receipt_of(send(client, notice))
    look_up(client, notice, number, code)
    actions.answer(objection=Objection.objects.get(), text="答复里的话", by=None)
    search_actions.rebuild()

    output = capsys.readouterr()
    written = [caplog.text, output.out, output.err]
    written += [f"{entry.label} {entry.data}" for entry in ModelLogEntry.objects.all()]
    written += [f"{entry.title} {entry.summary} {entry.body}" for entry in IndexEntry.objects.all()]
    for secret in ("三号楼", "周居民", "010-5550 0999", "答复里的话", code, code.replace("-", "")):
        assert [text for text in written if secret in text] == []


@pytest.mark.parametrize("group", ["编辑", "审核", None])
def test_only_editors_and_reviewers_see_objections(client: Client, group: str | None) -> None:
    user = UserFactory()
    if group:
        user.groups.add(Group.objects.get(name=group))
    client.force_login(user)
    objection = ObjectionFactory()

    response = client.get(reverse(f"{DESK}:edit", args=[objection.pk]))

    assert (response.status_code == 200) == bool(group)
    assert (objection.text in response.content.decode()) == bool(group)


def test_search_says_the_period(notice: NoticePage) -> None:
    search_actions.rebuild()

    assert notice.period in IndexEntry.objects.get(title="扶手名单").body
