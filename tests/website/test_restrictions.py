"""Pages and documents that not everybody may open."""

from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.models import Collection, CollectionViewRestriction, PageViewRestriction

from tests.factories.members import UserFactory
from tests.factories.website import ContentPageFactory
from tests.portal.members.doors import last_code
from website.base.models import SiteDocument
from website.pages.models import ContentPage

pytestmark = pytest.mark.django_db

LOG_IN = "account_request_login_code"


@pytest.fixture
def page() -> ContentPage:
    return ContentPageFactory(title="内部资料")


@pytest.fixture
def document(settings: Settings, tmp_path: Path) -> SiteDocument:
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}  # documents are served from disk
    inner = Collection.get_first_root_node().add_child(instance=Collection(name="内部"))
    return SiteDocument.objects.create(title="名单", collection=inner, file=ContentFile(b"one", name="list.txt"))


@pytest.mark.parametrize("language", ["", "/en"])
def test_page_with_a_password_opens_with_it_and_with_no_other(client: Client, page: ContentPage, language: str) -> None:
    restriction = PageViewRestriction.objects.create(page=page, restriction_type="password", password="向阳花")
    address = f"{language}/_util/authenticate_with_password/{restriction.pk}/{page.pk}/"
    asked = client.get(page.url).content.decode()
    assert "请输入密码" in asked
    assert "本站由社区办" not in asked

    refused = client.post(address, {"password": "月季", "return_url": page.url})
    assert refused.status_code == 200
    assert "本站由社区办" not in client.get(page.url).content.decode()

    opened = client.post(address, {"password": "向阳花", "return_url": page.url}, follow=True)
    assert opened.redirect_chain == [(page.url, 302)]
    assert "本站由社区办" in opened.content.decode()


def test_document_with_a_password_opens_with_it(client: Client, document: SiteDocument) -> None:
    restriction = CollectionViewRestriction.objects.create(
        collection=document.collection, restriction_type="password", password="向阳花"
    )
    address = reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk])
    assert "请输入密码" in client.get(document.url).content.decode()

    response = client.post(address, {"password": "向阳花", "return_url": document.url}, follow=True)

    assert response.getvalue() == b"one"


def test_page_for_members_sends_to_the_log_in_and_back(client: Client, page: ContentPage) -> None:
    PageViewRestriction.objects.create(page=page, restriction_type="login")

    door = client.get(page.url)
    assert door["Location"] == f"{reverse(LOG_IN)}?next={page.url}"

    sent = client.post(door["Location"], {"phone": str(UserFactory().phone), "next": page.url})
    back = client.post(sent["Location"], {"code": last_code(), "next": page.url}, follow=True)
    assert back.redirect_chain[-1] == (page.url, 302)
    assert "本站由社区办" in back.content.decode()


def test_document_for_members_sends_to_the_log_in(client: Client, document: SiteDocument) -> None:
    CollectionViewRestriction.objects.create(collection=document.collection, restriction_type="login")

    assert client.get(document.url)["Location"] == f"{reverse(LOG_IN)}?next={document.url}"


def test_there_is_no_second_log_in(client: Client, page: ContentPage) -> None:
    assert client.get("/_util/login/").status_code == 404
