"""What share cards and machines are told of an activity."""

import json
import re
from typing import Any

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.test import Client
from PIL import Image

from portal.activities.models import Activity
from tests.factories.activities import ActivityFactory, ShiftFactory

pytestmark = pytest.mark.django_db


def shown(client: Client, activity: Activity) -> str:
    return client.get(f"/portal/activities/{activity.code}/").content.decode()


def told(html: str) -> list[dict[str, Any]]:
    [script] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    data = json.loads(script)
    assert data["@context"] == "https://schema.org"
    graph: list[dict[str, Any]] = data["@graph"]
    return graph


def test_a_share_card_says_what_and_where(client: Client) -> None:
    activity = ShiftFactory(activity__title="楼道<清洁>", activity__summary="带上手套。").activity

    html = shown(client, activity)

    assert '<meta property="og:title" content="楼道&lt;清洁&gt;">' in html
    assert f'<meta property="og:description" content="{activity.area} · 一号楼前 · 带上手套。">' in html
    assert f'<link rel="canonical" href="{settings.BASE_URL}/portal/activities/{activity.code}/">' in html


def test_the_picture_of_a_share_card_is_square_and_large_enough(client: Client) -> None:
    html = shown(client, ShiftFactory().activity)

    [address] = re.findall(r'<meta property="og:image" content="([^"]+)">', html)
    assert address == f"{settings.BASE_URL}/static/images/share.png"
    found = finders.find("images/share.png")
    assert isinstance(found, str)
    with Image.open(found) as picture:
        assert picture.size == (600, 600)


def test_machines_are_told_each_shift(client: Client) -> None:
    shift = ShiftFactory(activity__title="</script><b>义诊")
    ShiftFactory(activity=shift.activity, name="下午班", starts_at=shift.ends_at)

    first, second = told(shown(client, shift.activity))

    assert first["@type"] == "Event"
    assert first["name"] == "</script><b>义诊"
    assert second["name"].endswith(" · 下午班")
    assert first["startDate"].endswith("+08:00")
    assert first["eventStatus"] == "https://schema.org/EventScheduled"
    assert first["location"]["name"] == "一号楼前"
    assert first["organizer"]["name"] == shift.activity.area.name


def test_what_is_called_off_is_told_as_such(client: Client) -> None:
    html = shown(client, ShiftFactory(activity=ActivityFactory(cancelled=True)).activity)

    [event] = told(html)
    assert event["eventStatus"] == "https://schema.org/EventCancelled"
    assert 'property="og:title" content="已取消 · ' in html


def test_nobody_is_named_to_machines(client: Client) -> None:
    shift = ShiftFactory(activity__contact_name="赵不说", activity__contact_phone="010-5550 9999")

    head = shown(client, shift.activity).partition("</head>")[0]

    assert "赵不说" not in head
    assert "9999" not in head


def test_a_draft_is_not_told_to_anybody(client: Client) -> None:
    shift = ShiftFactory(activity=ActivityFactory(draft=True))
    client.force_login(shift.activity.created_by)
    shift.activity.created_by.is_superuser = True
    shift.activity.created_by.save()

    html = shown(client, shift.activity)

    assert "og:title" not in html
    assert "ld+json" not in html


def test_an_activity_without_a_shift_has_no_event(client: Client) -> None:
    html = shown(client, ActivityFactory())

    assert "og:title" in html
    assert "ld+json" not in html
