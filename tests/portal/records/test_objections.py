from datetime import date, timedelta

import pytest
from django.urls import reverse as url_of
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from portal.notices.models import Message
from portal.organisations.actions import merge_areas
from portal.records.actions import (
    correct,
    file_objection,
    post_records,
    reject_objection,
    reverse,
    uphold_objection,
    withdraw_objection,
)
from portal.records.errors import AlreadyAnsweredError, AnswersOwnWorkError, MayNotObjectError, PeriodOverError
from portal.records.models import Objection, ServiceRecord
from portal.records.queries import (
    announced_records,
    counted_minutes,
    objections_until_again,
    records_with_stories,
    story_of_record,
)
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db
LATER = date(2099, 1, 1)


@pytest.fixture
def record():
    return ServiceRecordFactory()


@pytest.fixture
def neighbour(record):
    return MemberReportInFactory(accepted=True, area=record.area).person


@pytest.fixture
def answerer(record):
    return PostFactory(area=record.area).person


def test_an_open_objection_stops_the_period_and_tells_both(record, neighbour, answerer):
    objection = file_objection(record=record, by=neighbour, reason="那天他没来。")

    assert file_objection(record=record, by=neighbour, reason="那天他没来。") == objection
    assert post_records(today=LATER) == 0
    assert logged(record) == ["records.servicerecord.paused"]
    assert record.member.inbox_messages.filter(title__contains="异议").exists()
    assert answerer.inbox_messages.filter(title__contains="异议").exists()


def test_whoever_follows_their_community_still_sees_what_it_announced_and_may_object(client, record, neighbour):
    after = CommunityFactory()
    merge_areas(areas=[record.area], into=after, by=None)

    assert record in announced_records(neighbour)
    assert file_objection(record=record, by=neighbour, reason="那天他没来。").record == record
    assert record not in announced_records(MemberReportInFactory(accepted=True).person)


def test_rejected_the_period_goes_on_and_the_record_is_posted(record, neighbour, answerer):
    objection = file_objection(record=record, by=neighbour, reason="那天他没来。")

    reject_objection(objection=objection, by=answerer, answer="签到表上有。")

    record.refresh_from_db()
    assert record.paused_on is None
    assert post_records(today=LATER) == 1
    with pytest.raises(AlreadyAnsweredError):
        reject_objection(objection=objection, by=answerer, answer="签到表上有。")


def test_upheld_the_record_no_longer_counts(record, neighbour, answerer):
    objection = file_objection(record=record, by=neighbour, reason="那天他没来。")
    other = file_objection(record=record, by=record.member, reason="我没去。")

    uphold_objection(objection=objection, by=answerer, answer="核实后确实没来。")

    other.refresh_from_db()
    assert (other.state, counted_minutes(record.member)) == ("upheld", 0)


def test_who_had_a_hand_in_it_does_not_answer(record, neighbour):
    objection = file_objection(record=record, by=neighbour, reason="那天他没来。")
    for person in (record.recorded_by, record.confirmed_by, record.member, neighbour):
        PostFactory(person=person, area=record.area)
        with pytest.raises(AnswersOwnWorkError):
            reject_objection(objection=objection, by=person, answer="签到表上有。")


def test_strangers_do_not_object_nor_anybody_after_the_period(record, neighbour):
    with pytest.raises(MayNotObjectError):
        file_objection(record=record, by=UserFactory(), reason="不对。")
    over = ServiceRecordFactory(area=record.area, objections_until=timezone.localdate() - timedelta(days=1))
    with pytest.raises(PeriodOverError):
        file_objection(record=over, by=neighbour, reason="不对。")


def test_taken_back_the_period_goes_on(record, neighbour):
    objection = file_objection(record=record, by=neighbour, reason="那天他没来。")

    assert withdraw_objection(objection=objection, by=neighbour).state == "withdrawn"
    assert post_records(today=LATER) == 1


def test_the_period_keeps_the_working_days_it_had_left():
    # stopped on Tuesday with Wednesday and Thursday left; answered on Friday
    again = objections_until_again(paused_on=date(2026, 5, 5), until=date(2026, 5, 7), today=date(2026, 5, 8))

    assert again == date(2026, 5, 12)


def test_by_the_pages_names_are_masked_and_the_answer_is_read(client, record, neighbour, answerer):
    client.force_login(neighbour)
    page = client.get(url_of("records:announced"))
    assertContains(page, record.title)
    assertNotContains(page, record.member.name)
    url = url_of("records:object", args=[record.pk])
    assert client.post(url, {"reason": ""}).status_code == 422
    assertContains(client.post(url, {"reason": "那天他没来。"}, follow=True), "已收到您的异议")

    answer = url_of("records:objection_answer", args=[Objection.objects.get().pk])
    assert client.get(answer).status_code == 404
    client.force_login(answerer)
    assertContains(client.get(answer), "那天他没来。")
    client.post(answer, {"outcome": "correct", "minutes": "", "answer": "只来了一小时。"})
    client.post(answer, {"outcome": "correct", "minutes": "60", "answer": "只来了一小时。"})
    assert Objection.objects.get().state == "upheld"
    assertContains(client.get(answer, follow=True), "这条异议已经答复过了")
    client.force_login(UserFactory())
    assert client.get(url).status_code == 404


@pytest.mark.parametrize("change", [reverse, lambda **given: correct(minutes=30, **given)])
def test_changed_elsewhere_what_is_open_is_answered_too(record, neighbour, answerer, change):
    theirs = file_objection(record=record, by=neighbour, reason="那天他没来。")
    MemberReportInFactory(accepted=True, area=record.area, person=answerer)
    own = file_objection(record=record, by=answerer, reason="签到表上没有。")

    change(record=record, by=answerer, reason="核实后不对。")

    theirs.refresh_from_db()
    own.refresh_from_db()
    assert (theirs.state, theirs.answer, theirs.answered_by) == ("upheld", "核实后不对。", answerer)
    assert own.state == "withdrawn"
    assert neighbour.inbox_messages.filter(title__contains="已答复").exists()
    assert record.member.inbox_messages.filter(body__contains="点开看原因。").exists()
    assert not Message.objects.filter(body__contains="核实后不对。").exists()


def test_a_reversed_record_tells_the_minutes_it_had(record, answerer):
    correct(record=record, by=answerer, minutes=30, reason="只来了半小时。")

    told = story_of_record(records_with_stories(ServiceRecord.objects.filter(pk=record.pk)).get())
    assert any("登记完成，2 小时" in step.text for step in told.steps), told.steps
    assert not any("30 分钟" in step.text for step in told.steps)
