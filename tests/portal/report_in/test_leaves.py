from datetime import timedelta

import pytest
import rules
from django.db import IntegrityError, connection, transaction
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.models import ReadLog
from portal.notices.models import Message
from portal.report_in import actions, errors, queries
from portal.report_in.actions import Days
from portal.report_in.enums import LeaveKind, LeaveState
from portal.report_in.models import Leave
from portal.states import IllegalMoveError
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import LeaveFactory, MemberReportInFactory

pytestmark = pytest.mark.django_db

SECRET = "手术以后在家休养"
MINE = reverse("report_in:leaves")
INBOX = reverse("report_in:leave_inbox")


def day(number):
    return timezone.localdate() + timedelta(days=number)


def ask(person, *, first=0, last=10, kind=LeaveKind.ILLNESS, reason=SECRET):
    return actions.request_leave(person=person, kind=kind, days=Days(day(first), day(last)), reason=reason)


def contact_of(leave):
    return PostFactory(unit_contact=True, unit=leave.unit).person


def to(name, leave):
    return reverse(f"report_in:leave_{name}", args=[leave.pk])


def test_a_member_asks_the_unit_without_telling_the_reason_around():
    home = HomeMembershipFactory()
    contact = PostFactory(unit_contact=True, unit=home.unit).person

    leave = ask(home.person)

    assert (leave.state, leave.unit, leave.area, leave.reason) == (LeaveState.REQUESTED, home.unit, None, SECRET)
    message = Message.objects.get(recipient=contact)
    assert SECRET not in message.title + message.body
    entry = ModelLogEntry.objects.get(action="report_in.leave.requested")
    assert SECRET not in f"{entry.label} {entry.data}"


def test_the_reason_is_unreadable_in_the_database():
    leave = LeaveFactory(reason=SECRET, answer="好好休息")

    with connection.cursor() as cursor:
        cursor.execute("SELECT reason, answer FROM report_in_leave")
        stored = cursor.fetchone()

    assert SECRET not in stored[0]
    assert "好好休息" not in stored[1]
    leave.refresh_from_db()
    assert (leave.reason, leave.answer) == (SECRET, "好好休息")


def test_an_exemption_goes_to_the_community_too():
    report_in = MemberReportInFactory(accepted=True)
    organiser = PostFactory(area=report_in.area).person

    leave = ask(report_in.person, kind=LeaveKind.EXEMPTION)

    assert leave.area == report_in.area
    assert list(queries.leaves_to_decide(organiser)) == [leave]
    assert not queries.leaves_to_decide(PostFactory().person).exists()


def test_an_organiser_has_nothing_to_do_with_a_leave():
    report_in = MemberReportInFactory(accepted=True)
    organiser = PostFactory(area=report_in.area).person

    ask(report_in.person)

    assert not queries.leaves_to_decide(organiser).exists()


def test_a_resident_without_unit_and_community_has_nobody_to_ask():
    with pytest.raises(errors.NobodyDecidesError):
        ask(UserFactory())


@pytest.mark.parametrize(("first", "last"), [(5, 4), (-9, -1), (0, 367)])
def test_days_out_of_order_are_refused(first, last):
    with pytest.raises(errors.LeaveDaysError):
        ask(HomeMembershipFactory().person, first=first, last=last)


def test_one_request_at_a_time():
    waiting = LeaveFactory()

    with pytest.raises(errors.LeaveWaitsError):
        ask(waiting.person)
    with pytest.raises(IntegrityError), transaction.atomic():
        LeaveFactory(person=waiting.person)


def test_granted_leaves_do_not_overlap():
    granted = LeaveFactory(granted=True)

    with pytest.raises(errors.LeaveOverlapsError):
        ask(granted.person, first=10, last=20)
    assert ask(granted.person, first=11, last=20)

    other = Leave.objects.get(state=LeaveState.REQUESTED)
    Leave.objects.filter(pk=other.pk).update(starts_on=day(10))
    with pytest.raises(errors.LeaveOverlapsError):
        actions.answer_leave(leave=other, grants=True, by=UserFactory())


def test_the_contact_grants_and_others_learn_only_until_when():
    leave = LeaveFactory()
    contact = contact_of(leave)

    actions.answer_leave(leave=leave, grants=True, by=contact, answer=" 好好休息 ")
    actions.answer_leave(leave=leave, grants=True, by=contact)

    leave.refresh_from_db()
    assert (leave.state, leave.decided_by, leave.answer) == (LeaveState.GRANTED, contact, "好好休息")
    assert Message.objects.filter(recipient=leave.person).count() == 1
    assert queries.on_leave_until([leave.person], day(0)) == {leave.person.pk: leave.ends_on}
    assert queries.on_leave_until([leave.person], day(11)) == {}
    assert ModelLogEntry.objects.filter(action="report_in.leave.granted").count() == 1


def test_nobody_answers_themselves():
    leave = LeaveFactory()

    with pytest.raises(errors.OwnLeaveError):
        actions.answer_leave(leave=leave, grants=True, by=leave.person)


