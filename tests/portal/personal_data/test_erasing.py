"""Somebody leaves: nothing says their name or number any more, anywhere, and the sums still hold."""

import io
import json
from typing import Any

import pytest
from django.core.cache import caches
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, models
from django.db.models import Sum
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, UploadedFile
from wagtail.users.models import UserProfile

from portal.activities.actions import sign_up
from portal.activities.models import SignUp
from portal.annual_reports.actions import acknowledge
from portal.annual_reports.enums import Side
from portal.members.actions import log_read
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.models import MailboxEntry, Message
from portal.personal_data.actions import close_due
from portal.personal_data.actions.erasing import erase
from portal.personal_data.actions.traces import GONE, Traces
from portal.points.models import Entry
from portal.records.models import ServiceRecord
from portal.report_in.actions import accept, ask_back, resubmit, submit_report_in
from portal.rosters.models import RosterChange
from portal.teams.enums import MembershipState
from tests.factories.activities import ActivityFactory, ShiftFactory
from tests.factories.annual_reports import AnnualReportFactory, receipt_of, recipient_of
from tests.factories.members import PASSWORD, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.personal_data import AccountClosingFactory
from tests.factories.points import EntryFactory
from tests.factories.records import ObjectionFactory, OwnServiceFactory, ServiceRecordFactory
from tests.factories.report_in import LeaveFactory
from tests.factories.rosters import import_done
from tests.factories.teams import TeamMembershipFactory

pytestmark = pytest.mark.django_db

NAME = "欧阳金丝雀"
PHONE = "+8613977778888"
WRITTEN = (NAME, json.dumps(NAME)[1:-1], "13977778888", "139 7777 8888", "139-7777-8888", "canary@example.com")


def dump() -> list[str]:
    """Return every line of the database with one of the canaries in it, whatever the column."""
    if connection.vendor == "sqlite":
        lines = list(connection.connection.iterdump())
    else:
        lines = [line for table in connection.introspection.table_names() for line in _lines_of(table)]
    return [line for line in lines if any(canary in line for canary in WRITTEN)]


