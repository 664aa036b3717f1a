"""A page that refuses says why, and leads nobody in a circle."""

from typing import Any, NoReturn

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from wagtail.models import Page

from tests.factories.members import UserFactory
from tests.factories.website import ContentPageFactory
from website.pages.models import ContentPage

pytestmark = pytest.mark.django_db


@pytest.fixture
def page(monkeypatch: pytest.MonkeyPatch) -> ContentPage:
    """Return a page that nothing can be done with."""
    page = ContentPageFactory()

    def refuse(*_args: Any, **_kwargs: Any) -> NoReturn:
        raise ValidationError("这一页缺了一样东西。")

    monkeypatch.setattr(Page, "get_latest_revision_as_object", refuse)
    return page


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def test_page_that_cannot_be_opened_says_why_and_leads_to_its_list(desk: Client, page: ContentPage) -> None:
    response = desk.get(reverse("wagtailadmin_pages:edit", args=[page.pk]))

    assert response.status_code == 422
    html = response.content.decode()
    assert "这一页缺了一样东西。" in html
    assert f'href="{reverse("wagtailadmin_explore", args=[page.get_parent().pk])}">返回列表' in html


def test_what_is_refused_when_sent_goes_back_to_the_page(desk: Client, page: ContentPage) -> None:
    address = reverse("wagtailadmin_pages:edit", args=[page.pk])

    response = desk.post(address, {"title": "别的"})

    assert response["Location"] == address
