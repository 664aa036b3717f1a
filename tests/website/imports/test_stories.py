"""A story an organiser has begun: a draft for the editors, once."""

import pytest
from django.contrib.auth.models import Group
from django.urls import reverse
from wagtail.models import GroupPagePermission, Site

from portal.notices.models import Message
from tests.factories.members import UserFactory
from tests.factories.public_notices import NoticeIndexPageFactory
from website.imports.stories import draft_story_page
from website.notices.models import NoticePage
from webui.providers import Story

pytestmark = pytest.mark.django_db

STORY = Story(title="楼道清洁", summary="一起清扫。", paragraphs=["8 人参加。", "楼道干净了。"])


@pytest.fixture
def index():
    page = NoticeIndexPageFactory()
    Site.objects.filter(is_default_site=True).update(root_page=page.get_parent())
    return page


@pytest.fixture
def editor(index):
    group = Group.objects.create(name="发布的人")
    GroupPagePermission.objects.create(group=group, page=index, permission_type="publish")
    person = UserFactory()
    person.groups.add(group)
    return person


def test_a_story_becomes_a_draft_and_the_editors_are_told_once(editor):
    key = draft_story_page(STORY, None)
    again = draft_story_page(STORY, key)

    page = NoticePage.objects.get()
    assert key == again == page.pk
    assert not page.live
    assert page.latest_revision is not None
    assert "楼道干净了。" in str(page.body)
    message = Message.objects.get(recipient=editor)
    assert message.url == reverse("wagtailadmin_pages:edit", args=[page.pk])


def test_a_draft_that_was_dropped_may_be_begun_again(index):
    key = draft_story_page(STORY, None)
    NoticePage.objects.get(pk=key).delete()

    assert draft_story_page(STORY, key) != key


def test_without_a_place_for_notices_there_is_no_story():
    assert draft_story_page(STORY, None) is None
