"""Many at once, each by the same action; and what else the desk does with those already there."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.report_in import actions
from portal.report_in.enums import ReportInState
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory, TemporaryReportInFactory
from tests.portal.report_in.steps import logged

pytestmark = pytest.mark.django_db

INBOX = reverse("report_in:inbox")
ACCEPT_MANY = reverse("report_in:accept_many")
QUERIES_A_ROW = 16


def desk(name, report_in):
    return reverse(f"report_in:{name}", args=[report_in.pk])


@pytest.fixture
def organiser(client):
    post = PostFactory()
    client.force_login(post.person)
    return post


@pytest.fixture
def waiting(organiser):
    return MemberReportInFactory.create_batch(3, area=organiser.area)


def test_everybody_ticked_is_received_and_nobody_else(client, waiting):
    response = client.post(ACCEPT_MANY, {"chosen": [one.pk for one in waiting[:2]]})

    assert "已确认 2 人" in response.content.decode()
    states = [type(one).objects.get(pk=one.pk).state for one in waiting]
    assert states == [ReportInState.ACCEPTED, ReportInState.ACCEPTED, ReportInState.SUBMITTED]
    assert logged().count("report_in.memberreportin.accepted") == 2


def test_who_cannot_be_received_is_named_and_keeps_nobody_back(client, organiser, waiting):
    actions.withdraw(report_in=waiting[0], by=waiting[0].person)

    body = client.post(ACCEPT_MANY, {"chosen": [one.pk for one in waiting]}).content.decode()

    assert "已确认 2 人" in body
    assert "1 人没有确认成" in body
    assert waiting[0].person.name in body


def test_ones_own_and_other_communities_are_left_alone(client, organiser, waiting):
    own = MemberReportInFactory(area=organiser.area, person=organiser.person)
    foreign = MemberReportInFactory()

    client.post(ACCEPT_MANY, {"chosen": [own.pk, foreign.pk, "x", waiting[0].pk]})

    for one in (own, foreign):
        one.refresh_from_db()
        assert one.state == ReportInState.SUBMITTED


def test_ticking_nobody_says_so(client, organiser):
    assert "还没有勾选" in client.post(ACCEPT_MANY, follow=True).content.decode()


def test_sending_the_same_again_changes_nothing(client, waiting):
    for _time in range(2):
        client.post(ACCEPT_MANY, {"chosen": [waiting[0].pk]})

    assert logged().count("report_in.memberreportin.accepted") == 1


def test_many_cost_few_queries_each(organiser):
    def queries(number):
        report_ins = MemberReportInFactory.create_batch(number, area=organiser.area)
        with CaptureQueriesContext(connection) as captured:
            actions.accept_many(report_ins=report_ins, by=organiser.person)
        return len(captured)

    few, many = queries(2), queries(12)

    assert (many - few) / 10 <= QUERIES_A_ROW


def test_the_whole_page_may_be_ticked_without_a_script(client, waiting):
    assert client.get(INBOX).content.decode().count("checked") == 0
    assert client.get(INBOX, {"all": 1, "size": "1000"}).content.decode().count(" checked>") == 3


def test_bulk_is_for_reviewers(client, organiser):
    assert client.get(ACCEPT_MANY).status_code == 405

    client.force_login(UserFactory())

    assert client.post(ACCEPT_MANY, {"chosen": [1]}).status_code == 403


def test_what_is_overdue_stands_out(client, organiser, waiting):
    assert "已超时" not in client.get(INBOX).content.decode()
    waiting[0].escalated_at = timezone.now()
    waiting[0].save()

    body = client.get(INBOX).content.decode()
    overdue = client.get(INBOX, {"state": "overdue"}).content.decode()

    assert "已超时 (1)" in body
    assert desk("review", waiting[0]) in overdue
    assert desk("review", waiting[1]) not in overdue


def test_the_level_above_sees_what_is_overdue_and_answers_it(client, organiser, waiting):
    waiting[0].escalated_at = timezone.now()
    waiting[0].save()
    client.force_login(PostFactory(supervisor=True, area=organiser.area.get_parent()).person)

    body = client.get(INBOX).content.decode()
    assert desk("review", waiting[0]) in body
    assert desk("review", waiting[1]) not in body
    assert client.post(desk("accept", waiting[1])).status_code == 404
    client.post(desk("accept", waiting[0]))

    waiting[0].refresh_from_db()
    assert waiting[0].state == ReportInState.ACCEPTED
    assert client.post(desk("end_for_community", waiting[0]), {"reason": "x"}).status_code == 404


def test_the_organiser_ends_a_report_in_with_a_reason(client, organiser):
    standing = MemberReportInFactory(accepted=True, area=organiser.area)

    assert client.post(desk("end_for_community", standing), {"reason": " "}).status_code == 422
    assert (
        "本人和单位会知道"
        in client.post(desk("end_for_community", standing), {"reason": "已搬走"}, follow=True).content.decode()
    )

    standing.refresh_from_db()
    assert (standing.state, standing.end_reason) == (ReportInState.ENDED, "已搬走")


@pytest.mark.parametrize(("answer", "days"), [("grant", 60), ("decline", 30)])
def test_the_organiser_answers_who_wants_to_stay_longer(client, organiser, answer, days):
    today = timezone.localdate()
    stay = TemporaryReportInFactory(accepted=True, area=organiser.area, extended_until=today + timedelta(days=60))
    assert "申请延长 (1)" in client.get(INBOX).content.decode()
    assert desk("review", stay) in client.get(INBOX, {"state": "longer"}).content.decode()

    client.post(desk("answer_longer", stay), {"answer": answer})

    stay.refresh_from_db()
    assert stay.expires_on == today + timedelta(days=days)
    assert "没有等待答复的延长申请" in client.post(desk("answer_longer", stay), follow=True).content.decode()


@pytest.mark.parametrize("name", ["end_for_community", "answer_longer"])
def test_others_find_nothing_there(client, name):
    standing = MemberReportInFactory(accepted=True)

    for person in (PostFactory().person, standing.person, UserFactory()):
        client.force_login(person)
        assert client.post(desk(name, standing), {"reason": "x"}).status_code == 404
