import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, StreetFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

START = reverse("report_in:start")
INBOX = reverse("report_in:inbox")


def send_url(area):
    return reverse("report_in:send", args=[area.code])


def desk(name, report_in):
    return reverse(f"report_in:{name}", args=[report_in.pk])


@pytest.fixture
def member(client):
    membership = HomeMembershipFactory(person__name="林远舟", unit__name="市图书馆")
    client.force_login(membership.person)
    return membership.person


@pytest.fixture
def report_in():
    return MemberReportInFactory(person__phone="+8613812345678", note="住 3 栋")


def test_the_member_is_known_and_chooses_a_community(client, member):
    area = CommunityFactory(name="云水社区")

    body = client.get(START).content.decode()

    assert "林远舟" in body
    assert "市图书馆" in body
    assert send_url(area) in body


def test_a_search_finds_a_community_by_its_own_and_its_streets_name(client, member):
    street = StreetFactory(name="光明街道")
    inside = CommunityFactory(above=street, name="云水社区")
    CommunityFactory(name="青石社区")

    for text in ("云水", "光明", "云 水", "云水社区"):
        body = client.get(START, {"q": text}).content.decode()
        assert send_url(inside) in body
        assert "青石社区" not in body
    assert "没有找到" in client.get(START, {"q": "月亮"}).content.decode()


def test_a_district_narrows_the_list(client, member):
    here, there = CommunityFactory.create_batch(2)
    district = here.get_parent().get_parent()

    body = client.get(START, {"district": district.code}).content.decode()

    assert send_url(here) in body
    assert send_url(there) not in body
    assert client.get(START, {"district": "none"}).status_code == 404


def test_the_list_costs_the_same_for_many_communities(client, member):
    def queries():
        with CaptureQueriesContext(
            connection,
        ) as captured:
            client.get(START)
        return len(captured)

    CommunityFactory()
    queries()  # the first answer fills caches
    few = queries()
    CommunityFactory.create_batch(3)

    assert queries() == few


def test_reporting_in_needs_consent_and_nothing_else(client, member):
    area = CommunityFactory(name="云水社区", phone="0571-5550 0001")

    assert "0571-5550 0001" in client.get(send_url(area)).content.decode()
    refused = client.post(send_url(area), {"note": "住 3 栋"})
    assert refused.status_code == 422
    assert "要先同意" in refused.content.decode()
    assert "住 3 栋" in refused.content.decode()
    assert not MemberReportIn.objects.exists()

    sent = client.post(send_url(area), {"consent": "on"}, follow=True)
    assert MemberReportIn.objects.get().area == area
    assert "已经发给云水社区" in sent.content.decode()
    assert "等待社区确认" in sent.content.decode()


def test_sending_twice_makes_one_report_in(client, member):
    area = CommunityFactory()

    for _time in range(2):
        assert client.post(send_url(area), {"consent": "on"}).url == START

    assert MemberReportIn.objects.count() == 1


def test_whoever_has_no_unit_is_told_whom_to_ask(client):
    client.force_login(UserFactory())

    assert "单位联络员" in client.get(START).content.decode()
    assert "单位联络员" in client.get(send_url(CommunityFactory())).content.decode()


def test_whoever_stands_on_two_rosters_chooses_first(client):
    person = UserFactory()
    RosterEntryFactory.create_batch(2, person=person, phone=person.phone)
    client.force_login(person)

    assert client.get(START).url == reverse("members:choose_unit")


def test_the_member_sees_the_reason_and_sends_again(client):
    report_in = MemberReportInFactory(asked_back=True, reason="请写明住在哪一栋。")
    client.force_login(report_in.person)

    assert "请写明住在哪一栋。" in client.get(START).content.decode()
    long = client.post(desk("send_again", report_in), {"note": "长" * 201})
    assert long.status_code == 422
    client.post(desk("send_again", report_in), {"note": "5 栋"})

    report_in.refresh_from_db()
    assert (report_in.state, report_in.note) == (ReportInState.SUBMITTED, "5 栋")
    assert "当前状态不能" in client.post(desk("send_again", report_in), follow=True).content.decode()


