import pytest
from django.db import connection
from django.db.migrations.writer import MigrationWriter
from django.test import Client
from django.test.utils import CaptureQueriesContext

from tests.factories.website import ContentPageFactory, ImageFactory
from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import SiteImage

pytestmark = pytest.mark.django_db


def picture(image: SiteImage) -> tuple[str, dict[str, object]]:
    image.decorative = False
    image.contextual_alt_text = "一张桌子"
    return ("picture", {"image": image, "caption": "议事桌"})


def test_blocks_stay_out_of_migrations() -> None:
    written, _ = MigrationWriter.serialize(StreamField(BodyBlock(), verbose_name="正文", blank=True))

    assert "block" not in written.lower().replace("blank", "")


def test_picture_says_what_it_shows_and_has_its_size(client: Client) -> None:
    page = ContentPageFactory(body=[picture(ImageFactory(credit="社区供图"))])

    html = client.get(page.url).content.decode()

    assert 'alt="一张桌子"' in html
    assert 'loading="lazy"' in html
    assert "议事桌" in html
    assert "图：社区供图" in html


def test_more_pictures_cost_no_more_queries(client: Client) -> None:
    one = ContentPageFactory(body=[picture(ImageFactory())])
    five = ContentPageFactory(body=[picture(ImageFactory()) for _ in range(5)])
    costs = []

    for page in (one, five):
        client.get(page.url)
        with CaptureQueriesContext(connection) as queries:
            client.get(page.url)
        costs.append(len(queries))

    assert costs[0] == costs[1]
