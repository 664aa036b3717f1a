import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.members.models import ReadLog
from portal.report_in.enums import ReportInState
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = pytest.mark.django_db

INBOX = reverse("report_in:inbox")


def desk(name, report_in):
    return reverse(f"report_in:{name}", args=[report_in.pk])


@pytest.fixture
def report_in():
    return MemberReportInFactory(person__phone="+8613812345678", note="住 3 栋")


@pytest.fixture
def organiser(client, report_in):
    post = PostFactory(area=report_in.area)
    client.force_login(post.person)
    return post.person


def test_the_organiser_sees_what_waits(client, organiser, report_in):
    MemberReportInFactory()
    MemberReportInFactory(person=organiser, area=report_in.area)

    body = client.get(INBOX).content.decode()

    assert desk("review", report_in) in body
    assert "等待社区确认 (1)" in body


def test_the_organisers_list_costs_the_same_for_many(client, organiser, report_in):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            assert client.get(INBOX).status_code == 200
        return len(captured)

    queries()  # the first answer fills caches
    one = queries()
    MemberReportInFactory.create_batch(2, area=report_in.area)

    assert queries() == one


def test_the_organiser_accepts(client, organiser, report_in):
    assert client.get(desk("review", report_in)).status_code == 200

    response = client.post(desk("accept", report_in), follow=True)

    report_in.refresh_from_db()
    assert report_in.state == ReportInState.ACCEPTED
    assert report_in.number in response.content.decode()
    assert report_in.number in client.get(INBOX, {"state": "accepted"}).content.decode()


def test_the_organiser_asks_back_with_a_reason(client, organiser, report_in):
    refused = client.post(desk("ask_back", report_in), {"reason": " "})
    assert refused.status_code == 422
    assert "请写明需要补充什么" in refused.content.decode()

    client.post(desk("ask_back", report_in), {"reason": "请写明住在哪一栋。"})

    report_in.refresh_from_db()
    assert report_in.state == ReportInState.ASKED_BACK
    assert "当前状态不能" in client.post(desk("accept", report_in), follow=True).content.decode()
    assert "当前状态不能" in client.post(desk("ask_back", report_in), {"reason": "再"}, follow=True).content.decode()


def test_a_phone_is_shown_once_and_noted(client, organiser, report_in):
    assert client.post(desk("show_phone", report_in), {"purpose": "curiosity"}).status_code == 422
    assert not ReadLog.objects.exists()

    shown = client.post(desk("show_phone", report_in), {"purpose": "check"})

    assert "138 1234 5678" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = ReadLog.objects.get()
    assert (entry.reader, entry.person, entry.what, entry.purpose) == (
        organiser,
        report_in.person,
        "手机号",
        "核实报到信息",
    )
    again = client.get(desk("review", report_in)).content.decode()
    assert "138****5678" in again
    assert "138 1234 5678" not in again


DESK = [("get", "review"), ("post", "accept"), ("post", "ask_back"), ("post", "show_phone")]


@pytest.mark.parametrize(("method", "name"), DESK)
def test_the_desk_does_not_exist_for_others(client, report_in, name, method):
    others = [
        PostFactory().person,
        PostFactory(unit_contact=True, unit=report_in.unit).person,
        PostFactory(area=report_in.area, ends_on=timezone.localdate()).person,
        report_in.person,
        UserFactory(),
    ]
    PostFactory(area=report_in.area, person=report_in.person)

    for person in others:
        client.force_login(person)
        response = getattr(client, method)(desk(name, report_in), {"reason": "请补充", "purpose": "check"})
        assert response.status_code == 404

    report_in.refresh_from_db()
    assert report_in.state == ReportInState.SUBMITTED
    assert not ReadLog.objects.exists()


def test_the_list_is_for_organisers(client, report_in):
    client.force_login(PostFactory(unit_contact=True, unit=report_in.unit).person)

    assert client.get(INBOX).status_code == 403


@pytest.mark.parametrize("name", ["accept", "ask_back", "show_phone"])
def test_a_link_changes_nothing(client, organiser, report_in, name):
    assert client.get(desk(name, report_in)).status_code == 405


def test_the_member_sees_who_looked(client, report_in):
    organiser = PostFactory(area=report_in.area, person__name="周社工").person
    client.force_login(organiser)
    client.post(desk("show_phone", report_in), {"purpose": "check"})

    client.force_login(report_in.person)
    body = client.get(reverse("members:reads_of_me")).content.decode()

    assert "周社工查看了手机号" in body
    assert "核实报到信息" in body