def _lines_of(table: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT t::text FROM "{table}" AS t')
        return [f"{table}: {row}" for (row,) in cursor.fetchall()]


def stored() -> list[str]:
    """Return the files of uploads whose name or content has a canary."""
    found, folders = [], [""]
    while folders:
        folder = folders.pop()
        below, names = default_storage.listdir(folder) if default_storage.exists(folder or ".") else ([], [])
        folders += [f"{folder}/{name}".lstrip("/") for name in below]
        for name in names:
            path = f"{folder}/{name}".lstrip("/")
            content = default_storage.open(path).read().decode("utf-8", "replace")
            found += [path] if any(canary in path + content for canary in WRITTEN) else []
    return found


def comes_by_roster() -> User:
    """Log somebody in by phone and code, as the unit's roster names them; return them."""
    entry = RosterEntryFactory(phone=PHONE, name=NAME)
    PostFactory(unit_contact=True, unit=entry.unit)
    client = Client()
    client.post(reverse("account_request_login_code"), {"phone": PHONE})
    code = "".join(filter(str.isdigit, MailboxEntry.objects.latest("pk").body))[:6]
    client.post(reverse("account_confirm_login_code"), {"code": code})
    client.post(reverse("account_login"), {"login": PHONE, "password": "not this one"})
    return User.objects.get(phone=PHONE)


def lives_here(person: User) -> None:
    """Do whatever leaves the name, the number or own words of ``person`` somewhere."""
    person.email = "canary@example.com"
    person.set_password(PASSWORD)
    person.save()
    organiser = PostFactory().person
    area = organiser.posts.get().area
    report_in = submit_report_in(person=person, area=area, note=f"我是{NAME}，电话 139 7777 8888")
    ask_back(report_in=report_in, by=organiser, reason=f"{NAME}，请写明住在哪一栋")
    accept(report_in=resubmit(report_in=report_in, by=person, note=f"{NAME} 3 栋"), by=organiser)
    sign_up(shift=ShiftFactory(), member=person)
    record = ServiceRecordFactory(member=person, posted=True)
    ServiceRecordFactory(member=person, reversed=True, reversal_reason=f"{NAME}说时长错了")
    EntryFactory(member=person, title=record.title)
    report = AnnualReportFactory(member=person, summary=f"我叫{NAME}", plan="打 13977778888 找我", sent=True)
    receipt = receipt_of(report, Side.UNIT)
    acknowledge(receipt=receipt, by=recipient_of(receipt), reply=f"谢谢{NAME}")
    log_read(reader=organiser, person=person, what="手机号", purpose="核实", place=area)
    tell(recipient=organiser, title=f"{NAME}已到社区报到。", body="电话 139-7777-8888")
    ActivityFactory(area=area, contact_name=NAME, contact_phone="139 7777 8888")
    log(report_in, "report_in.memberreportin.accepted", user=organiser, data={"note": NAME, "to": [PHONE]})
    DBTaskResult.objects.create(
        args_kwargs={"args": [PHONE], "kwargs": {"name": NAME}},
        priority=0,
        task_path="portal.notices.send",
        backend_name="default",
        run_after=timezone.now(),
        exception_class_path="",
        traceback=f"no such person {NAME}",
        worker_ids=[],
    )
    UserProfile.objects.create(user=person, avatar=ContentFile(NAME.encode(), name="face.txt"))
    UploadedFile.objects.create(uploaded_by_user=person, file=ContentFile(PHONE.encode(), name=f"{NAME}.txt"))
    Client().post(reverse("account_login"), {"login": PHONE, "password": PASSWORD})


def sums() -> dict[str, Any]:
    return {
        "minutes": ServiceRecord.objects.aggregate(sum=Sum("minutes"))["sum"],
        "records": ServiceRecord.objects.count(),
        "points": Entry.objects.aggregate(sum=Sum("points"))["sum"],
        "reports": list(models.QuerySet(model=Entry).values_list("cause", flat=True)),
    }


def test_nothing_says_who_it_was_and_the_sums_hold(caplog):
    person = comes_by_roster()
    lives_here(person)
    AccountClosingFactory(person=person, due=True)
    before, sown = sums(), dump()
    assert len(sown) > 11, "the canaries were not sown"
    assert stored()
    caplog.clear()

    assert close_due(today=timezone.localdate()) == 1

    assert dump() == []
    assert stored() == []
    assert not [record for record in caplog.records if any(canary in record.getMessage() for canary in WRITTEN)]
    assert sums() == before
    assert person.service_records.count() == 2
    assert person.point_entries.count() == 1
    assert person.annual_reports.get().snapshot


def test_the_dump_would_see_a_trace_that_is_left(monkeypatch):
    person = comes_by_roster()
    lives_here(person)
    AccountClosingFactory(person=person, due=True)
    monkeypatch.setattr("portal.personal_data.actions.erasing.wipe", lambda traces: None)

    close_due(today=timezone.localdate())

    assert dump()


def test_who_has_the_same_name_keeps_it_and_their_messages_stay():
    person, namesake = UserFactory(name="李明"), UserFactory(name="李明")
    message = tell(recipient=namesake, title="李明已到云水社区报到。")
    AccountClosingFactory(person=person, due=True)

    close_due(today=timezone.localdate())

    namesake.refresh_from_db()
    assert namesake.name == "李明"
    assert Message.objects.get(pk=message.pk).title == "（已删除）已到云水社区报到。"


def test_one_character_alone_is_no_name_to_search_for():
    assert Traces.of(UserFactory(name="李")).names == ()
    assert Traces.of(UserFactory(name="", phone=None)) == Traces((), ())


def test_nobody_else_is_touched(client):
    other = UserFactory(name="何静宜", email="he@example.com")
    client.force_login(other)
    tell(recipient=other, title="何静宜，您好")
    closing = AccountClosingFactory(due=True)

    close_due(today=timezone.localdate())

    before = other.name, other.phone, other.email
    other.refresh_from_db()
    assert (other.name, other.phone, other.email) == before
    assert Message.objects.get(recipient=other).title == "何静宜，您好"
    assert client.get(reverse("dashboard:home")).status_code == 200
    assert not User.objects.get(pk=closing.person.pk).is_active


def test_teams_are_left():
    person = AccountClosingFactory(due=True).person
    inside = TeamMembershipFactory(person=person, lead=True)
    asking = TeamMembershipFactory(person=person, requested=True)

    close_due(today=timezone.localdate())

    states = dict(person.team_memberships.values_list("pk", "state"))
    assert states == {inside.pk: MembershipState.LEFT, asking.pk: MembershipState.WITHDRAWN}


def test_sessions_end_with_the_account(client):
    closing = AccountClosingFactory(due=True)
    client.force_login(closing.person)
    # Logging in by force sends the signal of logging in, which takes the closing back.
    type(closing).objects.filter(pk=closing.pk).update(state="waiting")

    close_due(today=timezone.localdate())

    assert client.get(reverse("dashboard:home")).status_code == 302
    assert not ModelLogEntry.objects.filter(label__contains=closing.person.name).exists()


def test_the_caches_name_nobody():
    comes_by_roster()

    held = io.StringIO()
    for alias in ("default", "pages"):
        table = getattr(caches[alias], "_table", None)
        if table:
            with connection.cursor() as cursor:
                cursor.execute(f'SELECT * FROM "{table}"')
                held.write(repr(cursor.fetchall()))

    assert not [canary for canary in WRITTEN if canary in held.getvalue()]


def test_what_waits_for_an_answer_waits_no_more():
    person = UserFactory()
    leave, objection, service = (
        LeaveFactory(person=person),
        ObjectionFactory(objector=person),
        OwnServiceFactory(member=person),
    )
    AccountClosingFactory(person=person, due=True)

    assert close_due(today=timezone.localdate()) == 1

    for row in (leave, objection, service):
        row.refresh_from_db()
    assert (leave.state, objection.state, service.state) == ("ended", "withdrawn", "withdrawn")


def test_a_change_of_the_roster_forgets_who_had_never_met_their_row():
    person = UserFactory()
    contact = PostFactory(unit_contact=True)
    for note in ("糖尿病", ""):
        content = f"姓名,手机号,备注\n张三峰,{person.phone.national_number},{note}\n"
        import_done(unit=contact.unit, by=contact.person, content=content.encode())
    assert RosterChange.objects.get().note == "糖尿病"
    AccountClosingFactory(person=person, due=True)

    close_due(today=timezone.localdate())

    change = RosterChange.objects.get()
    assert (change.name, change.note) == (GONE, GONE)


def test_why_an_exception_was_made_goes_and_the_log_never_said_it():
    mine, other = (
        sign_up(shift=ShiftFactory(), member=UserFactory(), by=UserFactory(), override_reason="刚做过手术。")
        for _ in range(2)
    )

    erase(person=mine.member)

    said = dict(SignUp.objects.values_list("pk", "override_reason"))
    assert said == {mine.pk: GONE, other.pk: "刚做过手术。"}
    lines = ModelLogEntry.objects.filter(action="activities.signup.confirmed")
    assert [line.data["exception"] for line in lines] == [True, True]
