"""A community's list of members, its poster, and the names of its estates and roads."""

from datetime import datetime, timedelta

import pytest
from django.db import connection
from django.db.models import Q
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.enums import Skill
from portal.report_in.models import AddressName
from portal.report_in.queries import community as community_queries
from portal.report_in.queries import register_filter
from tests.factories.members import ProfileFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.report_in import MemberReportInFactory, TemporaryReportInFactory

pytestmark = pytest.mark.django_db

LIST = reverse("report_in:members")
PLACES = ("members_of", "poster", "address_names")


def of(place, area):
    return reverse(f"report_in:{place}", args=[area.code])


@pytest.fixture
def area():
    return CommunityFactory(name="云水社区", phone="010-5550 0100")


@pytest.fixture
def organiser(client, area):
    person = PostFactory(area=area).person
    client.force_login(person)
    return person


def test_the_list_shows_who_stands_here_with_masked_phones(client, organiser, area):
    here = MemberReportInFactory(accepted=True, area=area, person__name="林远舟", person__phone="+8613812345678")
    TemporaryReportInFactory(accepted=True, area=area, person__name="周临时")
    MemberReportInFactory(area=area, person__name="还在等")
    MemberReportInFactory(accepted=True, person__name="在别处")

    assert client.get(LIST).url == of("members_of", area)
    body = client.get(of("members_of", area)).content.decode()

    assert "林远舟" in body
    assert "138****5678" in body
    assert here.unit.name in body
    assert "周临时" in body
    assert "临时，到" in body
    assert "还在等" not in body
    assert "在别处" not in body


def test_name_and_unit_narrow_the_list_and_it_is_sorted(client, organiser, area):
    for name, unit in (("乙", "图书馆"), ("甲", "图书馆"), ("丙", "供电局")):
        report_in = MemberReportInFactory(accepted=True, area=area, person__name=f"{name}成员")
        report_in.unit.name = unit
        report_in.unit.save()
    page = of("members_of", area)

    assert "乙成员" not in client.get(page, {"name": "甲成"}).content.decode()
    body = client.get(page, {"unit": "图书", "sort": "name"}).content.decode()
    assert "丙成员" not in body
    assert body.index("乙成员") < body.index("甲成员")
    assert client.get(page, {"sort": "none", "only": "none", "name": "%"}).status_code == 200


def test_a_month_narrows_the_list_to_whom_it_brought(client, organiser, area):
    december, january = (timezone.make_aware(datetime(*day)) for day in ((2026, 12, 1), (2027, 1, 1)))
    for name, at in (("十一月", december - timedelta(seconds=1)), ("十二月", december), ("一月", january)):
        MemberReportInFactory(accepted=True, area=area, person__name=f"{name}来的", decided_at=at)
    page = of("members_of", area)

    body = client.get(page, {"month": "2026-12"}).content.decode()

    assert '<option value="2026-12" selected>2026年12月</option>' in body
    assert [name in body for name in ("十一月来的", "十二月来的", "一月来的")] == [False, True, False]
    for month in ("2026-13", "none", "1999-01"):
        assert "十一月来的" in client.get(page, {"month": month}).content.decode()


def test_a_room_above_may_add_a_way_to_narrow(client, organiser, area, monkeypatch):
    monkeypatch.setattr(community_queries, "_filters", {})
    register_filter("plumber", "会修水管", lambda: Q(person__name__startswith="修"))
    MemberReportInFactory(accepted=True, area=area, person__name="修管子")
    MemberReportInFactory(accepted=True, area=area, person__name="教书的")

    body = client.get(of("members_of", area), {"only": "plumber"}).content.decode()

    assert "会修水管" in body
    assert "修管子" in body
    assert "教书的" not in body


def test_the_list_is_walked_page_by_page_at_the_same_cost(client, organiser, area):
    def queries(**data):
        with CaptureQueriesContext(connection) as captured:
            response = client.get(of("members_of", area), data)
        return response.context["page"], len(captured)

    MemberReportInFactory(accepted=True, area=area)
    queries()  # the first answer fills caches
    _page, one = queries()
    MemberReportInFactory.create_batch(25, accepted=True, area=area)
    first, many = queries()
    second, _cost = queries(after=first.next_after)

    assert many == one
    assert len(first.object_list) == 20
    assert len(second.object_list) == 6
    assert not {row.pk for row in first} & {row.pk for row in second}


