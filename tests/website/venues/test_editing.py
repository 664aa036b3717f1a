"""Venues at the editors' desk."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from wagtail.test.utils.form_data import inline_formset, nested_form_data, streamfield

from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.website import VenueIndexPageFactory
from website.venues.models import VenuePage

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Client:
    client.force_login(UserFactory(is_superuser=True))
    return client


def written(*, days: list[str], opens: str, **fields: Any) -> dict[str, Any]:
    hours = {"opens": opens, "closes": "17:00", "note": "只收件"}
    form = {
        "title": "向阳党群服务中心",
        "slug": "sun",
        "summary": "",
        "kind": "service_centre",
        "datum": "wgs84",
        "latitude": "30.65",
        "longitude": "104.06",
        "weekly_hours": inline_formset([hours]),
        "body": streamfield([]),
        "comments": inline_formset([]),
        "action-publish": "publish",
    }
    ticked = {"known_facilities": ["ramp", "water"], "weekly_hours-0-days": days}
    return nested_form_data(form) | ticked | fields


def send(desk: Client, *, days: tuple[str, ...] = ("0", "1"), opens: str = "9:00", **fields: Any) -> str:
    index = VenueIndexPageFactory()
    url = reverse("wagtailadmin_pages:add", args=["venues", "venuepage", index.pk])
    assert "每个时段一行" in desk.get(url).content.decode()
    return desk.post(url, written(days=list(days), opens=opens, **fields)).content.decode()


def test_an_editor_ticks_days_and_facilities(desk: Client) -> None:
    area = CommunityFactory(name="向阳社区")

    html = send(desk, community_code=area.code)

    assert not html
    page = VenuePage.objects.get(slug="sun")
    assert page.live
    assert page.known_facilities == ["ramp", "water"]
    assert page.community_name == "向阳社区"
    [row] = page.weekly_hours.all()
    assert (row.days, str(row)) == ([0, 1], "周一、周二 9:00–17:00")


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"latitude": ""}, "纬度和经度要么都填，要么都不填。"),
        ({"latitude": "104.06", "longitude": "30.65"}, "填反了"),
        ({"latitude": "abc"}, "输入"),
        ({"community_code": "gone"}, "没有这个社区"),
        ({"opens": "18:00"}, "结束要晚于开始"),
        ({"days": ()}, "必需字段"),
    ],
)
def test_what_is_wrong_is_said_and_what_was_typed_stays(fields: dict[str, Any], message: str, desk: Client) -> None:
    html = send(desk, **fields)

    assert message in html
    assert 'value="向阳党群服务中心"' in html
    assert not VenuePage.objects.filter(slug="sun").exists()
