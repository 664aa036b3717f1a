"""A walk over every public surface, before and after a person takes back their word."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from pytest_django import Settings
from wagtail.models import Locale

from search import actions as search_actions
from tests.factories.members import UserFactory
from tests.factories.website import ImageFactory, PersonPageFactory, home_page, release
from website.people.actions import withdraw
from website.people.models import PersonPage, RelatedPage

pytestmark = pytest.mark.django_db

NAME = "李守仁"

Commit = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def committed(django_capture_on_commit_callbacks: Callable[..., Any]) -> Commit:
    return lambda: django_capture_on_commit_callbacks(execute=True)


@pytest.fixture
def media(settings: Settings, tmp_path: Path) -> Path:
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path)}}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}
    settings.PUBLIC_PAGES_KEPT_SECONDS = 60  # pages are kept, as they are in real life
    return tmp_path


@pytest.fixture
def person(media: Path, committed: Commit) -> PersonPage:
    """A person shown in two languages, under a second address, and on another person's page."""
    english, _ = Locale.objects.get_or_create(language_code="en")
    with committed():
        page = PersonPageFactory(title=NAME, listing_image=ImageFactory())
        index = page.get_parent().specific
        for above in (home_page(), index):
            translated = above.copy_for_translation(english)
            translated.save_revision().publish()
        translated = page.copy_for_translation(english)
        translated.refresh_from_db()
        release(translated)
        page.create_alias(parent=index, update_slug="alias")
        neighbour = PersonPageFactory(parent=index, title="邻居")
        neighbour.related.add(RelatedPage(page=page))
        release(neighbour)
        search_actions.rebuild()
    return page


def surfaces(person: PersonPage) -> list[str]:
    index = person.get_parent()
    return [
        person.url,
        f"{index.url}alias/",
        f"/en{person.url}",
        index.url,
        f"/en{index.url}",
        PersonPage.objects.get(title="邻居").url,
        f"/search/?q={NAME}",
        f"/en/search/?q={NAME}",
        "/sitemap.xml",
    ]


def names_the_person(client: Client, address: str, person: PersonPage) -> bool:
    response = client.get(address)
    if response.status_code == 404:
        return False
    html = response.content.decode()
    said = html.replace(f'value="{NAME}"', "").replace(f"“{NAME}”", "").replace(f"<title>{NAME}", "")
    signs = (f'href="{person.url}"', f'href="/en{person.url}"', f">{NAME}</h1>", f"{person.url}</loc>")
    return any(sign in said for sign in signs)


def status_of(client: Client, address: str) -> int:
    response = client.get(address)
    response.getvalue()  # read to its end, a file is closed
    return int(response.status_code)


def test_after_the_withdrawal_no_surface_names_the_person(
    client: Client, person: PersonPage, media: Path, committed: Commit
) -> None:
    assert person.listing_image is not None
    assert person.consent is not None
    rendition = person.listing_image.get_rendition("fill-480x480|format-webp").url
    addresses = surfaces(person)
    for _ in range(2):  # the second time from memory
        assert [address for address in addresses if not names_the_person(client, address, person)] == []
    assert (media / rendition.removeprefix("/media/")).exists()
    assert status_of(client, rendition) == 200

    with committed():
        withdraw(consent=person.consent, by=UserFactory(), on=person.consent.given_on + timedelta(days=1))

    assert [address for address in addresses if names_the_person(client, address, person)] == []
    for address in addresses[:3]:
        assert client.get(address).status_code == 404
    assert status_of(client, rendition) == 404
    assert not (media / rendition.removeprefix("/media/")).exists()
    assert not PersonPage.objects.filter(title=NAME, live=True).exists()