def test_a_declined_leave_stays_declined():
    leave = actions.answer_leave(leave=LeaveFactory(), grants=False, by=UserFactory(), answer="请先交接工作")

    with pytest.raises(IllegalMoveError):
        actions.answer_leave(leave=leave, grants=True, by=UserFactory())
    assert not leave.covers(day(0))


def test_a_leave_is_ended_early():
    leave = LeaveFactory(granted=True, starts_on=day(-3))
    assert leave.covers(day(0))

    actions.end_leave(leave=leave, by=leave.person)
    actions.end_leave(leave=leave, by=leave.person)

    leave.refresh_from_db()
    assert (leave.state, leave.ends_on) == (LeaveState.ENDED, day(0))
    assert queries.on_leave_until([leave.person], day(0)) == {}
    assert ModelLogEntry.objects.filter(action="report_in.leave.ended").count() == 1


def test_the_clock_ends_leaves_after_their_last_day():
    LeaveFactory(granted=True, starts_on=day(-9), ends_on=day(-1))
    standing = LeaveFactory(granted=True, starts_on=day(-9), ends_on=day(0))

    assert actions.end_leaves_over(today=day(0)) == 1
    assert actions.end_leaves_over(today=day(0)) == 0

    standing.refresh_from_db()
    assert standing.state == LeaveState.GRANTED


def test_whom_nobody_answered_in_their_days_is_told_once():
    unanswered = LeaveFactory(starts_on=day(-9), ends_on=day(-1))
    granted = LeaveFactory(granted=True, starts_on=day(-9), ends_on=day(-1))

    assert actions.end_leaves_over(today=day(0)) == 2
    assert actions.end_leaves_over(today=day(0)) == 0

    assert "没有等到答复" in Message.objects.get(recipient=unanswered.person).title
    assert not Message.objects.filter(recipient=granted.person).exists()


def test_a_member_asks_on_the_page_and_ends_it_there(client):
    person = HomeMembershipFactory().person
    client.force_login(person)
    data = {"kind": "illness", "starts_on": day(0).isoformat(), "ends_on": day(3).isoformat(), "reason": SECRET}

    assert client.post(MINE, data | {"ends_on": ""}).status_code == 422
    assert client.post(MINE, data | {"ends_on": day(-1).isoformat()}).status_code == 422
    assert client.post(MINE, data)["Location"] == MINE
    assert SECRET in client.get(MINE).content.decode()

    leave = Leave.objects.get()
    client.post(to("end", leave))
    leave.refresh_from_db()
    assert leave.state == LeaveState.ENDED


def test_only_the_person_ends_their_leave(client):
    leave = LeaveFactory(granted=True)
    client.force_login(contact_of(leave))

    assert client.post(to("end", leave)).status_code == 404


def test_whoever_may_answer_reads_the_reason_and_that_is_noted(client):
    leave = LeaveFactory()
    client.force_login(contact_of(leave))
    assert SECRET not in client.get(INBOX).content.decode()

    assert SECRET in client.get(to("review", leave)).content.decode()
    client.get(to("review", leave))

    assert ReadLog.objects.get().person == leave.person


def test_once_answered_only_whoever_answered_reads_the_reason(client):
    leave = LeaveFactory()
    decider, colleague = contact_of(leave), contact_of(leave)
    client.force_login(decider)
    assert client.post(to("answer", leave), {"grants": "yes"})["Location"] == INBOX
    assert SECRET in client.get(to("review", leave)).content.decode()

    client.force_login(colleague)
    body = client.get(to("review", leave)).content.decode()

    assert SECRET not in body
    assert "病假" not in body


def test_a_request_taken_back_is_read_by_nobody_else():
    leave = LeaveFactory()
    contact = contact_of(leave)

    actions.end_leave(leave=leave, by=leave.person)

    leave.refresh_from_db()
    assert not rules.has_perm("report_in.read_leave_reason", contact, leave)


def test_a_no_says_why(client):
    leave = LeaveFactory()
    client.force_login(contact_of(leave))

    assert client.post(to("answer", leave), {"grants": "no"}).status_code == 422
    client.post(to("answer", leave), {"grants": "no", "answer": "请先交接工作"})

    leave.refresh_from_db()
    assert leave.state == LeaveState.DECLINED


@pytest.mark.parametrize("name", ["review", "answer"])
def test_peers_strangers_and_other_units_find_nothing(client, name):
    leave = LeaveFactory()
    method = client.get if name == "review" else client.post
    assert method(to(name, leave))["Location"].startswith("/account/")
    peers = (HomeMembershipFactory(unit=leave.unit).person, leave.person, PostFactory(unit_contact=True).person)
    for person in (*peers, PostFactory().person):
        client.force_login(person)
        assert method(to(name, leave)).status_code == 404


def test_the_inbox_is_for_those_who_answer(client):
    assert client.get(INBOX)["Location"].startswith("/account/")
    client.force_login(UserFactory())
    assert client.get(INBOX).status_code == 403
