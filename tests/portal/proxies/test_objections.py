"""The person undoes or objects, the community answers, and an account becomes its owner's at the first log-in."""

from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone

from portal.activities.enums import SignUpState
from portal.notices.models import Message
from portal.proxies.actions import Mandate, answer, claim, object_to, report_in_for, sign_up_for, undo
from portal.proxies.enums import ENTRY_TRANSITIONS, ConsentKind, EntryState
from portal.proxies.errors import CannotBeUndoneError, NotOursError, OwnEntryError, ReasonMissingError
from portal.proxies.models import ProxyEntry
from portal.report_in.actions import accept
from portal.report_in.enums import ReportInState
from portal.states import IllegalMoveError
from tests.factories.activities import ShiftFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.proxies import (
    ManagedPersonFactory,
    ProxyEntryFactory,
    ResidentVolunteerFactory,
    organiser_of,
)
from tests.portal.activities.logs import logged

pytestmark = pytest.mark.django_db


@pytest.fixture
def resident():
    return ResidentVolunteerFactory()


@pytest.fixture
def mandate(resident):
    return Mandate(by=organiser_of(resident.area), area=resident.area, consent=ConsentKind.CALLED)


def test_a_residency_is_undone_once():
    entry = ProxyEntryFactory()

    undo(entry=entry, by=entry.person)
    undo(entry=entry, by=entry.person)

    entry.refresh_from_db()
    entry.residency.refresh_from_db()
    assert entry.state == EntryState.UNDONE
    assert entry.residency.left_at is not None
    assert logged(entry) == ["proxies.proxyentry.undone"]
    assert Message.objects.filter(recipient=entry.entered_by).count() == 1


def test_a_sign_up_is_undone_before_the_start(resident, mandate):
    entry = sign_up_for(person=resident.person, shift=ShiftFactory(activity__area=resident.area), mandate=mandate)

    undo(entry=entry, by=resident.person)

    entry.sign_up.refresh_from_db()
    assert entry.sign_up.state == SignUpState.WITHDRAWN


def test_a_report_in_is_undone_until_it_is_accepted(resident, mandate):
    HomeMembershipFactory(person=resident.person)
    entry = report_in_for(person=resident.person, mandate=mandate)
    accept(report_in=entry.report_in, by=mandate.by)
    entry.refresh_from_db()

    with pytest.raises(CannotBeUndoneError):
        undo(entry=entry, by=resident.person)


def test_a_waiting_report_in_is_withdrawn(resident, mandate):
    HomeMembershipFactory(person=resident.person)
    entry = report_in_for(person=resident.person, mandate=mandate)

    undo(entry=entry, by=resident.person)

    entry.report_in.refresh_from_db()
    assert entry.report_in.state == ReportInState.WITHDRAWN


def test_nobody_undoes_or_objects_for_another():
    entry = ProxyEntryFactory()

    for someone in (UserFactory(), entry.entered_by):
        with pytest.raises(NotOursError):
            undo(entry=entry, by=someone)
        with pytest.raises(NotOursError):
            object_to(entry=entry, by=someone, reason="不对")


def test_an_objection_reaches_the_community_and_is_answered():
    entry = ProxyEntryFactory()
    colleague = organiser_of(entry.area)

    object_to(entry=entry, by=entry.person, reason="我没有同意。")
    told = Message.objects.exclude(recipient=entry.person)
    answered = answer(entry=entry, by=colleague, text="已经改好了。")

    assert answered.state == EntryState.ANSWERED
    assert {message.recipient_id for message in told} == {entry.entered_by_id, colleague.pk}
    assert Message.objects.get(recipient=entry.person).url == reverse("proxies:mine")
    assert not Message.objects.filter(Q(body__contains="同意") | Q(body__contains="改好")).exists()
    assert logged(entry) == ["proxies.proxyentry.objected", "proxies.proxyentry.answered"]


def test_who_may_enter_for_nobody_any_more_is_not_told_of_an_objection():
    entry = ProxyEntryFactory()
    entry.entered_by.posts.update(ends_on=timezone.localdate())
    colleague = organiser_of(entry.area)

    object_to(entry=entry, by=entry.person, reason="不对")

    assert Message.objects.get().recipient == colleague


def test_objections_are_encrypted_once_and_back():
    written, silent = ProxyEntryFactory(), ProxyEntryFactory()
    step = import_module("portal.proxies.migrations.0005_encrypt_objections")
    apps = MigrationLoader(connection).project_state([("proxies", "0005_encrypt_objections")]).apps
    old = apps.get_model("proxies", "ProxyEntry").objects
    old.filter(pk=written.pk).update(objection="我住院了", answer="")
    old.filter(pk=silent.pk).update(objection="", answer=None)

    editor = connection.schema_editor()
    step.encrypt(apps, editor)
    step.encrypt(apps, editor)

    assert "住院" not in old.get(pk=written.pk).objection
    assert ProxyEntry.objects.values_list("objection", "answer").get(pk=written.pk) == ("我住院了", None)
    assert not ProxyEntry.objects.get(pk=silent.pk).objection
    step.decrypt(apps, editor)
    assert old.get(pk=written.pk).objection == "我住院了"
    assert old.values_list("objection", "answer").get(pk=silent.pk) == ("", "")


def test_an_objection_and_an_answer_need_words():
    entry = ProxyEntryFactory()

    with pytest.raises(ReasonMissingError):
        object_to(entry=entry, by=entry.person, reason="  ")
    object_to(entry=entry, by=entry.person, reason="不对")
    with pytest.raises(ReasonMissingError):
        answer(entry=entry, by=entry.entered_by, text=" ")


def test_only_the_community_answers_and_nobody_themselves():
    entry = ProxyEntryFactory()
    object_to(entry=entry, by=entry.person, reason="不对")

    with pytest.raises(NotOursError):
        answer(entry=entry, by=UserFactory(), text="好")
    with pytest.raises(OwnEntryError):
        answer(entry=entry, by=entry.person, text="好")


@pytest.mark.parametrize("state", EntryState)
@pytest.mark.parametrize("to", [EntryState.OBJECTED, EntryState.ANSWERED])
def test_only_the_moves_of_the_table_are_made(state, to):
    entry = ProxyEntryFactory(state=state, objection="不对")
    is_legal = to in ENTRY_TRANSITIONS.get(state, ())
    try:
        if to == EntryState.OBJECTED:
            object_to(entry=entry, by=entry.person, reason="不对")
        else:
            answer(entry=entry, by=entry.entered_by, text="好")
    except IllegalMoveError:
        assert not is_legal
    else:
        assert is_legal


def test_an_account_is_its_owners_from_the_first_log_in(client):
    managed = ManagedPersonFactory(person__phone="+8613700000001")

    client.force_login(managed.person)
    claim(person=managed.person)

    managed.refresh_from_db()
    assert managed.claimed_at is not None
    assert logged(managed) == ["proxies.managedperson.claimed"]
    assert "现在由您自己管理" in Message.objects.get(recipient=managed.person).title


def test_nobody_else_claims_anything():
    assert claim(person=UserFactory()) is None
