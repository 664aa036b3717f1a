"""A community is found by its name, an address, a grid, the list, or its poster."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.organisations.actions import merge_areas
from portal.report_in.actions import keep_address_names
from portal.report_in.enums import ReportInKind
from portal.report_in.models import MemberReportIn
from portal.report_in.queries import communities_at, community_of_grid
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, DistrictFactory, GridFactory, StreetFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

START = reverse("report_in:start")
ADDRESS = "滨江区清溪街道云水路18号云水社区3栋"


def address(way, area):
    return reverse(f"report_in:{way}", args=[area.code])


@pytest.fixture
def city():
    district = DistrictFactory(name="滨江区")
    qingxi, songlin = (StreetFactory(name=name, above=district) for name in ("清溪街道", "松林街道"))
    return {
        "云水": CommunityFactory(name="云水社区", above=qingxi),
        "青石": CommunityFactory(name="青石社区", above=qingxi),
        "松林里": CommunityFactory(name="松林里社区", above=songlin),
        "别处": CommunityFactory(name="远山社区"),
        "另一个云水": CommunityFactory(name="云水社区"),
    }


def names(text):
    return [area.name for area in communities_at(text)]


def test_a_pasted_address_finds_its_community_best_first(city):
    found = communities_at(ADDRESS)

    assert found[0] == city["云水"]
    assert city["另一个云水"] in found[1:]
    assert city["青石"] not in found


@pytest.mark.parametrize("text", ["滨江区 清溪街道 云水社区 ３栋", "清溪云水3栋", "云水3栋", "云水社区（北门）"])
def test_it_is_found_however_it_is_written(city, text):
    assert city["云水"] in communities_at(text)


def test_a_street_alone_gives_its_communities_and_a_district_all_of_its_own(city):
    assert names("清溪街道幸福里5号") == ["云水社区", "青石社区"]
    assert names("滨江区幸福里5号") == ["云水社区", "青石社区", "松林里社区"]
    assert names("月亮上") == []


def test_an_estate_or_road_leads_to_its_community(city):
    keep_address_names(area=city["青石"], names=["云水花园", "云水路 18 号"], by=UserFactory())

    assert names("清溪街道云水花园5幢")[0] == "青石社区"
    assert communities_at("云水路18号2单元")[0] == city["青石"]
    assert communities_at(ADDRESS)[0] == city["云水"]  # the community's own name says more


def test_a_longer_name_says_more(city):
    keep_address_names(area=city["青石"], names=["长河路"], by=UserFactory())
    keep_address_names(area=city["松林里"], names=["长河路200号"], by=UserFactory())

    assert names("长河路200号") == ["松林里社区", "青石社区"]


def test_an_ended_community_is_not_found(city):
    CommunityFactory(name="旧港社区", ends_on="2020-01-01")

    assert names("旧港社区1号") == []


def test_an_address_costs_the_same_however_long(city):
    def queries(text):
        with CaptureQueriesContext(connection) as captured:
            communities_at(text)
        return len(captured)

    assert queries(ADDRESS) == queries(ADDRESS * 9) == 3


def test_the_neighbours_grid_leads_to_the_community(city):
    grid = GridFactory(above=city["青石"], code="WG-0017")

    assert community_of_grid(" wg-0017 ") == city["青石"]
    assert community_of_grid(city["青石"].code) == city["青石"]
    assert community_of_grid(grid.get_parent().get_parent().code) is None
    assert community_of_grid("WG-9999") is None


@pytest.mark.parametrize("text", [ADDRESS, "WG-0017", "云水花园"])
def test_the_page_finds_by_address_grid_and_estate(client, city, text):
    GridFactory(above=city["云水"], code="WG-0017")
    keep_address_names(area=city["云水"], names=["云水花园"], by=UserFactory())
    client.force_login(HomeMembershipFactory().person)

    body = client.get(START, {"q": text}).content.decode()

    assert address("send", city["云水"]) in body
    assert address("send", city["别处"]) not in body


def test_a_strange_text_breaks_nothing(client, city):
    client.force_login(HomeMembershipFactory().person)

    for text in ("%", "_", "'", "\x00", "长" * 500, "😀😀", "a" * 119):
        assert client.get(START, {"q": text}).status_code == 200


def test_a_poster_leads_through_the_log_in_to_its_community(client, city):
    target = address("send", city["云水"])

    response = client.get(target)

    assert response.status_code == 302
    assert response.url.endswith(f"?next={target}")
    followed = client.get(response.url).content.decode()
    assert f'name="next" value="{target}"' in followed


def test_a_poster_is_kept_in_mind_while_one_of_two_units_is_chosen(client, city):
    person = UserFactory()
    units = [RosterEntryFactory(phone=person.phone, person=person).unit for _n in range(2)]
    client.force_login(person)
    poster = address("send", city["云水"])
    choosing = client.get(f"{poster}?grid=G1")

    assert choosing.url.startswith(reverse("members:choose_unit"))
    assert client.post(choosing.url, {"unit": units[0].code}).url == f"{poster}?grid=G1"
    assert client.get(choosing.url).url == f"{poster}?grid=G1"
    assert client.get(f"{reverse('members:choose_unit')}?next=//elsewhere.example/").url == reverse("dashboard:home")


def test_a_poster_of_a_merged_community_leads_to_the_one_that_follows(client, city):
    client.force_login(HomeMembershipFactory().person)
    merge_areas(areas=[city["云水"]], into=city["青石"], by=None)

    assert client.get(address("send", city["云水"])).url == address("send", city["青石"])
    assert client.get(reverse("report_in:send", args=["unknown"])).status_code == 404


def test_a_poster_of_another_community_leads_to_moving(client, city):
    residence = MemberReportInFactory(accepted=True)
    client.force_login(residence.person)

    assert client.get(address("send", city["云水"])).url == address("move", city["云水"])
    assert client.get(address("send", residence.area)).url == START
    waiting = MemberReportInFactory()
    client.force_login(waiting.person)
    assert client.get(address("send", city["云水"])).url == START


def test_a_member_moves_by_the_page(client, city):
    residence = MemberReportInFactory(accepted=True)
    client.force_login(residence.person)
    assert address("move", city["云水"]) in client.get(reverse("report_in:choose_move")).content.decode()

    refused = client.post(address("move", city["云水"]), {"note": ""})
    assert refused.status_code == 422
    body = client.post(address("move", city["云水"]), {"consent": "on"}, follow=True).content.decode()

    move = MemberReportIn.objects.get(kind=ReportInKind.MOVE)
    assert move.moves_from == residence
    assert "您仍是原来社区的一员" in body
    assert client.get(address("move", city["青石"])).url == START
    body = client.post(reverse("report_in:withdraw", args=[move.pk]), follow=True).content.decode()
    assert "原来的报到不变" in body


def test_without_a_residence_nobody_moves(client, city):
    client.force_login(HomeMembershipFactory().person)

    assert client.get(address("move", city["云水"])).url == START


def test_a_member_reports_in_for_a_time_by_the_page(client, city):
    residence = MemberReportInFactory(accepted=True)
    client.force_login(residence.person)
    page = address("stay", city["云水"])
    assert page in client.get(reverse("report_in:choose_stay")).content.decode()
    sent = {"reason": "business", "starts_on": "2999-01-01", "expires_on": "2999-02-01", "consent": "on"}

    for wrong in ({"reason": ""}, {"expires_on": "2998-01-01"}, {"expires_on": "3001-01-01"}, {"starts_on": "soon"}):
        refused = client.post(page, sent | wrong)
        assert refused.status_code == 422
        assert "2999" in refused.content.decode()
    body = client.post(page, sent, follow=True).content.decode()

    assert MemberReportIn.objects.get(kind=ReportInKind.TEMPORARY).area == city["云水"]
    assert "出差" in body
    assert client.get(address("stay", residence.area)).url == START
    assert "已经有一份报到" in client.post(page, sent).content.decode()
