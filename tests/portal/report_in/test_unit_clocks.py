"""A community that does not answer a unit is helped by the level above, once, and the unit's contact is told so."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from portal.report_in import actions
from portal.report_in.actions import UnitOffer
from portal.report_in.enums import UnitReportInState
from portal.report_in.errors import OwnUnitReportInError
from portal.report_in.queries import reviewable_units
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import UnitReportInFactory
from tests.portal.report_in.steps import logged, titles_to

pytestmark = pytest.mark.django_db

THURSDAY = datetime(2026, 7, 16, 2, tzinfo=UTC)
LAST_DAY = datetime(2026, 7, 21, 2, tzinfo=UTC)  # the third working day after
TOO_LATE = LAST_DAY + timedelta(days=1)


@pytest.fixture
def waiting():
    return UnitReportInFactory(submitted_at=THURSDAY, area__name="云水社区", unit__name="市图书馆")


@pytest.fixture
def supervisor(waiting):
    return PostFactory(supervisor=True, area=waiting.area.get_parent()).person


@pytest.fixture
def contact(waiting):
    return PostFactory(unit_contact=True, unit=waiting.unit).person


def test_silence_past_the_clock_goes_one_level_up_once(waiting, supervisor, contact):
    organiser = PostFactory(area=waiting.area).person

    assert actions.escalate_silent(now=LAST_DAY) == 0
    assert actions.escalate_silent(now=TOO_LATE) == 1
    assert actions.escalate_silent(now=TOO_LATE + timedelta(days=9)) == 0

    waiting.refresh_from_db()
    assert waiting.escalated_at == TOO_LATE
    assert waiting.is_overdue
    assert titles_to(supervisor) == ["云水社区有一份单位报到超过 3 个工作日没有答复，您可以代为处理。"]
    assert titles_to(organiser) == ["云水社区有一份单位报到已超时，已请上一级一起处理。"]
    assert titles_to(contact) == ["云水社区超过 3 个工作日还没有答复市图书馆的单位报到。"]
    assert "已请上一级" in contact.inbox_messages.get().body
    assert logged() == ["report_in.unitreportin.escalated"]


def test_nobody_above_is_said_honestly(waiting, contact):
    actions.escalate_silent(now=TOO_LATE)

    assert "直接打社区电话" in contact.inbox_messages.get().body


@pytest.mark.parametrize("traits", [{"asked_back": True}, {"accepted": True}])
def test_what_was_answered_stays_where_it_is(traits):
    UnitReportInFactory(submitted_at=THURSDAY, **traits)

    assert actions.escalate_silent(now=TOO_LATE) == 0


def test_the_level_above_may_answer_then_and_not_before(waiting, supervisor):
    may = "report_in.review_unit"
    assert not supervisor.has_perm(may, waiting)
    assert waiting not in reviewable_units(supervisor)

    actions.escalate_silent(now=TOO_LATE)
    waiting.refresh_from_db()

    assert supervisor.has_perm(may, waiting)
    assert waiting in reviewable_units(supervisor)
    assert not PostFactory(supervisor=True).person.has_perm(may, waiting)
    accepted = actions.accept_unit(report_in=waiting, by=supervisor)
    assert accepted.state == UnitReportInState.ACCEPTED
    assert not supervisor.has_perm(may, accepted)
    assert accepted not in reviewable_units(supervisor)


def test_who_sent_it_is_not_asked_to_answer_it(waiting):
    PostFactory(supervisor=True, area=waiting.area.get_parent(), person=waiting.submitted_by)

    actions.escalate_silent(now=TOO_LATE)

    assert titles_to(waiting.submitted_by) == []
    with pytest.raises(OwnUnitReportInError):
        actions.accept_unit(report_in=waiting, by=waiting.submitted_by)


def test_an_answer_starts_the_clock_anew(waiting):
    actions.escalate_silent(now=TOO_LATE)
    actions.ask_unit_back(report_in=waiting, by=UserFactory(), reason="请写上联系电话。")

    again = actions.resubmit_unit(report_in=waiting, offer=UnitOffer("何静宜", "010-5550 0101"), by=UserFactory())

    assert again.escalated_at is None
    assert actions.escalate_silent(now=timezone.now()) == 0


def test_the_supervisor_answers_on_the_page_and_the_contact_reads_that_help_came(client, waiting, supervisor, contact):
    client.force_login(supervisor)
    review = reverse("report_in:unit_review", args=[waiting.pk])
    assert client.get(review).status_code == 404
    actions.escalate_silent(now=TOO_LATE)

    assert "已超时" in client.get(reverse("report_in:unit_inbox")).content.decode()
    assert "家单位的报到" in client.get(reverse("dashboard:home")).content.decode()
    assert "超过了答复的时间" in client.get(review).content.decode()
    client.force_login(contact)
    assert "请上一级一起处理" in client.get(reverse("report_in:unit_one", args=[waiting.pk])).content.decode()
    client.force_login(supervisor)
    client.post(reverse("report_in:unit_accept", args=[waiting.pk]))

    waiting.refresh_from_db()
    assert (waiting.state, waiting.decided_by) == (UnitReportInState.ACCEPTED, supervisor)


def test_looking_for_what_is_late_is_one_question_when_nothing_is():
    UnitReportInFactory(submitted_at=THURSDAY, accepted=True)

    with CaptureQueriesContext(connection) as found:
        actions.escalate_silent(now=TOO_LATE)

    assert len(found) == 2  # of members, and of units
