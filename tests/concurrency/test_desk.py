"""The desk saves by itself while somebody publishes: what was published stays published."""

from threading import Event
from typing import Any

import pytest
from django.http import HttpRequest
from django.urls import reverse
from wagtail import hooks
from wagtail.models import Page

from portal.members.models import User
from tests.concurrency.race import race
from tests.factories.members import UserFactory
from tests.factories.website import ContentPageFactory
from tests.website.editing.conftest import at_desk, form_of
from website.editing.turns import DESK

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

BY_ITSELF = {"Accept": "application/json"}
AT_MOST = 3.0  # seconds the save by itself waits for the other to be through


def _published_meanwhile(editor: User, page: Page) -> list[int]:
    """Publish ``page`` while the desk saves it by itself, which had read it before; return both answers."""
    has_read, is_published = Event(), Event()

    def pause(request: HttpRequest, page: Page) -> None:
        if request.headers.get("Accept") == BY_ITSELF["Accept"]:
            has_read.set()
            is_published.wait(AT_MOST)

    def send(more: dict[str, str]) -> int:
        url = reverse(f"{DESK}:edit", args=[page.pk])
        if not more:
            return at_desk(editor).post(url, form_of(page, text="本站由社区办。"), headers=BY_ITSELF).status_code
        has_read.wait(AT_MOST)
        answer: Any = at_desk(editor).post(url, form_of(page, text="本站由社区办。") | more)
        is_published.set()
        return int(answer.status_code)

    with hooks.register_temporarily("before_edit_page", pause):
        return race(send, [{}, {"action-publish": "1"}], threads=2)


@pytest.fixture
def editor(committed: None) -> User:
    return UserFactory(is_superuser=True)


@pytest.fixture
def page(committed: None) -> Page:
    page: Page = ContentPageFactory(live=False)
    return page


def test_what_is_published_while_the_desk_saves_stays_published(editor: User, page: Page) -> None:
    assert _published_meanwhile(editor, page) == [200, 302]

    page.refresh_from_db()
    assert page.live


def test_without_turns_it_would_be_taken_off_again(editor: User, page: Page, settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if not name.endswith("pages_are_written_in_turn")]

    _published_meanwhile(editor, page)

    page.refresh_from_db()
    assert not page.live