@pytest.mark.parametrize("note", ["", " ", "住 3 栋", " 住 3 栋 "])
def test_sending_again_without_an_answer_is_refused(client, note):
    report_in = MemberReportInFactory(asked_back=True, note="住 3 栋")
    client.force_login(report_in.person)

    assert "补充给社区" in client.get(START).content.decode()
    refused = client.post(desk("send_again", report_in), {"note": note})

    assert refused.status_code == 422
    assert "请先写上社区要您补充的内容" in refused.content.decode()
    report_in.refresh_from_db()
    assert report_in.state == ReportInState.ASKED_BACK


def test_withdrawing_asks_first(client, report_in):
    client.force_login(report_in.person)

    body = client.get(START).content.decode()

    assert body.index("<details") < body.index(desk("withdraw", report_in)) < body.index("</details>")


def test_the_community_sees_that_a_report_in_was_sent_again_and_with_what(client):
    report_in = MemberReportInFactory(asked_back=True, note="住 3 栋")
    client.force_login(report_in.person)
    client.post(desk("send_again", report_in), {"note": "住 3 栋 2 单元"})

    client.force_login(PostFactory(area=report_in.area).person)

    assert "再次提交" in client.get(INBOX).content.decode()
    body = client.get(desk("review", report_in)).content.decode()
    assert "这是再次提交" in body
    assert body.index("本人的补充") < body.index("住 3 栋 2 单元")


def test_a_first_submission_is_not_called_a_second(client, report_in):
    client.force_login(PostFactory(area=report_in.area).person)

    assert "再次提交" not in client.get(INBOX).content.decode()
    assert "再次提交" not in client.get(desk("review", report_in)).content.decode()


def test_the_member_withdraws(client, report_in):
    client.force_login(report_in.person)

    client.post(desk("withdraw", report_in))

    report_in.refresh_from_db()
    assert report_in.state == ReportInState.WITHDRAWN
    assert client.post(desk("withdraw", report_in)).status_code == 404


def test_what_is_accepted_cannot_be_withdrawn(client):
    report_in = MemberReportInFactory(accepted=True)
    client.force_login(report_in.person)

    response = client.post(desk("withdraw", report_in), follow=True)

    assert "当前状态不能" in response.content.decode()
    assert reverse("report_in:receipt", args=[report_in.number]) in response.content.decode()


def test_the_receipt_is_for_the_member_the_community_and_the_unit(client):
    report_in = MemberReportInFactory(accepted=True, area__phone="0571-5550 0001")
    url = reverse("report_in:receipt", args=[report_in.number])
    allowed = [
        report_in.person,
        PostFactory(area=report_in.area.get_parent()).person,
        PostFactory(unit_contact=True, unit=report_in.unit).person,
    ]

    for person in allowed:
        client.force_login(person)
        body = client.get(url).content.decode()
        assert report_in.number in body
        assert "0571-5550 0001" in body
    for person in (PostFactory().person, PostFactory(unit_contact=True).person, UserFactory()):
        client.force_login(person)
        assert client.get(url).status_code == 404


def test_strangers_are_asked_to_log_in(client, report_in):
    paths = [
        START,
        INBOX,
        send_url(report_in.area),
        desk("review", report_in),
        reverse("report_in:receipt", args=["x"]),
    ]

    for path in paths:
        assert client.get(path).url.startswith(reverse("account_request_login_code"))


@pytest.mark.parametrize("name", ["accept", "ask_back"])
def test_a_superuser_does_not_answer_their_own_report_in(client, name):
    report_in = MemberReportInFactory(person__is_superuser=True)
    client.force_login(report_in.person)

    answer = client.post(desk(name, report_in), {"reason": "请补充"})

    assert answer.status_code == 404  # without a post, a superuser answers no report-in at all
    report_in.refresh_from_db()
    assert report_in.state == ReportInState.SUBMITTED
