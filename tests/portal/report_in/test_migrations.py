"""What was written in the clear before is encrypted, and comes back when the change is taken back; what was left open
is closed."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from portal.report_in.enums import LeaveKind
from portal.report_in.models import Leave, MemberReportIn, UnitReportIn
from tests.factories.organisations import CommunityFactory, UnitFactory
from tests.factories.report_in import LeaveFactory, MemberReportInFactory, UnitReportInFactory

pytestmark = pytest.mark.django_db

STEP = ("report_in", "0009_encrypt_words")


def test_words_are_encrypted_once_and_back():
    written, silent = MemberReportInFactory(), MemberReportInFactory()
    step = import_module("portal.report_in.migrations.0009_encrypt_words")
    apps = MigrationLoader(connection).project_state([STEP]).apps
    old = apps.get_model("report_in", "MemberReportIn").objects
    old.filter(pk=written.pk).update(note="住 3 栋", reason="请补充")
    old.filter(pk=silent.pk).update(note="", reason=None)

    editor = connection.schema_editor()
    step.encrypt(apps, editor)
    step.encrypt(apps, editor)

    assert "栋" not in old.get(pk=written.pk).note
    assert MemberReportIn.objects.values_list("note", "reason").get(pk=written.pk) == ("住 3 栋", "请补充")
    assert MemberReportIn.objects.get(pk=silent.pk).note is None
    step.decrypt(apps, editor)
    assert old.values_list("note", "reason").get(pk=written.pk) == ("住 3 栋", "请补充")


def test_reasons_to_units_are_encrypted_once_and_back():
    asked, silent = UnitReportInFactory(), UnitReportInFactory()
    step = import_module("portal.report_in.migrations.0017_encrypt_reasons_to_units")
    apps = MigrationLoader(connection).project_state([("report_in", "0017_encrypt_reasons_to_units")]).apps
    old = apps.get_model("report_in", "UnitReportIn").objects
    old.filter(pk=asked.pk).update(reason="请写联系电话")
    old.filter(pk=silent.pk).update(reason="")

    editor = connection.schema_editor()
    step.encrypt(apps, editor)
    step.encrypt(apps, editor)

    assert "电话" not in old.get(pk=asked.pk).reason
    assert UnitReportIn.objects.get(pk=asked.pk).reason == "请写联系电话"
    assert UnitReportIn.objects.get(pk=silent.pk).reason is None
    step.decrypt(apps, editor)
    assert old.get(pk=asked.pk).reason == "请写联系电话"


def test_why_report_ins_ended_is_encrypted_once_and_back():
    member, unit, silent = MemberReportInFactory(), UnitReportInFactory(), MemberReportInFactory()
    step = import_module("portal.report_in.migrations.0020_encrypt_end_reasons")
    apps = MigrationLoader(connection).project_state([("report_in", "0020_encrypt_end_reasons")]).apps
    old = {row: apps.get_model("report_in", type(row).__name__).objects.filter(pk=row.pk) for row in (member, unit)}
    for rows in old.values():
        rows.update(end_reason="住院了")

    editor = connection.schema_editor()
    step.encrypt(apps, editor)
    step.encrypt(apps, editor)

    for row, rows in old.items():
        assert "住院" not in rows.get().end_reason
        row.refresh_from_db()
        assert row.end_reason == "住院了"
    assert MemberReportIn.objects.get(pk=silent.pk).end_reason is None
    step.decrypt(apps, editor)
    assert {rows.get().end_reason for rows in old.values()} == {"住院了"}
    assert apps.get_model("report_in", "MemberReportIn").objects.get(pk=silent.pk).end_reason == ""


def test_requests_that_wait_for_units_that_ended_wait_no_more(django_assert_num_queries):
    today, area = timezone.localdate(), CommunityFactory()
    ended = UnitFactory(ends_on=today - timedelta(days=10))
    alone, granted = LeaveFactory(unit=ended), LeaveFactory(unit=ended, granted=True)
    asked = LeaveFactory(unit=ended, area=area, kind=LeaveKind.EXEMPTION)
    others = [LeaveFactory(unit=UnitFactory(ends_on=today + timedelta(days=1))), LeaveFactory()]
    step = import_module("portal.report_in.migrations.0024_requests_of_ended_units")
    apps = MigrationLoader(connection).project_state([("report_in", "0024_requests_of_ended_units")]).apps
    (operation,) = step.Migration.operations

    with django_assert_num_queries(2):
        step.end_requests(apps, connection.schema_editor())

    found = {pk: said for pk, *said in Leave.objects.values_list("pk", "state", "unit", "area")}
    assert found == {
        alone.pk: ["ended", ended.pk, None],
        granted.pk: ["granted", ended.pk, None],
        asked.pk: ["requested", None, area.pk],
        **{one.pk: ["requested", one.unit_id, None] for one in others},
    }
    step.end_requests(apps, connection.schema_editor())
    assert {pk: said for pk, *said in Leave.objects.values_list("pk", "state", "unit", "area")} == found
    assert operation.reverse_code is RunPython.noop
