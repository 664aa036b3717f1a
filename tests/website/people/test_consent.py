import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Locale, Page, Revision
from wagtail.test.utils.form_data import inline_formset, nested_form_data, rich_text, streamfield

from tests.factories.members import UserFactory
from tests.factories.website import ConsentFactory, ImageFactory, PeopleIndexPageFactory, PersonPageFactory
from website.base.models import SiteImage
from website.people.actions import take_down_without_consent
from website.people.models import Consent, PersonPage

pytestmark = pytest.mark.django_db

REFUSAL = "还没有本人的公开同意书，不能发布。"


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_living_person_without_consent_is_not_published() -> None:
    page = PersonPageFactory(live=False, consent=None)

    with pytest.raises(ValidationError, match=REFUSAL):
        page.save_revision().publish()

    page.refresh_from_db()
    assert not page.live


def test_living_person_with_withdrawn_consent_is_not_published() -> None:
    consent = ConsentFactory(withdrawn_on=date(2026, 2, 1))
    page = PersonPageFactory(live=False, consent=consent)

    with pytest.raises(ValidationError, match=REFUSAL):
        page.save_revision().publish()


def test_the_dead_need_no_consent() -> None:
    page = PersonPageFactory(live=False, consent=None, is_living=False)

    page.save_revision().publish()

    page.refresh_from_db()
    assert page.live


def test_withdrawal_takes_the_page_down_at_once(client: Client) -> None:
    consent = ConsentFactory()
    page = PersonPageFactory(consent=consent)
    assert client.get(page.url).status_code == 200

    consent.withdrawn_on = consent.given_on + timedelta(days=1)
    consent.save()
    taken = take_down_without_consent(consent=consent, by=None)

    assert taken == [page]
    assert client.get(page.url).status_code == 404
    assert take_down_without_consent(consent=consent, by=None) == []


def withdraw(consent: Consent) -> None:
    consent.withdrawn_on = consent.given_on + timedelta(days=1)
    consent.save()
    take_down_without_consent(consent=consent, by=None)


def picture_block(picture: SiteImage) -> dict[str, Any]:
    image = {"image": picture.pk, "decorative": False, "alt_text": "人"}
    return {"type": "picture", "value": {"image": image, "caption": ""}}


def schedule(page: PersonPage) -> Revision:
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision()
    revision.publish()
    revision.refresh_from_db()
    assert revision.approved_go_live_at
    return revision


@pytest.mark.parametrize("live", [True, False])
def test_withdrawal_takes_drafts_off_the_schedule(live: bool) -> None:
    page = PersonPageFactory(live=live)
    other = PersonPageFactory(live=False, parent=page.get_parent())
    english, _ = Locale.objects.get_or_create(language_code="en")
    translation = page.copy_for_translation(english, copy_parents=True)
    waiting, in_english, of_another = schedule(page), schedule(translation), schedule(other)

    withdraw(page.consent)

    for revision in (waiting, in_english):
        revision.refresh_from_db()
        assert revision.approved_go_live_at is None
        assert revision.as_object().go_live_at is None
        assert revision.content_object.go_live_at is None
    of_another.refresh_from_db()
    assert of_another.approved_go_live_at


def test_withdrawal_deletes_the_pictures_only_this_person_has(
    django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks, settings: Settings, tmp_path: Path
) -> None:
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}  # the task that deletes has no part in our memory
    portrait, at_work, shared, once = ImageFactory.create_batch(4)
    page = PersonPageFactory(listing_image=once, body=json.dumps([picture_block(at_work), picture_block(shared)]))
    page.save_revision().publish()
    page.listing_image = portrait
    page.save_revision().publish()
    PersonPageFactory(parent=page.get_parent(), listing_image=shared)
    PersonPageFactory(parent=page.get_parent(), listing_image=portrait, live=False)
    files = {picture: [picture.file, picture.get_rendition("width-40").file] for picture in (portrait, at_work, once)}

    with django_capture_on_commit_callbacks(execute=True):
        withdraw(page.consent)

    assert not [file.name for known in files.values() for file in known if file.storage.exists(file.name)]
    assert list(SiteImage.objects.all()) == [shared]
    assert shared.file.storage.exists(shared.file.name)


def test_draft_without_its_pictures_is_still_edited(administrator: Client) -> None:
    page = PersonPageFactory(body=json.dumps([picture_block(ImageFactory())]))
    page.save_revision().publish()

    withdraw(page.consent)

    assert administrator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert administrator.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def bulk_publish(administrator: Client, page: Page, **form: str) -> Any:
    address = reverse("wagtail_bulk_action", args=["wagtailcore", "page", "publish"])
    query = {"id": page.pk, "next": reverse("wagtailadmin_explore", args=[page.get_parent().pk])}
    return administrator.post(f"{address}?{urlencode(query)}", form, follow=True)


def test_publishing_in_bulk_is_refused_kindly(administrator: Client) -> None:
    page = PersonPageFactory(live=False, consent=None, title="李守仁")

    answers = [bulk_publish(administrator, page)]
    answers.append(bulk_publish(administrator, page.get_parent(), include_descendants="on"))

    for answer in answers:
        assert f"李守仁：{REFUSAL}" in answer.content.decode()
    page.refresh_from_db()
    assert not page.live


def test_publishing_in_bulk_with_consent_is_done(administrator: Client) -> None:
    page = PersonPageFactory(live=False)

    bulk_publish(administrator, page)

    page.refresh_from_db()
    assert page.live


def test_open_consent_keeps_the_page() -> None:
    page = PersonPageFactory()

    assert take_down_without_consent(consent=page.consent, by=None) == []


def test_withdrawal_in_the_admin_takes_the_page_down(administrator: Client) -> None:
    page = PersonPageFactory()
    address = reverse("wagtailsnippets_people_consent:edit", args=[page.consent_id])
    form = {"name": "陈桂香", "text_version": "1.0", "given_on": "2026-01-03", "withdrawn_on": "2026-03-01"}

    response = administrator.post(address, form)

    assert response.status_code == 302
    page.refresh_from_db()
    assert not page.live


def test_form_refuses_publication_but_keeps_a_draft(administrator: Client) -> None:
    index = PeopleIndexPageFactory()
    address = reverse("wagtailadmin_pages:add", args=["people", "personpage", index.pk])
    form = nested_form_data(
        {
            "title": "李守仁",
            "slug": "li",
            "is_living": "on",
            "body": streamfield([("paragraph", rich_text("<p>事迹。</p>"))]),
            "comments": inline_formset([]),
        }
    )

    refused = administrator.post(address, form | {"action-publish": "yes"})
    assert refused.status_code == 200
    assert REFUSAL in refused.content.decode()
    assert not PersonPage.objects.exists()

    saved = administrator.post(address, form)
    assert saved.status_code == 302
    assert not PersonPage.objects.get().live


def test_consent_is_not_withdrawn_before_it_is_given() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        ConsentFactory(given_on=date(2026, 2, 1), withdrawn_on=date(2026, 1, 1))
