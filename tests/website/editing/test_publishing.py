"""What happens between the click on “publish” and the page."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.messages import get_messages
from django.core.exceptions import ValidationError
from django.urls import reverse
from wagtail.models import Locale, Page
from wagtail_localize.models import StringSegment, StringTranslation, Translation, TranslationContext
from wagtail_localize.operations import translate_object

from portal.members.models import User
from tests.factories.members import UserFactory
from tests.factories.website import (
    ConsentFactory,
    ContentPageFactory,
    PeopleIndexPageFactory,
    PersonPageFactory,
    home_page,
)
from tests.website.editing.conftest import at_desk, form_of
from website.editing.models import RemarkCount
from website.pages.models import ContentPage

Save = Callable[..., Any]
NUMBER = "440524188001010014"


@pytest.fixture
def page(db: None) -> Page:
    return ContentPageFactory()


def told(response: Any) -> str:
    return "".join(str(message) for message in get_messages(response.wsgi_request))


def test_identity_number_keeps_the_draft_and_says_why(page: Page, editor: User, save: Save) -> None:
    response = save(editor, page, text=f"证件 {NUMBER}", **{"action-publish": "1"})

    page.refresh_from_db()
    assert "没有发布，先存成了草稿" in told(response)
    assert NUMBER not in told(response)
    assert NUMBER not in str(page.body)
    assert NUMBER in str(page.get_latest_revision_as_object().body)


def test_new_page_with_an_identity_number_is_a_draft(editor: User) -> None:
    page = ContentPage(title="名单", slug="list")
    url = reverse("wagtailadmin_pages:add", args=["pages", "contentpage", home_page().pk])

    at_desk(editor).post(url, form_of(page, text=f"证件 {NUMBER}") | {"action-publish": "1"})

    made = ContentPage.objects.get(title="名单")
    assert not made.live
    assert NUMBER in str(made.get_latest_revision_as_object().body)


def test_other_remarks_keep_nobody_from_publishing(page: Page, editor: User, save: Save) -> None:
    response = save(editor, page, text="打 13812345678 找小王。", **{"action-publish": "1"})

    page.refresh_from_db()
    assert "13812345678" in str(page.body)
    assert "还有 1 处可以改进" in told(response)


def test_nothing_is_said_where_there_is_nothing_to_say(page: Page, editor: User, save: Save) -> None:
    response = save(editor, page, **{"action-publish": "1"})

    assert "可以改进" not in told(response)


def test_saving_a_draft_with_an_identity_number_is_free(page: Page, editor: User, save: Save) -> None:
    response = save(editor, page, text=f"证件 {NUMBER}")

    page.refresh_from_db()
    assert "没有发布" not in told(response)
    assert NUMBER in str(page.get_latest_revision_as_object().body)


def test_bulk_publishing_stops_at_an_identity_number(page: Page, editor: User, save: Save) -> None:
    page.unpublish()
    save(editor, page, text=f"证件 {NUMBER}")
    url = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])

    response = at_desk(editor).post(f"{url}?id={page.pk}", {"include_descendants": ""})

    page.refresh_from_db()
    assert not page.live
    assert "身份证号" in told(response)


def test_remarks_are_counted_when_a_page_is_published(page: Page, editor: User, save: Save) -> None:
    save(editor, page, text="打 13812345678。", **{"action-publish": "1"})
    assert RemarkCount.objects.get(page=page).remarks == 1

    save(editor, page, **{"action-publish": "1"})
    assert RemarkCount.objects.get(page=page).remarks == 0


def test_editor_sees_the_remarks_beside_the_form(page: Page, editor: User, save: Save) -> None:
    save(editor, page, text="打 13812345678。")

    html = at_desk(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()

    assert "发布前看一看（1）" in html
    assert "138****5678" in html


def test_autosave_brings_fresh_remarks(page: Page, editor: User) -> None:
    url = reverse("wagtailadmin_pages:edit", args=[page.pk])

    answer = at_desk(editor).post(url, form_of(page, text="打 13812345678。"), headers={"accept": "application/json"})

    assert "138****5678" in answer.json()["html"]


def test_person_without_consent_is_noticed_on_other_pages(page: Page, editor: User, save: Save) -> None:
    people = PeopleIndexPageFactory()
    PersonPageFactory(parent=people, title="许望舒", consent=None, live=False)
    PersonPageFactory(parent=people, title="陈桂香", consent=ConsentFactory())

    save(editor, page, text="许望舒和陈桂香都来了。", **{"action-publish": "1"})

    html = at_desk(editor).get(reverse("wagtailadmin_pages:edit", args=[page.pk])).content.decode()
    assert "提到了 许望舒" in html
    assert "提到了 陈桂香" not in html


def test_translation_with_an_identity_number_does_not_go_out(page: Page) -> None:
    english = Locale.objects.get_or_create(language_code="en")[0]
    for each in (home_page(), page):
        translate_object(each, [english])
    translation = Translation.objects.get(source__object_id=page.translation_key)
    context = TranslationContext.objects.get(object_id=page.translation_key, path="title")
    string = StringSegment.objects.get(source=translation.source, context=context).string
    StringTranslation.objects.create(
        translation_of=string, locale=english, context=context, data=f"ID {NUMBER}", has_error=False
    )
    translated = page.get_translation(english)
    translated.save_revision().publish()
    address = reverse("wagtailadmin_pages:edit", args=[translated.pk])

    response = at_desk(UserFactory(is_superuser=True)).post(address, {"action": "publish"}, follow=True)

    translated.refresh_from_db()
    assert NUMBER not in translated.title
    assert response.status_code == 200
    refused = StringTranslation.objects.get(data__contains=NUMBER)  # what was typed is there still
    assert "身份证号不能公开" in refused.field_error


def test_no_way_out_is_open_to_an_identity_number(page: Page) -> None:
    page.title = f"证件 {NUMBER}"

    with pytest.raises(ValidationError, match="身份证号不能公开"):
        page.save_revision().publish()

    page.refresh_from_db()
    assert NUMBER not in page.title
    page.live = False
    page.title = f"证件 {NUMBER}"
    page.save()  # a draft may hold it
