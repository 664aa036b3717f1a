import json
from datetime import timedelta
from functools import reduce
from io import StringIO

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.core.cache import cache
from django.core.management import call_command
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry

from portal.members.actions import give_consent, log_read, sign_up, withdraw_consent
from portal.members.enums import Purpose
from portal.notices.models import Delivery, MailboxEntry
from portal.personal_data.actions import retain, retain_daily
from portal.personal_data.enums import ClosingState
from portal.personal_data.retention import HALF_A_YEAR, KEPT, THREE_YEARS
from tests.factories.activities import AttendanceFactory
from tests.factories.check_in import CheckInEventFactory, SheetFactory, TabletFactory
from tests.factories.members import ConsentFactory, RosterEntryFactory, UserFactory
from tests.factories.notices import MessageFactory
from tests.factories.personal_data import AccountClosingFactory, LegalHoldFactory
from tests.factories.report_in import LeaveFactory
from tests.factories.website import ContentPageFactory

pytestmark = pytest.mark.django_db


def a_job(**fields):
    return DBTaskResult.objects.create(
        args_kwargs={"args": [], "kwargs": {}},
        priority=0,
        task_path="portal.notices.send",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="",
        traceback="",
        worker_ids=[],
        **fields,
    )


def a_device(session):
    return UserSession.objects.create(user=UserFactory(), ip="10.0.0.0", session_key=session.session_key)


def a_withdrawn_consent():
    person = UserFactory()
    consent = give_consent(person=person, purpose=Purpose.REPORT_IN, text_version="1")
    withdraw_consent(person=person, purpose=Purpose.REPORT_IN)
    return consent


MADE = {
    "messages": MessageFactory,
    "deliveries": lambda: Delivery.objects.create(recipient=UserFactory(), kind="notice", channel="email"),
    "read_logs": lambda: log_read(reader=UserFactory(), person=UserFactory(), what="手机号", purpose="核实"),
    "consents": a_withdrawn_consent,
    "roster": lambda: RosterEntryFactory(left_on=timezone.localdate()),
    "leave_reasons": lambda: LeaveFactory(reason="手术", ends_on=timezone.localdate()),
    "no_shows": lambda: AttendanceFactory(state="absent", minutes=None),
    "check_ins": CheckInEventFactory,
    "tablets": TabletFactory,
    "sheets": SheetFactory,
    "mailbox": lambda: MailboxEntry.objects.create(channel="sms", recipient="+8613800000000", body="验证码"),
    "jobs": lambda: a_job(finished_at=timezone.now()),
    "sessions": lambda: Session.objects.create(session_key="a" * 32, session_data="", expire_date=timezone.now()),
    "devices": lambda: a_device(Session.objects.create(session_key="a" * 32, expire_date=timezone.now())),
    "unproved_accounts": lambda: sign_up(phone="+8613700000001"),
    "log": lambda: log(UserFactory(), "members.user.named", user=UserFactory()),
    "page_log": lambda: log(ContentPageFactory(), "wagtail.edit", user=UserFactory()),
}


def what_it_says(row, kept):
    """Return the row while it says something: one that is emptied stays."""
    return (
        type(row)
        ._base_manager.filter(pk=row.pk)
        .exclude(**{f"{name}__isnull": True for name in kept.blank} or {"pk": None})
    )


def of(key, outcomes):
    return next(outcome for outcome in outcomes if outcome.key == key)


def due(key, *, in_days=0):
    now = timezone.now() + timedelta(days=in_days)
    return of(key, retain(now=now, dry_run=True)).due


@pytest.mark.parametrize("kept", [kept for kept in KEPT if not kept.instead], ids=lambda kept: kept.key)
def test_a_row_stays_for_its_time_and_then_goes(kept):
    with time_machine.travel(timezone.now(), tick=False):
        row = MADE[kept.key]()
        mine = what_it_says(row, kept)
        start = timezone.now()

        retain(now=start + timedelta(days=kept.days) - timedelta(hours=1) if kept.days else start)
        assert mine.exists()

        outcome = of(kept.key, retain(now=start + timedelta(days=kept.days + 2)))
        assert not mine.exists()
        assert outcome.gone == outcome.due >= 1
        assert of(kept.key, retain(now=start + timedelta(days=kept.days + 2))).due == 0


