"""Objections, answers and why records were reversed rest encrypted; what was plain is brought to it, and back."""

from importlib import import_module

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.migrations.loader import MigrationLoader
from django.db.models import TextField, Value

from portal.records.actions import (
    ask_back_own_service,
    correct,
    file_objection,
    reject_objection,
    reverse,
    uphold_objection,
)
from portal.records.models import Objection, OwnService, ServiceRecord
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.records import ObjectionFactory, OwnServiceFactory, OwnServiceRecordFactory, ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory
from tests.portal.personal_data.resting import tables_saying

pytestmark = pytest.mark.django_db

STEP = "0005_encrypt_words"
WORDS = "canary: a slipped disc"


def plain(words):
    return Value(words, TextField())


def objected():
    record = ServiceRecordFactory()
    neighbour = MemberReportInFactory(accepted=True, area=record.area).person
    return file_objection(record=record, by=neighbour, reason=WORDS), PostFactory(area=record.area).person


def test_words_about_people_stand_nowhere_in_plain():
    objection, by = objected()
    reject_objection(objection=objection, by=by, answer=WORDS)
    objection, by = objected()
    uphold_objection(objection=objection, by=by, answer=WORDS)
    reverse(record=OwnServiceRecordFactory(), by=UserFactory(), reason=WORDS)
    correct(record=ServiceRecordFactory(), by=UserFactory(), minutes=30, reason=WORDS)
    service = OwnServiceFactory()
    ask_back_own_service(service=service, by=PostFactory(area=service.area).person, reason=WORDS)

    assert tables_saying(WORDS) == []
    assert list(Objection.objects.values_list("reason", "answer")) == [(WORDS, WORDS)] * 2
    assert set(OwnService.objects.values_list("reason", flat=True)) == {WORDS}
    assert list(ServiceRecord.objects.filter(state="reversed").values_list("reversal_reason", flat=True)) == [WORDS] * 3


def test_words_are_encrypted_once_and_back():
    objection, silent = ObjectionFactory(), ObjectionFactory()
    service = OwnServiceFactory(asked_back=True)
    Objection.objects.filter(pk=objection.pk).update(reason=plain(WORDS), answer=plain(WORDS))
    Objection.objects.filter(pk=silent.pk).update(answer=plain(""))
    OwnService.objects.filter(pk=service.pk).update(reason=plain(WORDS))
    ServiceRecord.objects.filter(pk=objection.record_id).update(reversal_reason=plain(WORDS))
    tables = ["records_objection", "records_ownservice", "records_servicerecord"]
    step = import_module(f"portal.records.migrations.{STEP}")
    apps = MigrationLoader(connection).project_state([("records", STEP)]).apps
    assert sorted(tables_saying(WORDS)) == tables

    editor = connection.schema_editor()
    step.encrypt(apps, editor)
    step.encrypt(apps, editor)

    assert tables_saying(WORDS) == []
    assert Objection.objects.values_list("reason", "answer").get(pk=objection.pk) == (WORDS, WORDS)
    assert OwnService.objects.get().reason == WORDS
    assert ServiceRecord.objects.get(pk=objection.record_id).reversal_reason == WORDS
    assert not Objection.objects.get(pk=silent.pk).answer
    step.decrypt(apps, editor)
    assert sorted(tables_saying(WORDS)) == tables
    assert Objection.objects.values_list("reason", "answer").get(pk=objection.pk) == (WORDS, WORDS)
    assert not ServiceRecord.objects.filter(reversal_reason__isnull=True).exists()


@pytest.mark.parametrize(
    "make",
    [
        lambda: ServiceRecordFactory(reversed=True, reversal_reason=""),
        lambda: OwnServiceFactory(asked_back=True, reason=""),
        lambda: ObjectionFactory(reason=""),
        lambda: ObjectionFactory(state="rejected", answered_by=UserFactory(), answered_at="2026-05-05T12:00Z"),
    ],
    ids=["reversed", "given back", "objected", "answered"],
)
def test_the_database_still_asks_for_the_words(make):
    with pytest.raises(IntegrityError), transaction.atomic():
        make()
