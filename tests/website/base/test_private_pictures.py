"""Pictures of private collections: who gets their files, and what tells nginx to ask."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import Group
from django.core.files.storage import default_storage
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from wagtail.images.models import Filter
from wagtail.models import Collection, CollectionViewRestriction

from tests.factories.members import UserFactory
from tests.factories.website import ImageFactory
from website.base.models import SiteImage
from website.base.private_pictures import mark_private

pytestmark = pytest.mark.django_db

Committed = Callable[..., AbstractContextManager[Any]]
SIZES = ("width-40", "width-50")


@pytest.fixture(autouse=True)
def disk(settings: Settings, tmp_path: Path) -> Path:
    on_disk = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": tmp_path}}
    settings.STORAGES = settings.STORAGES | {"default": on_disk}
    return tmp_path


def collection(name: str = "内部") -> Collection:
    return Collection.get_first_root_node().add_child(instance=Collection(name=name))


def restrict(place: Collection, kind: str = "login") -> CollectionViewRestriction:
    return CollectionViewRestriction.objects.create(collection=place, restriction_type=kind, password="向阳花")


def names(image: SiteImage) -> list[str]:
    return [image.file.name, *(rendition.file.name for rendition in image.renditions.all())]


def marked(image: SiteImage) -> set[bool]:
    return {default_storage.exists(f"private/{name}") for name in names(image)}


def answers(client: Client, image: SiteImage) -> set[int]:
    return {answer(client, name)[0] for name in names(image)}


def answer(client: Client, name: str) -> tuple[int, str]:
    """Return the status, and whether the answer may be stored."""
    response = client.get(f"/media/{name}")
    if response.streaming:
        response.getvalue()  # to its end, which closes the file
    return response.status_code, response.get("Cache-Control", "")


def with_sizes(place: Collection) -> SiteImage:
    image: SiteImage = ImageFactory(collection=place)
    image.get_rendition(SIZES[0])
    return image


def test_private_picture_is_served_to_whom_the_restriction_lets_in(client: Client) -> None:
    inner = collection()
    image, public = with_sizes(inner), with_sizes(Collection.get_first_root_node())
    restrict(inner)

    assert answers(client, image) == {404}
    assert answers(client, public) == {200}
    client.force_login(UserFactory())
    assert answers(client, image) == {200}
    assert "no-store" in answer(client, image.file.name)[1]
    assert answer(client, "images/of-no-picture.jpg")[0] == 404


def test_password_of_another_kind_of_restriction_opens_nothing(client: Client) -> None:
    inner = collection()
    image, restriction = with_sizes(inner), restrict(inner, "password")

    client.force_login(UserFactory())
    assert answers(client, image) == {404}
    client.post(
        reverse("wagtaildocs_authenticate_with_password", args=[restriction.pk]),
        {"password": "向阳花", "return_url": "/"},
    )
    assert answers(client, image) == {200}


def test_editors_see_what_they_work_with(client: Client) -> None:
    inner = collection()
    image = with_sizes(inner)
    restrict(inner, "password")
    editor = UserFactory()
    editor.groups.add(Group.objects.get(name="编辑"))

    client.force_login(editor)

    assert answers(client, image) == {200}


def test_collection_that_turns_private_marks_what_is_there_and_back(
    django_capture_on_commit_callbacks: Committed,
) -> None:
    outer = collection()
    inner = outer.add_child(instance=Collection(name="再里面"))
    image, public = with_sizes(inner), with_sizes(Collection.get_first_root_node())

    with django_capture_on_commit_callbacks(execute=True):
        restriction = restrict(outer)
    assert (marked(image), marked(public)) == ({True}, {False})

    with django_capture_on_commit_callbacks(execute=True):
        restriction.delete()
    assert marked(image) == {False}


def test_new_picture_and_every_size_of_it_are_marked(django_capture_on_commit_callbacks: Committed) -> None:
    inner = collection()
    restrict(inner)

    with django_capture_on_commit_callbacks(execute=True):
        image = with_sizes(inner)
    assert marked(image) == {True}

    with django_capture_on_commit_callbacks(execute=True):
        image.get_renditions(*(Filter(f"{size}|format-png") for size in SIZES))
    assert len(names(image)) > len(SIZES)
    assert marked(image) == {True}


def test_picture_that_is_moved_is_marked_where_it_comes_to(django_capture_on_commit_callbacks: Committed) -> None:
    inner = collection()
    restrict(inner)
    image = with_sizes(Collection.get_first_root_node())

    for place, is_marked in ((inner, True), (Collection.get_first_root_node(), False)):
        with django_capture_on_commit_callbacks(execute=True):
            image.collection = place
            image.save()
        assert marked(image) == {is_marked}


def test_many_moved_at_once_are_marked(client: Client) -> None:
    inner = collection()
    restrict(inner)
    image = with_sizes(Collection.get_first_root_node())
    client.force_login(UserFactory(is_superuser=True))
    address = reverse("wagtail_bulk_action", args=["base", "siteimage", "add_to_collection"], query={"id": image.pk})

    client.post(address, {"collection": inner.pk})

    image.refresh_from_db()
    assert image.collection == inner
    assert marked(image) == {True}


def test_clock_marks_what_a_moved_collection_holds() -> None:
    outer, inner = collection(), collection("别处")
    restrict(outer)
    image = with_sizes(inner)
    mark_private()
    assert marked(image) == {False}

    inner.move(outer, "sorted-child")

    assert mark_private() == len(names(image))
    assert marked(image) == {True}
    assert mark_private() == 0