def test_what_is_open_stays():
    ConsentFactory()
    RosterEntryFactory()
    a_job()

    outcomes = retain(now=timezone.now() + timedelta(days=9000))

    assert [of(key, outcomes).due for key in ("consents", "roster", "jobs")] == [0, 0, 0]


@pytest.mark.parametrize(
    ("key", "setting", "floor"),
    [
        ("log", "LOGS_KEPT_DAYS", HALF_A_YEAR),
        ("page_log", "LOGS_KEPT_DAYS", HALF_A_YEAR),
        ("read_logs", "READ_LOGS_KEPT_DAYS", THREE_YEARS),
        ("consents", "CONSENTS_KEPT_DAYS", THREE_YEARS),
    ],
)
def test_a_city_never_keeps_less_than_the_law_asks(settings, key, setting, floor):
    setattr(settings, setting, 1)
    MADE[key]()

    assert due(key, in_days=floor - 1) == 0
    assert due(key, in_days=floor + 1) >= 1


@pytest.mark.parametrize("key", [kept.key for kept in KEPT if kept.person])
def test_what_a_law_keeps_stays(key):
    kept = next(kept for kept in KEPT if kept.key == key)
    row = MADE[key]()
    if key == "roster":
        row.person = UserFactory()
        row.save()
    hold = LegalHoldFactory(person=reduce(getattr, kept.person.split("__"), row))
    mine = what_it_says(row, kept)

    retain(now=timezone.now() + timedelta(days=kept.days + 2))
    assert mine.exists()

    hold.delete()
    retain(now=timezone.now() + timedelta(days=kept.days + 2))
    assert not mine.exists()


def test_a_dry_run_lists_what_would_go_and_deletes_nothing():
    message, closing = MessageFactory(), AccountClosingFactory(due=True)
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        out = StringIO()
        call_command("retain", "--dry-run", "--json", stdout=out)

    listed = {row["key"]: row for row in json.loads(out.getvalue())}
    assert listed["messages"]["due"] == 1
    assert listed["accounts"]["due"] == 1
    assert {row["gone"] for row in listed.values()} == {0}
    assert all({"setting", "days", "floor", "source"} <= row.keys() for row in listed.values())
    message.refresh_from_db()
    closing.refresh_from_db()
    assert closing.state == ClosingState.WAITING


def test_the_command_says_what_went():
    MessageFactory()
    closing = AccountClosingFactory(due=True)
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        out = StringIO()
        call_command("retain", stdout=out)

    closing.refresh_from_db()
    assert "messages: 1 due, 1 gone" in out.getvalue()
    assert closing.state == ClosingState.DONE


def test_the_clock_does_it_once_a_day():
    cache.clear()
    with time_machine.travel(timezone.now() + timedelta(days=800), tick=False):
        MailboxEntry.objects.create(channel="sms", recipient="", body="", created_at=timezone.now() - timedelta(days=9))
        assert retain_daily(now=timezone.now()) == {"mailbox": 1}
        assert retain_daily(now=timezone.now()) is None
        assert retain_daily(now=timezone.now() + timedelta(days=1)) == {}


def test_a_day_that_broke_is_tried_again(monkeypatch):
    cache.clear()

    def breaks(**kwargs):
        raise ConnectionError

    monkeypatch.setattr("portal.personal_data.actions.retaining.retain", breaks)
    with pytest.raises(ConnectionError):
        retain_daily(now=timezone.now())
    monkeypatch.undo()

    assert retain_daily(now=timezone.now()) is not None


def test_the_log_of_today_is_not_touched():
    log(UserFactory(), "members.user.named")

    retain(now=timezone.now())

    assert ModelLogEntry.objects.exists()
