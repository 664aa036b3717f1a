"""The points of reference a community keeps for members away from home, and the stays that name one."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.report_in import actions
from portal.report_in.enums import TemporaryReason
from portal.report_in.errors import StationElsewhereError, StationNameTakenError
from portal.report_in.models import MemberReportIn, Station
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory

pytestmark = pytest.mark.django_db

HOME = {"name": "云水流动党员之家", "place": "云水路 18 号", "hours": "周一至周五", "phone": "010-5550 0100"}


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区")


@pytest.fixture
def organiser(area):
    return PostFactory(area=area).person


@pytest.fixture
def station(area, organiser):
    return actions.open_station(area=area, by=organiser, **HOME)


def stay(area, **details):
    today = timezone.localdate()
    days = {"starts_on": today, "expires_on": today + timedelta(days=30)}
    person = HomeMembershipFactory().person
    return actions.report_in_for_a_time(person=person, area=area, reason=TemporaryReason.values[0], **days, **details)


def test_opening_logs_and_a_name_is_taken_once(area, organiser, station):
    assert ModelLogEntry.objects.filter(action="report_in.station.opened", user=organiser).count() == 1
    with pytest.raises(StationNameTakenError):
        actions.open_station(area=area, by=organiser, **HOME)

    actions.end_station(station=station, by=organiser)
    again = actions.open_station(area=area, by=organiser, **HOME)

    assert again.pk != station.pk


def test_ending_twice_logs_once(organiser, station):
    actions.end_station(station=station, by=organiser)
    actions.end_station(station=station, by=organiser)

    assert ModelLogEntry.objects.filter(action="report_in.station.ended").count() == 1


def test_a_stay_names_one_of_its_community(area, station):
    assert stay(area, station=station).station == station


@pytest.mark.parametrize("why", ["ended", "elsewhere"])
def test_a_stay_refuses_one_ended_or_elsewhere(area, organiser, station, why):
    if why == "ended":
        actions.end_station(station=station, by=organiser)
    place = area if why == "ended" else CommunityFactory()

    with pytest.raises(StationElsewhereError):
        stay(place, station=station)

    assert not MemberReportIn.objects.exists()


def test_the_form_offers_it_and_the_page_shows_where_it_is(client, area, station):
    person = HomeMembershipFactory().person
    client.force_login(person)
    page = reverse("report_in:stay", args=[area.code])
    assert "云水流动党员之家（云水路 18 号）" in client.get(page).content.decode()
    today = timezone.localdate()
    typed = {
        "reason": TemporaryReason.values[0],
        "starts_on": today.isoformat(),
        "expires_on": (today + timedelta(days=9)).isoformat(),
        "consent": "on",
    }

    client.post(page, typed | {"station": str(station.pk)})

    assert MemberReportIn.objects.get().station == station
    assert "云水路 18 号" in client.get(reverse("report_in:start")).content.decode()


def test_a_community_without_any_does_not_ask(client, area):
    client.force_login(HomeMembershipFactory().person)

    assert "流动党员之家" not in client.get(reverse("report_in:stay", args=[area.code])).content.decode()


def test_the_community_keeps_its_list(client, area, organiser):
    client.force_login(organiser)
    page = reverse("report_in:stations", args=[area.code])

    assert client.post(page, {"name": "云水之家"}).status_code == 422
    client.post(page, HOME)
    client.post(page, HOME)
    station = Station.objects.get()
    assert "云水路 18 号" in client.get(page).content.decode()
    client.post(reverse("report_in:end_station", args=[area.code, station.pk]))

    assert "云水路 18 号" not in client.get(page).content.decode()


def test_others_find_no_list(client, area, station):
    page = reverse("report_in:stations", args=[area.code])
    assert client.get(page).status_code == 302
    client.force_login(PostFactory(area=CommunityFactory()).person)
    assert client.get(page).status_code == 404
    client.force_login(UserFactory())
    assert client.post(reverse("report_in:end_station", args=[area.code, station.pk])).status_code == 404
    station.refresh_from_db()
    assert station.ended_on is None
