"""A reader says whether a page was of use, without a log-in, from a page kept for everybody."""

import re
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from wagtail.models import PageViewRestriction

from tests.factories.website import ContentPageFactory
from website.feedback.enums import FeedbackState
from website.feedback.models import LONGEST_ADDRESS, Feedback
from website.pages.models import ContentPage

pytestmark = pytest.mark.django_db

VOTE, FORM = "/feedback/vote/", "/feedback/"
FROM_HERE = {"Sec-Fetch-Site": "same-origin"}


@pytest.fixture
def page() -> ContentPage:
    return ContentPageFactory(title="关于本站", slug="about")


def press(client: Client, useful: str = "no", *, about: str = "/about/", headers: dict[str, str] = FROM_HERE) -> Any:
    return client.post(VOTE, {"about": about, "useful": useful}, headers=headers)


def test_every_page_asks_with_two_buttons_and_no_token(page: ContentPage, client: Client) -> None:
    html = client.get(page.url).content.decode()

    form = re.search(r'<form class="feedback__vote".*?</form>', html, re.DOTALL)
    assert form
    assert 'name="about" value="/about/"' in form[0]
    assert "csrfmiddlewaretoken" not in form[0]


def test_one_press_is_enough(page: ContentPage, client: Client) -> None:
    response = press(client, "yes")

    feedback = Feedback.objects.get()
    assert (feedback.page_id, feedback.is_useful, feedback.text) == (page.pk, True, "")
    assert client.get(response["Location"]).status_code == 200


def test_pressing_again_counts_once_and_may_change_the_mind(page: ContentPage, client: Client) -> None:
    press(client, "yes")
    press(client, "yes")
    press(client, "no")

    assert [feedback.is_useful for feedback in Feedback.objects.all()] == [False]


def test_two_readers_count_twice(page: ContentPage, client: Client) -> None:
    press(client, "yes", headers=FROM_HERE | {"User-Agent": "one"})
    press(client, "yes", headers=FROM_HERE | {"User-Agent": "two"})

    assert Feedback.objects.count() == 2


def test_words_join_the_press(page: ContentPage, client: Client) -> None:
    more = press(client, "no")["Location"]

    done = client.post(more, {"text": "缺了周末的时间，我的电话是 13800138000"})

    feedback = Feedback.objects.get()
    assert done["Location"] == "/feedback/thanks/?about=%2Fabout%2F"
    assert feedback.text == "缺了周末的时间，我的电话是 138****00"
    assert 'href="/about/"' in client.get(done["Location"]).content.decode()


def test_words_from_the_same_office_do_not_overwrite_words(page: ContentPage, client: Client) -> None:
    for words in ("第一个人说的", "第二个人说的", "第二个人说的"):
        client.post(press(client)["Location"], {"text": words})

    assert sorted(Feedback.objects.values_list("text", flat=True)) == ["第一个人说的", "第二个人说的"]


@pytest.mark.parametrize(
    "headers",
    [{}, {"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://evil.example"}, {"Origin": "null"}],
    ids=["nothing said", "elsewhere", "another origin", "hidden origin"],
)
def test_a_press_from_elsewhere_is_asked_again_on_the_form(
    page: ContentPage, client: Client, headers: dict[str, str]
) -> None:
    response = press(client, "no", headers=headers)

    assert response["Location"] == "/feedback/?about=%2Fabout%2F&useful=no"
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("headers", [{"Origin": "http://testserver"}, {"Referer": "http://testserver/about/"}])
def test_older_browsers_are_believed_too(page: ContentPage, client: Client, headers: dict[str, str]) -> None:
    press(client, headers=headers)

    assert Feedback.objects.count() == 1


def test_the_form_takes_words_about_a_page(page: ContentPage, client: Client) -> None:
    html = client.get(FORM, {"about": "/about/", "useful": "no"}).content.decode()
    assert "关于本站" in html
    assert "checked" in html

    response = client.post(FORM, {"about": "/about/", "text": "电话打不通"})

    feedback = Feedback.objects.get()
    assert response["Location"] == "/feedback/thanks/?about=%2Fabout%2F"
    assert (feedback.page_id, feedback.text, feedback.state) == (page.pk, "电话打不通", FeedbackState.NEW)


def test_the_form_has_a_token_and_needs_it(page: ContentPage) -> None:
    strict = Client(enforce_csrf_checks=True)

    assert strict.post(FORM, {"text": "电话打不通"}).status_code == 403
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', strict.get(FORM).content.decode())
    assert token
    assert strict.post(FORM, {"text": "电话打不通", "csrfmiddlewaretoken": token[1]}).status_code == 302


