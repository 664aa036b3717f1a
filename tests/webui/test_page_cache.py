"""Public pages are kept a short while, forgotten when they change, and made anew when the cache is away."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from typing import Any

import pytest
from django.contrib import messages
from django.contrib.messages.middleware import MessageMiddleware
from django.contrib.sessions.middleware import SessionMiddleware
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.middleware.csrf import get_token
from django.test import Client, RequestFactory
from django.urls import ResolverMatch
from wagtail.models import PageViewRestriction

from portal.activities.actions import sign_up
from portal.organisations.actions import merge_areas
from tests.factories.activities import ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.services import url_of
from website.home.models import HomePage
from webui import page_cache
from webui.page_cache import public_pages_are_kept

pytestmark = pytest.mark.django_db

Committed = Callable[..., AbstractContextManager[Any]]


@pytest.fixture(autouse=True)
def _kept(settings: Any) -> None:
    settings.PUBLIC_PAGES_KEPT_SECONDS = 60


@pytest.fixture
def redis(settings: Any) -> Iterator[None]:
    settings.CACHES = settings.CACHES | {
        "pages": {
            "BACKEND": "django.core.cache.backends.redis.RedisCache",
            "LOCATION": url_of("TEST_REDIS_URL", "Redis"),
            "KEY_PREFIX": "test",
        }
    }
    caches["pages"].clear()
    yield
    caches["pages"].clear()


def was_kept(response: Any) -> bool:
    return response.headers.get("X-Page-Cache") == "hit"


def test_a_second_reader_gets_the_kept_page(client: Client):
    first = client.get("/")
    second = client.get("/")

    assert not was_kept(first)
    assert was_kept(second)
    assert second.content == first.content
    assert second["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert not second.cookies


@pytest.mark.redis
def test_redis_keeps_pages(redis: None, client: Client, django_assert_num_queries: Any):
    client.get("/")

    with django_assert_num_queries(0):
        assert was_kept(client.get("/"))


def test_a_published_change_is_seen_at_once(client: Client, django_capture_on_commit_callbacks: Committed):
    client.get("/")
    home = HomePage.objects.get(locale__language_code="zh-hans")
    home.intro = "换了一句话"

    with django_capture_on_commit_callbacks(execute=True):
        home.save_revision().publish()

    assert "换了一句话" in client.get("/").content.decode()


def test_a_change_in_the_portal_is_seen_at_once(client: Client, django_capture_on_commit_callbacks: Committed):
    client.get("/")

    with django_capture_on_commit_callbacks(execute=True):
        ShiftFactory()

    assert not was_kept(client.get("/"))


def test_a_message_for_one_reaches_no_other(client: Client):
    client.force_login(UserFactory())
    client.post("/account/logout/")
    del client.cookies["sessionid"]

    told = client.get("/")
    stranger = Client().get("/")

    assert "退出" in told.content.decode().split("<main")[1]
    assert stranger.content != told.content


@pytest.mark.parametrize("query", ["?x=1", "?utm_source=mail"])
def test_a_question_a_page_does_not_know_is_not_kept(client: Client, query: str):
    client.get(f"/{query}")

    assert not was_kept(client.get(f"/{query}"))


def test_a_rush_of_sign_ups_leaves_the_pages_kept(client: Client, django_capture_on_commit_callbacks: Committed):
    shift = ShiftFactory()
    client.get("/")

    with django_capture_on_commit_callbacks(execute=True):
        sign_up(shift=shift, member=UserFactory())

    assert was_kept(client.get("/"))


def test_activities_that_follow_their_community_make_the_pages_anew(
    client: Client, django_capture_on_commit_callbacks: Committed
):
    shift = ShiftFactory()
    client.get("/")

    with django_capture_on_commit_callbacks(execute=True):
        merge_areas(areas=[shift.activity.area], into=CommunityFactory(), by=None)

    assert not was_kept(client.get("/"))


def test_elder_mode_has_pages_of_its_own(client: Client):
    client.get("/")
    client.cookies["display"] = "elder"

    assert 'data-display="elder"' in client.get("/").content.decode()


@pytest.mark.parametrize("path", ["/search/?q=x", "/account/login/code/", "/healthz", "/nowhere/", "/display/"])
def test_nothing_else_is_kept(client: Client, path: str):
    client.get(path)

    assert not was_kept(client.get(path))


def test_a_page_behind_a_password_is_never_kept(client: Client):
    home = HomePage.objects.get(locale__language_code="zh-hans")
    PageViewRestriction.objects.create(page=home, restriction_type=PageViewRestriction.PASSWORD, password="x")

    assert "csrfmiddlewaretoken" in client.get("/").content.decode()
    client.cookies.clear()
    assert not was_kept(client.get("/"))


@pytest.mark.parametrize(
    "touch",
    [get_token, lambda request: request.session.get("x"), lambda request: list(messages.get_messages(request))],
    ids=["a form of its own", "a look into the session", "a message told"],
)
def test_a_page_made_for_somebody_is_never_kept(touch: Callable[[HttpRequest], Any], rf: RequestFactory):
    def page(request: HttpRequest) -> HttpResponse:
        request.resolver_match = ResolverMatch(page, (), {}, url_name="wagtail_serve")
        touch(request)
        return HttpResponse("for you")

    def ask() -> HttpResponse:
        request = rf.get("/")
        SessionMiddleware(page).process_request(request)
        MessageMiddleware(page).process_request(request)
        return public_pages_are_kept(page)(request)

    ask()

    assert not was_kept(ask())


def test_people_who_are_logged_in_get_pages_made_for_them(client: Client):
    client.get("/")
    client.cookies["sessionid"] = "somebody"

    assert not was_kept(client.get("/"))


def test_pages_are_made_anew_when_the_cache_is_away(client: Client, settings: Any):
    settings.CACHES = settings.CACHES | {
        "pages": {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": "redis://127.0.0.1:1/0"}
    }

    assert [client.get("/").status_code, client.get("/").status_code] == [200, 200]


@pytest.mark.parametrize(
    ("address", "host"), [("/?page={}", "testserver"), ("/?{}", "testserver"), ("/", "testserver:{}")]
)
def test_invented_values_and_ports_do_not_fill_the_memory(
    address: str, host: str, client: Client, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(page_cache, "_allowance", page_cache._Allowance())
    monkeypatch.setattr(page_cache, "MOST_ANSWERS", 2)

    def ask(number: int) -> Any:
        # "&", "&&", … ask nothing, and are different addresses all the same.
        asked = address.format("&" * number if "?{}" in address else number)
        return client.get(asked, headers={"host": host.format(8000 + number)})

    for number in range(1, 6):
        ask(number)

    assert [was_kept(ask(number)) for number in range(1, 6)] == [True, True, False, False, False]
    client.get("/")
    assert was_kept(client.get("/"))
