from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.notices.actions import hand_out_due
from portal.notices.errors import SmsNotSentError, SmsRefusedError
from portal.notices.models import MailboxEntry, Message
from portal.report_in import actions, errors, queries
from portal.report_in.models import GapReminder, MemberReportIn
from tests.factories.members import ProfileFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.factories.report_in import LeaveFactory, MemberReportInFactory

pytestmark = pytest.mark.django_db


class AwaySender:
    """A gateway that is away."""

    def send(self, *, phone: str, text: str) -> None:
        raise SmsNotSentError


class RefusingSender:
    """A gateway that knows no such number."""

    def send(self, *, phone: str, text: str) -> None:
        raise SmsRefusedError


@pytest.fixture
def post():
    return PostFactory(unit_contact=True, unit=UnitFactory())


def listed(post, **narrowed):
    return queries.gap_list(post.person, **narrowed)


def remind(post, *, most_sms=99, now=None, rows=None):
    rows = listed(post) if rows is None else rows
    return actions.remind_gap(rows=rows, unit=post.unit, by=post.person, most_sms=most_sms, now=now or timezone.now())


def known(unit):
    person = UserFactory()
    return RosterEntryFactory(unit=unit, person=person, phone=person.phone)


def test_people_on_leave_and_people_received_are_not_on_the_list(post):
    waiting = known(post.unit)
    away = known(post.unit)
    LeaveFactory(person=away.person, granted=True, unit=post.unit)
    received = MemberReportInFactory(accepted=True).person
    RosterEntryFactory(unit=post.unit, person=received, phone=received.phone)
    RosterEntryFactory(unit=post.unit, is_confirmed=False)
    asked = known(post.unit)
    LeaveFactory(person=asked.person, unit=post.unit)

    assert set(listed(post)) == {waiting, asked}


def test_the_list_is_narrowed_by_branch_and_name(post):
    branch = UnitFactory(above=post.unit)
    RosterEntryFactory(unit=post.unit, name="林远舟")
    there = RosterEntryFactory(unit=branch, name="林小满")
    RosterEntryFactory(unit=branch, name="何静宜")
    RosterEntryFactory(name="林外人")

    assert list(listed(post, branch=branch, name="林")) == [there]
    assert listed(post).count() == 3
    assert not queries.gap_list(post.person, branch=UnitFactory()).exists()


def test_a_reminder_goes_to_the_inbox_or_by_text_message(post, django_capture_on_commit_callbacks):
    entry, absent = known(post.unit), RosterEntryFactory(unit=post.unit)

    with django_capture_on_commit_callbacks(execute=True):
        done = remind(post)

    assert (done.in_app, done.sms) == (1, 1)
    assert Message.objects.get(recipient=entry.person).title == f"{post.unit}提醒您到居住的社区报到。"
    sent = MailboxEntry.objects.get()
    assert sent.recipient == str(absent.phone)
    assert "自愿" in sent.body
    entry = ModelLogEntry.objects.get(action="report_in.gap.reminded")
    assert (entry.user, entry.data) == (post.person, {"in_app": 1, "sms": 1})


def test_nobody_is_reminded_twice_within_the_days(post, settings, django_capture_on_commit_callbacks):
    known(post.unit)
    RosterEntryFactory(unit=post.unit)
    now = timezone.now()
    soon, later = (now + timedelta(days=settings.GAP_REMINDER_DAYS, minutes=minutes) for minutes in (-1, 1))

    with django_capture_on_commit_callbacks(execute=True):
        sent = [remind(post, now=when) for when in (now, soon, later)]

    assert [(one.in_app, one.sms) for one in sent] == [(1, 1), (0, 0), (1, 1)]
    assert MailboxEntry.objects.count() == 2


