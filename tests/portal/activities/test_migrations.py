"""Words about people rest encrypted; those written in the clear before are brought to it, and back."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import TextField, Value
from wagtail.models import ModelLogEntry

from portal.activities.actions import (
    ask_for_cover,
    explain_absence,
    make_exception,
    record_attendance,
    refuse_request,
    sign_up,
)
from portal.activities.enums import AttendanceState, SignUpMode
from portal.activities.models import Attendance, CoverRequest, SignUp
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory
from tests.portal.personal_data.resting import tables_saying

pytestmark = pytest.mark.django_db

STEP = "0017_encrypt_words"
WORDS = "canary: a slipped disc"


def plain(words):
    return Value(words, TextField())


@pytest.fixture
def step():
    return import_module(f"portal.activities.migrations.{STEP}")


@pytest.fixture
def apps():
    return MigrationLoader(connection).project_state([("activities", STEP)]).apps


def test_words_about_people_stand_nowhere_in_plain():
    asking = sign_up(shift=ShiftFactory(activity__mode=SignUpMode.ON_REQUEST), member=UserFactory())
    refuse_request(sign_up=asking, by=UserFactory(), reason=WORDS)
    make_exception(shift=ShiftFactory(), member=UserFactory(), by=UserFactory(), reason=WORDS)
    holder = SignUpFactory()
    ask_for_cover(sign_up=holder, by=holder.member, reason=WORDS)
    place = SignUpFactory(shift=ShiftFactory(past=True))
    explain_absence(
        attendance=record_attendance(sign_up=place, by=UserFactory(), state=AttendanceState.ABSENT), text=WORDS
    )

    assert tables_saying(WORDS) == []
    assert "members_user" in tables_saying(str(asking.member.phone))
    assert sorted(filter(None, SignUp.objects.values_list("answer", flat=True))) == [WORDS]
    assert sorted(filter(None, SignUp.objects.values_list("override_reason", flat=True))) == [WORDS]
    assert CoverRequest.objects.get().reason == Attendance.objects.get().reply == WORDS


def test_words_are_encrypted_once_and_back(step, apps):
    place, silent = AttendanceFactory(), AttendanceFactory()
    cover = CoverRequest.objects.create(sign_up=place.sign_up, kind="stand_in", state="open")
    mine = SignUp.objects.filter(pk=place.sign_up_id)
    mine.update(answer=plain(WORDS), override_reason=plain(WORDS))
    CoverRequest.objects.filter(pk=cover.pk).update(reason=plain(WORDS))
    Attendance.objects.filter(pk=place.pk).update(reply=plain(WORDS))
    Attendance.objects.filter(pk=silent.pk).update(reply=plain(""))
    tables = ["activities_attendance", "activities_coverrequest", "activities_signup"]
    assert sorted(tables_saying(WORDS)) == tables
    assert Attendance.objects.get(pk=place.pk).reply == WORDS  # between the two migrations

    editor = connection.schema_editor()
    step.encrypt(apps, editor)
    tokens = stored()
    step.encrypt(apps, editor)

    assert tables_saying(WORDS) == []
    assert stored() == tokens
    assert mine.values_list("answer", "override_reason").get() == (WORDS, WORDS)
    assert CoverRequest.objects.get().reason == Attendance.objects.get(pk=place.pk).reply == WORDS
    assert not Attendance.objects.get(pk=silent.pk).reply
    step.decrypt(apps, editor)
    step.decrypt(apps, editor)
    assert sorted(tables_saying(WORDS)) == tables
    assert Attendance.objects.get(pk=place.pk).reply == WORDS
    assert not SignUp.objects.filter(answer__isnull=True).exists()


def test_more_than_a_batch_is_encrypted(step, apps, monkeypatch):
    monkeypatch.setattr(step, "BATCH", 2)
    AttendanceFactory.create_batch(5)
    Attendance.objects.update(reply=plain(WORDS))

    step.encrypt(apps, connection.schema_editor())

    assert tables_saying(WORDS) == []
    assert set(Attendance.objects.values_list("reply", flat=True)) == {WORDS}


def test_the_log_forgets_why_exceptions_were_made(step, apps):
    mine = make_exception(shift=ShiftFactory(), member=UserFactory(), by=UserFactory(), reason="x")
    line = ModelLogEntry.objects.get(action="activities.signup.confirmed", object_id=str(mine.pk))
    ModelLogEntry.objects.filter(pk=line.pk).update(data={**line.data, "exception": WORDS})
    assert tables_saying(WORDS) == ["wagtailcore_modellogentry"]

    step.encrypt(apps, connection.schema_editor())

    assert tables_saying(WORDS) == []
    line.refresh_from_db()
    assert (line.data["exception"], line.data["for"], line.data["to"]) == (True, mine.member_id, "confirmed")


def stored():
    with connection.cursor() as cursor:
        cursor.execute("SELECT answer, override_reason FROM activities_signup ORDER BY id")
        return cursor.fetchall()
