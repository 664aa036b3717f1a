"""The community's list, narrowed to whom nobody has met for half a year."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from portal.records.queries.quiet import QUIET_DAYS
from portal.report_in.queries import members_of
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

LONG_AGO = timezone.now() - timedelta(days=400)


@pytest.fixture
def area():
    return CommunityFactory()


def member(area, *, here_since=LONG_AGO):
    return MemberReportInFactory(accepted=True, area=area, decided_at=here_since).person


def found(area):
    return [row.person for row in members_of(area, only="quiet")]


def test_whoever_has_no_record_of_half_a_year_is_found(area):
    never, once = member(area), member(area)
    days_ago = timezone.localdate() - timedelta(days=QUIET_DAYS + 1)
    ServiceRecordFactory(member=once, served_on=days_ago)
    ServiceRecordFactory(member=never, reversed=True)

    assert set(found(area)) == {never, once}


def test_whoever_served_or_came_lately_is_not(area):
    for state in ("recorded", "confirmed", "posted"):
        ServiceRecordFactory(
            member=member(area), state=state, served_on=timezone.localdate() - timedelta(days=QUIET_DAYS)
        )
    member(area, here_since=timezone.now() - timedelta(days=30))

    assert found(area) == []


def test_the_page_offers_it_in_kind_words(client, area):
    someone = member(area)
    client.force_login(PostFactory(area=area).person)

    body = client.get(reverse("report_in:members_of", args=[area.code]), {"only": "quiet"}).content.decode()

    assert "半年没见面，可以问候一声" in body
    assert someone.name in body
