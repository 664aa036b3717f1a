"""The places of a service: one's own first, the others out of the way."""

import re
from datetime import date

import pytest
from django.test import Client

from tests.factories.services_at import ServicePlaceFactory
from tests.factories.website import ServicePageFactory

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("number", "is_open"), [(2, True), (24, False)])
def test_a_reader_chooses_a_community_and_many_places_are_folded(client: Client, number: int, is_open: bool) -> None:
    page = ServicePageFactory(place="市服务大厅")
    for each in range(number):
        ServicePlaceFactory(page=page, community_code=f"C{each}", community_name=f"社区{each}")

    html = client.get(page.url).content.decode()

    assert f'<form class="service__choose no-print" method="get" action="{page.url}">' in html
    assert len(re.findall(r'<option value="C\d+">', html)) == number
    assert ('id="service-spots" open>' in html) == is_open
    assert f"各社区的办理点（{number}）" in html


def test_ones_own_community_is_shown_and_the_others_folded(client: Client) -> None:
    page = ServicePageFactory()
    own, other = (ServicePlaceFactory(page=page, place=place) for place in ("自家食堂", "别家食堂"))

    html = client.get(page.url, {"community": own.community_code}).content.decode().partition("</head>")[2]

    assert "service__choose" not in html
    assert html.index(own.place) < html.index("其他社区的办理点（1）") < html.index(other.place)
    assert 'id="service-spots">' in html


def test_the_day_of_the_last_check_stands_for_that_of_the_last_change(client: Client) -> None:
    checked = ServicePageFactory(checked_on=date(2026, 9, 6))
    checked.save_revision().publish()

    html = client.get(checked.url).content.decode()

    assert "最近核对：2026年9月6日" in html
    assert "最近更新：" not in html
