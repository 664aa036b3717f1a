"""A community that does not answer is helped by the level above, once, and the person is told so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from django.utils import timezone

from portal.report_in import actions
from portal.report_in.enums import ReportInState
from portal.report_in.queries import reviewable
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory, MoveFactory
from tests.portal.report_in.steps import logged, titles_to

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 7, 16, 2, tzinfo=UTC)
LAST_DAY = datetime(2026, 7, 21, 2, tzinfo=UTC)  # the third working day after
TOO_LATE = LAST_DAY + timedelta(days=1)


@pytest.fixture
def waiting():
    return MemberReportInFactory(submitted_at=THURSDAY, area__name="云水社区")


@pytest.fixture
def supervisor(waiting):
    return PostFactory(supervisor=True, area=waiting.area.get_parent()).person


def test_silence_past_the_clock_goes_one_level_up_once(waiting, supervisor):
    organiser = PostFactory(area=waiting.area).person

    assert actions.escalate_silent(now=LAST_DAY) == 0
    assert actions.escalate_silent(now=TOO_LATE) == 1
    assert actions.escalate_silent(now=TOO_LATE + timedelta(days=9)) == 0

    waiting.refresh_from_db()
    assert waiting.escalated_at == TOO_LATE
    assert waiting.is_overdue
    assert titles_to(supervisor) == ["云水社区有一份报到超过 3 个工作日没有答复，您可以代为处理。"]
    assert titles_to(organiser) == ["云水社区有一份报到已超时，已请上一级一起处理。"]
    assert titles_to(waiting.person) == ["云水社区超过 3 个工作日还没有答复您的报到。"]
    assert "已请上一级" in waiting.person.inbox_messages.get().body
    assert logged() == ["report_in.memberreportin.escalated"]


@override_settings(REPORT_IN_ANSWER_WORKING_DAYS=1)
def test_the_city_sets_the_clock(waiting):
    assert actions.escalate_silent(now=THURSDAY + timedelta(days=1)) == 0
    assert actions.escalate_silent(now=THURSDAY + timedelta(days=2)) == 1


def test_nobody_on_the_street_means_the_district(waiting):
    district = PostFactory(supervisor=True, area=waiting.area.get_parent().get_parent()).person

    actions.escalate_silent(now=TOO_LATE)

    assert len(titles_to(district)) == 1


def test_nobody_above_is_said_honestly(waiting):
    actions.escalate_silent(now=TOO_LATE)

    assert "直接打社区电话" in waiting.person.inbox_messages.get().body


def test_a_supervisor_does_not_answer_themselves(waiting):
    PostFactory(supervisor=True, area=waiting.area.get_parent(), person=waiting.person)

    actions.escalate_silent(now=TOO_LATE)

    assert len(titles_to(waiting.person)) == 1


@pytest.mark.parametrize("traits", [{"asked_back": True}, {"accepted": True}])
def test_what_was_answered_stays_where_it_is(traits):
    MemberReportInFactory(submitted_at=THURSDAY, **traits)

    assert actions.escalate_silent(now=TOO_LATE) == 0


def test_a_move_has_the_same_clock():
    MoveFactory(submitted_at=THURSDAY)

    assert actions.escalate_silent(now=TOO_LATE) == 1


def test_the_level_above_may_answer_then_and_not_before(waiting, supervisor):
    may = "report_in.review_report_in"
    assert not supervisor.has_perm(may, waiting)
    assert waiting not in reviewable(supervisor)

    actions.escalate_silent(now=TOO_LATE)
    waiting.refresh_from_db()

    assert supervisor.has_perm(may, waiting)
    assert waiting in reviewable(supervisor)
    assert not PostFactory(supervisor=True).person.has_perm(may, waiting)
    accepted = actions.accept(report_in=waiting, by=supervisor)
    assert accepted.state == ReportInState.ACCEPTED
    assert not supervisor.has_perm(may, accepted)
    assert accepted not in reviewable(supervisor)


def test_an_answer_starts_the_clock_anew(waiting):
    actions.escalate_silent(now=TOO_LATE)
    actions.ask_back(report_in=waiting, by=UserFactory(), reason="请写明楼栋。")

    again = actions.resubmit(report_in=waiting, by=waiting.person, note="5 栋")

    assert again.escalated_at is None
    assert actions.escalate_silent(now=timezone.now()) == 0
