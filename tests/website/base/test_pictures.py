"""Pictures come in modern formats, made beforehand; until then in one plain size."""

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from io import BytesIO
from typing import Any

import pytest
from django.template import Context, Template
from django.test import Client
from PIL import Image
from pytest_django import DjangoAssertNumQueries

from tests.factories.website import ContentPageFactory, ImageFactory
from website.base.models import SiteImage
from website.base.pictures import every_spec, specs
from website.base.tasks import make_sizes

pytestmark = pytest.mark.django_db

Committed = Callable[..., AbstractContextManager[Any]]


@pytest.fixture
def picture() -> SiteImage:
    return ImageFactory(title="清晨", file__width=1600, file__height=900)


def shown(picture: SiteImage, more: str = "") -> str:
    template = Template(f'{{% load website_tags %}}{{% picture_of picture "card" "card__image" {more} %}}')
    return template.render(Context({"picture": picture}))


def test_a_picture_without_its_sizes_is_shown_plain_and_makes_one_size_alone(picture: SiteImage) -> None:
    html = shown(picture)

    assert "<source" not in html
    assert re.search(r'<img class="card__image" src="[^"]+\.jpg"', html)
    assert [rendition.filter_spec for rendition in picture.renditions.all()] == ["fill-640x360|format-jpeg"]


def test_a_picture_with_its_sizes_offers_them_best_first(picture: SiteImage) -> None:
    assert make_sizes.func(picture.pk) == len(every_spec())

    html = shown(picture, 'alt=""')

    assert re.findall(r'<source type="([^"]+)"', html) == ["image/avif", "image/webp"]
    assert re.search(r'srcset="[^"]+\.avif 320w, [^"]+\.avif 640w"', html)
    assert 'alt="" width="640" height="360" loading="lazy"' in html


def test_sizes_are_real_pictures_of_their_format(picture: SiteImage) -> None:
    make_sizes.func(picture.pk)

    formats = {
        rendition.filter_spec: Image.open(BytesIO(rendition.file.read())).format
        for rendition in picture.renditions.filter(filter_spec__in=specs("card"))
    }

    assert {spec.rpartition("-")[2]: found for spec, found in formats.items()} == {
        "avif": "AVIF",
        "webp": "WEBP",
        "jpeg": "JPEG",
    }


def test_sizes_are_made_when_a_picture_is_saved(django_capture_on_commit_callbacks: Committed) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        picture = ImageFactory()

    assert picture.renditions.count() == len(every_spec())


def test_a_picture_that_is_gone_makes_no_trouble(picture: SiteImage) -> None:
    key = picture.pk
    picture.delete()

    assert make_sizes.func(key) == 0


def test_a_body_with_many_pictures_costs_one_query_for_all_their_sizes(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    pictures = [ImageFactory() for _ in range(3)]
    body = [
        ("picture", {"image": {"image": each, "alt_text": f"图{each.pk}", "decorative": False}}) for each in pictures
    ]
    one, many = (ContentPageFactory(body=blocks, slug=f"p{len(blocks)}") for blocks in (body[:1], body))
    for each in pictures:
        make_sizes.func(each.pk)
    client.get(one.url)
    client.get(many.url)

    with django_assert_num_queries(5):
        client.get(one.url)
    with django_assert_num_queries(5):
        html = client.get(many.url).content.decode()
    assert f'alt="图{pictures[2].pk}"' in html
