import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings
from wagtail.models import Locale, ModelLogEntry, Revision

from tests.factories.members import UserFactory
from tests.factories.website import ConsentFactory, ImageFactory, PersonPageFactory, release
from website.base.models import SiteImage
from website.people.actions import WITHDRAWN, heal_withdrawn, withdraw
from website.people.models import Consent, PersonPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def administrator(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def withdrawn(consent: Consent) -> list[PersonPage]:
    return withdraw(consent=consent, by=None, on=consent.given_on + timedelta(days=1))


def test_withdrawal_takes_the_page_down_at_once(client: Client) -> None:
    page = PersonPageFactory()
    assert client.get(page.url).status_code == 200

    taken = withdrawn(page.consent)

    assert taken == [page]
    assert client.get(page.url).status_code == 404
    assert withdrawn(page.consent) == []


def test_withdrawal_is_recorded_with_who_when_and_how() -> None:
    consent, clerk = ConsentFactory(), UserFactory()

    withdraw(consent=consent, by=clerk, on=date(2026, 3, 1), how="phone")
    withdraw(consent=consent, by=UserFactory(), on=date(2026, 4, 1), how="paper")

    consent.refresh_from_db()
    assert (consent.withdrawn_on, consent.withdrawn_by) == (date(2026, 3, 1), "phone")
    assert consent.withdrawal_recorded_by == clerk
    entry = ModelLogEntry.objects.for_instance(consent).get(action=WITHDRAWN)
    assert (entry.user, entry.data) == (clerk, {"on": "2026-03-01"})


def picture_block(picture: SiteImage) -> dict[str, Any]:
    image = {"image": picture.pk, "decorative": False, "alt_text": "人"}
    return {"type": "picture", "value": {"image": image, "caption": ""}}


def schedule(page: PersonPage) -> Revision:
    page.go_live_at = timezone.now() + timedelta(hours=1)
    revision = page.save_revision(user=UserFactory())
    revision.publish(user=UserFactory(is_superuser=True))
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

    withdrawn(page.consent)

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
    page.listing_image = portrait
    release(page)
    PersonPageFactory(parent=page.get_parent(), listing_image=shared)
    PersonPageFactory(parent=page.get_parent(), listing_image=portrait, live=False)
    files = {picture: [picture.file, picture.get_rendition("width-40").file] for picture in (portrait, at_work, once)}

    with django_capture_on_commit_callbacks(execute=True):
        withdrawn(page.consent)

    assert not [file.name for known in files.values() for file in known if file.storage.exists(file.name)]
    assert list(SiteImage.objects.all()) == [shared]
    assert shared.file.storage.exists(shared.file.name)


def test_draft_without_its_pictures_is_still_edited(administrator: Client) -> None:
    page = PersonPageFactory(body=json.dumps([picture_block(ImageFactory())]))

    withdrawn(page.consent)

    assert administrator.get(reverse("wagtailadmin_pages:edit", args=[page.pk])).status_code == 200
    assert administrator.get(reverse("wagtailadmin_pages:view_draft", args=[page.pk])).status_code == 200


def test_open_consent_keeps_the_page() -> None:
    page = PersonPageFactory()

    assert heal_withdrawn() == 0
    page.refresh_from_db()
    assert page.live


def test_what_a_withdrawal_missed_is_not_shown_and_then_healed(client: Client) -> None:
    page = PersonPageFactory()
    Consent.objects.update(withdrawn_on=date(2026, 3, 1))  # past our doors

    assert client.get(page.url).status_code == 404
    assert page.title not in client.get(page.get_parent().url).content.decode()

    assert heal_withdrawn() == 1
    page.refresh_from_db()
    assert not page.live
