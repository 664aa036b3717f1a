"""Where a community's middle is: whole, on the earth, and how far it is said to be."""

from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from pytest_django.asserts import assertContains
from wagtail.models import ModelLogEntry

from portal.organisations.actions.imports import compare, write
from portal.organisations.enums import PlaceKind, Role
from portal.organisations.models import Area
from portal.organisations.positions import Point, metres_between, said
from tests.factories.organisations import CommunityFactory, PostFactory

pytestmark = pytest.mark.django_db
HEAD = ["编码", "名称", "中心纬度", "中心经度"]


@pytest.fixture
def page(client):
    area = CommunityFactory()
    client.force_login(PostFactory(area=area, role=Role.ADMINISTRATOR).person)
    return reverse("organisations:change_area", args=[area.pk])


def test_an_administrator_says_where_the_middle_is(client, page):
    typed = {"name": "南山社区", "phone": "", "latitude": "30.657401", "longitude": "104.065735"}

    assert client.post(page, typed).status_code == 302

    area = Area.objects.get(name="南山社区")
    assert (area.latitude, area.longitude) == (Decimal("30.657401"), Decimal("104.065735"))
    assert ModelLogEntry.objects.get(action="organisations.area.changed").data["after"]["latitude"] == "30.657401"
    assertContains(client.get(reverse("organisations:area", args=[area.pk])), "30.657401, 104.065735")
    client.post(page, typed)
    assert ModelLogEntry.objects.filter(action="organisations.area.changed").count() == 1


@pytest.mark.parametrize(
    ("latitude", "longitude", "words"),
    [("104.065735", "30.657401", "别写反了"), ("30.657401", "", "要么都填，要么都不填")],
)
def test_half_a_position_or_one_off_the_earth_is_refused(client, page, latitude, longitude, words):
    typed = {"name": "南山社区", "latitude": latitude, "longitude": longitude}

    assertContains(client.post(page, typed), words, status_code=422)
    with pytest.raises(IntegrityError), transaction.atomic():
        Area.objects.update(latitude=latitude, longitude=longitude or None)


def test_a_table_says_where_middles_are():
    area = CommunityFactory(code="C1")
    row = ["C1", area.name, "30.6574", "104.065735"]

    def found(*cells):
        return compare([HEAD, list(cells)], kind=PlaceKind.AREAS, by=None)

    write(found(*row), by=None)

    area.refresh_from_db()
    assert (area.latitude, area.longitude) == (Decimal("30.6574"), Decimal("104.065735"))
    assert found(*row).unchanged == 1
    CommunityFactory(code="C2", name="和风社区")
    wrong = [("91", "104"), ("30.6", ""), ("北纬三十度", "104")]
    said = [[problem.column for problem in found("C2", "和风社区", *cells).problems] for cells in wrong]
    assert said == [["中心纬度"], ["中心经度"], ["中心纬度"]]


def test_a_distance_is_that_of_the_globe_to_a_thousandth():
    one, other = Point(30.657401, 104.065735), Point(30.690000, 104.090000)

    assert metres_between(one, other) == pytest.approx(4_304.1, rel=0.001)  # by haversine


@pytest.mark.parametrize(
    ("metres", "words"),
    [
        (0, "不到 100 米"),
        (99, "不到 100 米"),
        (326, "约 350 米"),
        (974, "约 950 米"),
        (980, "约 1.0 公里"),
        (1_234, "约 1.2 公里"),
        (12_345, "约 12 公里"),
    ],
)
def test_a_distance_is_said_no_more_exactly_than_it_is_known(metres, words):
    assert said(metres) == words