def test_one_on_two_rosters_is_reminded_once(post, django_capture_on_commit_callbacks):
    absent = RosterEntryFactory(unit=post.unit)
    other = PostFactory(unit_contact=True)
    RosterEntryFactory(unit=other.unit, phone=absent.phone)

    with django_capture_on_commit_callbacks(execute=True):
        sent = [remind(one).sms for one in (post, other)]

    assert sent == [1, 0]


def test_the_plan_tells_what_would_happen(post, settings, django_capture_on_commit_callbacks):
    settings.SMS_PRICE_FEN = 5
    known(post.unit)
    RosterEntryFactory.create_batch(3, unit=post.unit, name="林")
    with django_capture_on_commit_callbacks(execute=True):
        remind(post, rows=listed(post)[:1])

    plan = queries.reminder_plan(listed(post), now=timezone.now())

    assert plan.in_app + plan.sms == 3
    assert plan.lately == 1
    assert plan.price == pytest.approx(plan.sms * 0.05)


def test_no_more_text_messages_leave_than_were_shown(post):
    RosterEntryFactory.create_batch(2, unit=post.unit)

    with pytest.raises(errors.NumbersChangedError):
        remind(post, most_sms=1)


def test_one_click_has_a_limit(post, settings):
    settings.GAP_REMINDER_SMS_MAX = 1
    RosterEntryFactory.create_batch(2, unit=post.unit)

    with pytest.raises(errors.TooManyMessagesError):
        remind(post)
    assert queries.reminder_plan(listed(post), now=timezone.now()).has_too_many_messages


def test_a_message_that_did_not_leave_leaves_later_and_once(post, settings, django_capture_on_commit_callbacks):
    RosterEntryFactory(unit=post.unit)
    settings.SMS_SENDER = f"{__name__}.AwaySender"
    with django_capture_on_commit_callbacks(execute=True):
        remind(post)
    settings.SMS_SENDER = "portal.notices.senders.MailboxSmsSender"

    with django_capture_on_commit_callbacks(execute=True):
        assert remind(post).sms == 0
    with time_machine.travel(timezone.now() + timedelta(minutes=5)):
        hand_out_due(now=timezone.now())
        hand_out_due(now=timezone.now())

    assert MailboxEntry.objects.count() == 1


def test_a_message_that_will_never_leave_keeps_nobody_from_the_next(post, settings, django_capture_on_commit_callbacks):
    RosterEntryFactory(unit=post.unit)
    settings.SMS_SENDER = f"{__name__}.RefusingSender"
    with django_capture_on_commit_callbacks(execute=True):
        remind(post)
    settings.SMS_SENDER = "portal.notices.senders.MailboxSmsSender"

    with django_capture_on_commit_callbacks(execute=True):
        assert remind(post).sms == 1

    assert MailboxEntry.objects.count() == 1


def test_phones_are_forgotten_when_they_keep_nothing_back(post, settings):
    RosterEntryFactory(unit=post.unit)
    now = timezone.now()
    remind(post, now=now)

    assert actions.forget_reminders(now=now) == 0
    assert actions.forget_reminders(now=now + timedelta(days=settings.GAP_REMINDER_DAYS)) == 1
    assert not GapReminder.objects.exists()


def test_a_communitys_list_is_narrowed_by_a_shown_skill():
    shown, hidden = (MemberReportInFactory(accepted=True) for _ in range(2))
    MemberReportIn.objects.filter(pk=hidden.pk).update(area=shown.area)
    for one, seen_by in ((shown, "organisers"), (hidden, "only_me")):
        ProfileFactory(person=one.person, skills_seen_by=seen_by).known_skills.create(skill="law")

    assert list(queries.members_of(shown.area, only="skill-law")) == [shown]
    assert queries.members_of(shown.area).count() == 2


def test_many_are_reminded_at_the_cost_of_one(post, django_assert_max_num_queries):
    def cost(number):
        for _ in range(number):
            known(post.unit)
        with django_assert_max_num_queries(200) as captured:
            assert remind(post).in_app == number
        return len(captured)

    cost(1)
    assert cost(1) == cost(3)