def test_whoever_looks_after_several_communities_chooses(client, area):
    other = CommunityFactory(above=area.get_parent())
    client.force_login(PostFactory(area=area.get_parent()).person)

    body = client.get(LIST).content.decode()

    assert of("members_of", area) in body
    assert of("members_of", other) in body


@pytest.mark.parametrize("place", PLACES)
def test_a_community_is_for_its_own_organisers(client, area, place):
    assert client.get(of(place, area)).status_code == 302
    for person in (PostFactory().person, UserFactory(), PostFactory(supervisor=True, area=area.get_parent()).person):
        client.force_login(person)
        assert client.get(of(place, area)).status_code == 404
    client.force_login(PostFactory(area=area).person)
    assert client.get(of(place, area)).status_code == 200


def test_the_list_is_not_for_members(client):
    client.force_login(UserFactory())

    assert client.get(LIST).status_code == 403


def test_the_poster_carries_the_code_and_the_telephone(client, organiser, area):
    body = client.get(of("poster", area)).content.decode()

    assert "<svg" in body
    assert f"http://testserver{of('send', area)}" in body
    assert "010-5550 0100" in body


def test_estates_and_roads_are_kept_a_line_each(client, organiser, area):
    page = of("address_names", area)

    client.post(page, {"names": "云水花园\n 云水路 １８号 \n\n云水花园"})

    assert set(AddressName.objects.values_list("text", flat=True)) == {"云水花园", "云水路18号"}
    assert "云水路18号" in client.get(page).content.decode()
    entry = ModelLogEntry.objects.get(action="report_in.addressname.changed")
    assert (entry.user, entry.data["added"]) == (organiser, ["云水花园", "云水路18号"])
    client.post(page, {"names": "云水花园"})
    client.post(page, {"names": "云水花园"})
    assert AddressName.objects.get().text == "云水花园"
    assert ModelLogEntry.objects.filter(action="report_in.addressname.changed").count() == 2


@pytest.mark.parametrize("wrong", ["路", "长" * 17, "\n".join(f"第{n}小区" for n in range(501))])
def test_lines_that_cannot_be_are_refused_and_kept_in_the_form(client, organiser, area, wrong):
    refused = client.post(of("address_names", area), {"names": f"云水花园\n{wrong}"})

    assert refused.status_code == 422
    assert "云水花园" in refused.content.decode()
    assert not AddressName.objects.exists()


def test_the_list_says_what_people_can_and_when_as_far_as_they_let_it(client, organiser, area):
    open_one = MemberReportInFactory(accepted=True, area=area).person
    ProfileFactory(person=open_one, shown=True).known_skills.create(skill=Skill.LAW)
    ProfileFactory(person=MemberReportInFactory(accepted=True, area=area).person, own_skills="会下棋")

    body = client.get(of("members_of", area)).content.decode()

    assert f"会：{Skill.LAW.label}、会修自行车" in body
    assert "有空：周六：上午、下午" in body
    assert "会下棋" not in body


@pytest.mark.parametrize("state", [{}, {"accepted": True}])
def test_the_review_shows_each_part_that_is_open(client, organiser, area, state):
    report_in = MemberReportInFactory(area=area, **state)
    profile = ProfileFactory(person=report_in.person, shown=True, contact_seen_by="only_me")
    page = reverse("report_in:review", args=[report_in.pk])

    body = client.get(page).content.decode()
    assert profile.wishes in body
    assert profile.contact not in body

    profile.delete()
    assert "本人愿意让社区知道的" not in client.get(page).content.decode()


def test_the_level_above_answers_for_silence_without_the_profile(client, area):
    report_in = MemberReportInFactory(area=area, escalated_at=timezone.now())
    ProfileFactory(person=report_in.person, shown=True)
    client.force_login(PostFactory(supervisor=True, area=area.get_parent()).person)

    answer = client.get(reverse("report_in:review", args=[report_in.pk]))

    assert answer.status_code == 200
    assert "本人愿意让社区知道的" not in answer.content.decode()


def test_a_report_in_that_ended_shows_no_profile(client, organiser, area):
    report_in = MemberReportInFactory(area=area, state="ended")
    ProfileFactory(person=report_in.person, shown=True)

    answer = client.get(reverse("report_in:review", args=[report_in.pk]))

    assert "陪老人聊天" not in answer.content.decode()