@pytest.mark.parametrize(
    "given", [{}, {"text": "   "}, {"text": "长" * 1001}, {"useful": "maybe"}, {"text": "字\0"}], ids=str
)
def test_bad_input_is_told_and_kept(page: ContentPage, client: Client, given: dict[str, str]) -> None:
    response = client.post(FORM, {"about": "/about/", **given})

    html = response.content.decode()
    assert response.status_code == 422
    assert "<title>错误：" in html
    assert 'value="/about/"' in html
    assert given.get("text", "").strip().replace("\0", "&#x27;") in html or "\0" in given["text"]
    assert not Feedback.objects.exists()


@pytest.mark.parametrize("about", ["", "https://evil.example/", "//evil.example/", "/nowhere/", "x" * 3000])
def test_an_address_that_is_no_page_is_about_the_whole_site(client: Client, about: str) -> None:
    ContentPageFactory(slug="about")

    assert "整个网站" in client.get(FORM, {"about": about}).content.decode()
    response = press(client, about=about)
    thanks = client.post(response["Location"], {"text": "很好"})

    assert thanks["Location"] == "/feedback/thanks/"
    assert (Feedback.objects.get().page, Feedback.objects.get().address) == (None, "")


def test_a_page_one_may_not_open_is_not_named(client: Client) -> None:
    page = ContentPageFactory(title="内部资料", slug="inner")
    PageViewRestriction.objects.create(page=page, restriction_type=PageViewRestriction.LOGIN)

    assert "内部资料" not in client.get(FORM, {"about": "/inner/"}).content.decode()


@pytest.mark.parametrize("ticket", ["x", "MQ:1abc:zzz"])
def test_a_forged_ticket_opens_nothing(client: Client, ticket: str) -> None:
    assert client.get(reverse("feedback:more", args=[ticket])).status_code == 404


def test_too_much_at_once_is_refused(client: Client, page: ContentPage) -> None:
    answers = [press(client, headers=FROM_HERE | {"User-Agent": str(number)}).status_code for number in range(12)]

    assert answers[:10] == [302] * 10
    assert answers[10:] == [429] * 2


def test_reading_the_form_and_the_answers_leaves_no_session(client: Client) -> None:
    for address in (FORM, "/feedback/answers/", "/feedback/thanks/"):
        client.get(address)
    assert settings.SESSION_COOKIE_NAME not in client.cookies


def test_what_readers_write_is_in_no_log(client: Client, page: ContentPage, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("DEBUG"):
        client.post(FORM, {"about": "/about/", "text": "这句话不该进日志"})

    assert "POST /feedback/" in caplog.text
    assert "这句话不该进日志" not in caplog.text


def test_answers_are_shown_in_the_editors_words(client: Client, page: ContentPage) -> None:
    Feedback.objects.create(page=page, text="李四的原话", question="周末开吗？", answer="周六开。", state="answered")
    Feedback.objects.create(page=page, text="还没处理的话")

    html = client.get("/feedback/answers/").content.decode()

    assert "周末开吗？" in html
    assert "周六开。" in html
    assert "李四" not in html
    assert "还没处理" not in html


def test_a_page_with_a_long_chinese_address_is_found_again(client: Client) -> None:
    """Every letter is nine in an address as browsers send it; the column holds 255."""
    page = ContentPageFactory(title="长", slug="长" * 60)

    press(client, about=page.url)
    press(client, about=f"/{'长' * 60}/", headers=FROM_HERE | {"User-Agent": "two"})
    html = client.get(FORM, {"about": page.url}).content.decode()
    client.post(FORM, {"about": f"/{'长' * 60}/", "text": "少了电话。"}, headers={"User-Agent": "three"})

    assert f'value="/{"长" * 60}/"' in html
    kept = Feedback.objects.all()
    assert [feedback.page_id for feedback in kept] == [page.pk] * 3
    assert all(len(feedback.address) <= LONGEST_ADDRESS for feedback in kept)


@pytest.mark.parametrize("hidden", ["unpublished", "restricted"])
def test_answers_do_not_name_a_page_nobody_may_read(hidden: str, client: Client) -> None:
    """A person's page that was taken down has their name for a title."""
    page = ContentPageFactory(title="林巧云", live=hidden != "unpublished")
    if hidden == "restricted":
        PageViewRestriction.objects.create(page=page, restriction_type="login")
    Feedback.objects.create(page=page, state=FeedbackState.ANSWERED, question="什么时候？", answer="周三。")

    html = client.get("/feedback/answers/").content.decode()

    assert "周三。" in html
    assert "林巧云" not in html
