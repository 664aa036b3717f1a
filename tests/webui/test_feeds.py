"""One page with a control character, pasted from a word processor, does not take a whole feed away."""

import pytest
from django.test import Client

from tests.factories.website import NoticePageFactory
from website.calendar.rss import ActivityFeed
from website.home.feeds import NewsFeed
from website.notices.rss import NoticeFeed
from webui.feeds import PlainRss

pytestmark = pytest.mark.django_db


def test_a_control_character_is_left_out(client: Client) -> None:
    page = NoticePageFactory(title="停水\x0b通知", summary="周三\x0b停水。")

    response = client.get(f"{page.get_parent().url}feed/")

    assert response.status_code == 200
    assert "停水 通知" in response.content.decode()


def test_every_feed_is_so() -> None:
    assert {feed.feed_type for feed in (NewsFeed, NoticeFeed, ActivityFeed)} == {PlainRss}
