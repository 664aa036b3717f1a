"""People at the desk, and what their browsers send."""

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.test import Client
from django.urls import reverse
from wagtail.models import Page
from wagtail.test.utils.form_data import nested_form_data, rich_text, streamfield

from portal.members.models import User
from tests.factories.members import UserFactory


def _of(group: str, **fields: Any) -> User:
    user = UserFactory(**fields)
    user.groups.add(Group.objects.get(name=group))
    return user


def at_desk(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.fixture
def editor(db: None) -> User:
    return _of("编辑", name="白知秋", email="bai@demo.invalid")


@pytest.fixture
def second_editor(db: None) -> User:
    return _of("编辑", name="林见鹿", email="lin@demo.invalid")


@pytest.fixture
def reviewer(db: None) -> User:
    return _of("审核", name="苏问渠", email="su@demo.invalid")


@pytest.fixture
def save() -> Callable[..., Any]:
    """Return a function that sends the form of a plain page as the browser would."""

    def send(user: User, page: Page, *, text: str = "本站由社区办。", **more: str) -> Any:
        url = reverse("wagtailadmin_pages:edit", args=[page.pk])
        return at_desk(user).post(url, form_of(page, text=text) | more)

    return send


def form_of(page: Page, *, text: str) -> dict[str, Any]:
    form = nested_form_data({"body": streamfield([("paragraph", rich_text(f"<p>{text}</p>"))])})
    comments = {f"comments-{name}": value for name, value in {"TOTAL_FORMS": "0", "INITIAL_FORMS": "0"}.items()}
    return {"title": page.title, "slug": page.slug, "summary": "一句话。", **form, **comments}
