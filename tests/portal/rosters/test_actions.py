"""What an import may do, what it refuses, and how it is taken back."""

from datetime import timedelta
from io import BytesIO

import pytest
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.members.actions import activate_from_roster
from portal.members.models import RosterEntry
from portal.rosters import carrying
from portal.rosters.actions import (
    add_entry,
    begin,
    check_again,
    confirm,
    correct_entry,
    discard,
    forget_old,
    mark_left,
    undo,
)
from portal.rosters.enums import MOVES, ImportState
from portal.rosters.errors import (
    EntryLeftError,
    ImportFinishedError,
    MetAlreadyError,
    NotCompleteError,
    PhoneTakenError,
    RosterChangedError,
    RowsWrongError,
    UnitEndedError,
)
from portal.rosters.kept import kept_rows
from portal.rosters.models import FilePart, RosterImport, StagedRow
from portal.rosters.tasks import check_file, counts_of, write_file
from portal.states import IllegalMoveError
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.rosters import import_begun, import_done
from tests.portal.rosters.sheets import HEADER, PEOPLE, csv_of

pytestmark = pytest.mark.django_db
FILE = csv_of([HEADER, *PEOPLE])


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def contact():
    return UserFactory()


def actions_logged():
    return set(ModelLogEntry.objects.values_list("action", flat=True))


def test_every_state_has_its_moves():
    assert MOVES.keys() == set(ImportState)


def test_a_file_waits_encrypted_and_without_identity_numbers(unit, contact):
    number = "11010519491231002X"
    rows = [("姓名", "手机号", "身份证号码", "备注"), ("张三", "13700000001", number, f"证件{number}")]

    run = import_begun(unit=unit, by=contact, content=csv_of(rows))

    assert "张三".encode() not in bytes(run.parts.get().data)
    assert list(kept_rows(run))[1] == (2, ["张三", "13700000001", "", "证件（身份证号）"])
    assert number not in str(run.errors)


def test_confirming_writes_once_and_is_logged(unit, contact):
    run = import_done(unit=unit, by=contact, content=FILE)

    write_file.call(run.pk, contact.pk)
    confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=contact)

    assert RosterEntry.objects.count() == 2
    assert not StagedRow.objects.exists()
    assert {"rosters.rosterimport.begun", "rosters.rosterimport.done"} <= actions_logged()


def test_what_was_not_shown_is_not_written(unit, contact):
    run = import_begun(unit=unit, by=contact, content=FILE)

    with pytest.raises(RosterChangedError):
        confirm(run=run, shown={"new": 9}, is_complete=False, skips_errors=False, by=contact)

    confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=contact)
    RosterEntryFactory(unit=unit, phone="+8613700000001")  # meanwhile
    write_file.call(run.pk, contact.pk)
    run.refresh_from_db()
    assert (run.state, run.report["new"], RosterEntry.objects.count()) == (ImportState.READY, 1, 1)
    assert run.report["refusal"]


def test_rows_that_are_wrong_hold_the_file_back(unit, contact):
    run = import_begun(unit=unit, by=contact, content=csv_of([HEADER, PEOPLE[0], ("李四", "1", "", "")]))

    with pytest.raises(RowsWrongError):
        confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=contact)
    with pytest.raises(NotCompleteError):
        confirm(run=run, shown=counts_of(run), is_complete=True, skips_errors=True, by=contact)
    discard(run=run, by=contact)
    with pytest.raises(ImportFinishedError):
        confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=True, by=contact)


def test_staged_rows_that_were_lost_are_read_again(unit, contact):
    run = import_begun(unit=unit, by=contact, content=FILE)
    confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=contact)
    StagedRow.objects.all().delete()  # as after a fall of the server

    write_file.call(run.pk, contact.pk)

    assert RosterEntry.objects.count() == 2


def test_a_failure_is_told_and_the_roster_stays(unit, contact, monkeypatch):
    run = import_begun(unit=unit, by=contact, content=FILE)
    confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=contact)
    monkeypatch.setattr(carrying, "forget", lambda batch: 1 // 0)  # after everything was written

    with pytest.raises(ZeroDivisionError):
        write_file.call(run.pk, contact.pk)

    run.refresh_from_db()
    assert (run.state, RosterEntry.objects.count()) == (ImportState.FAILED, 0)


def test_undoing_takes_back_new_changed_and_left(unit, contact):
    RosterEntryFactory(unit=unit, phone="+8613700000001", name="张珊", note="原来的")
    home = HomeMembershipFactory(unit=unit)
    RosterEntryFactory(unit=unit, person=home.person, phone=home.person.phone)
    before = list(RosterEntry.objects.order_by("pk").values())
    run = import_done(unit=unit, by=contact, content=FILE, is_complete=True)
    assert RosterEntry.objects.filter(left_on__isnull=True).count() == 2

    undo(run=run, by=contact)

    run.refresh_from_db()
    home.refresh_from_db()
    assert list(RosterEntry.objects.order_by("pk").values()) == before
    assert (run.state, run.left_alone, home.ends_on, home.ending) == (ImportState.UNDONE, [], None, "")
    assert "rosters.rosterimport.undone" in actions_logged()
    undo(run=run, by=contact)
    assert RosterEntry.objects.count() == 2


def test_undoing_leaves_alone_who_came_and_what_was_corrected(unit, contact):
    run = import_done(unit=unit, by=contact, content=FILE)
    person = UserFactory(phone="+8613700000001")
    activate_from_roster(person=person)
    other = RosterEntry.objects.get(phone="+8613700000002")
    correct_entry(entry=other, phone=str(other.phone), name="李思", by=contact)

    undo(run=run, by=contact)

    run.refresh_from_db()
    assert sorted(run.left_alone) == sorted(RosterEntry.objects.values_list("pk", flat=True))
    assert RosterEntry.objects.count() == 2


def test_undoing_two_imports_goes_back_step_by_step(unit, contact):
    first = import_done(unit=unit, by=contact, content=FILE)
    second = import_done(unit=unit, by=contact, content=csv_of([HEADER, ("张珊", *PEOPLE[0][1:]), PEOPLE[1]]))

    undo(run=second, by=contact)
    assert RosterEntry.objects.filter(name="张三").exists()

    undo(run=first, by=contact)
    assert not RosterEntry.objects.exists()


def test_who_found_another_home_is_not_brought_back(unit, contact):
    home = HomeMembershipFactory(unit=unit)
    entry = RosterEntryFactory(unit=unit, person=home.person, phone=home.person.phone)
    run = import_done(unit=unit, by=contact, content=FILE, is_complete=True)
    HomeMembershipFactory(person=home.person)

    undo(run=run, by=contact)

    run.refresh_from_db()
    entry.refresh_from_db()
    assert run.left_alone == [entry.pk]
    assert entry.left_on


def test_what_was_never_done_cannot_be_undone(unit, contact):
    run = import_begun(unit=unit, by=contact, content=FILE)

    with pytest.raises(IllegalMoveError):
        undo(run=run, by=contact)


def test_a_done_file_is_not_checked_again(unit, contact):
    run = import_done(unit=unit, by=contact, content=FILE)

    with pytest.raises(IllegalMoveError):
        check_again(run=run, columns={"name": 0, "phone": 1}, heading_row=1, headings=[], by=contact)
    check_file.call(run.pk)
    run.refresh_from_db()
    assert run.state == ImportState.DONE


def test_files_are_erased_when_their_time_is_over(unit, contact, settings):
    waiting = import_begun(unit=unit, by=contact, content=FILE)
    done = import_done(
        unit=UnitFactory(), by=contact, content=csv_of([HEADER, PEOPLE[0], ("李四", "1", "", "")]), skips_errors=True
    )
    assert forget_old(now=timezone.now()) == 0

    assert forget_old(now=timezone.now() + timedelta(days=settings.ROSTER_KEPT_DAYS, minutes=1)) == 2

    waiting.refresh_from_db()
    done.refresh_from_db()
    assert (waiting.state, done.state) == (ImportState.DISCARDED, ImportState.DONE)
    assert not FilePart.objects.exists()
    assert not StagedRow.objects.exists()


def test_what_a_stopped_worker_left_is_freed(unit, contact):
    run = begin(unit=unit, file=BytesIO(FILE), size=len(FILE), file_name="名册.csv", by=contact)

    forget_old(now=timezone.now() + timedelta(hours=3))

    run.refresh_from_db()
    assert run.state == ImportState.FAILED


def test_a_file_of_a_parent_speaks_of_its_branches_only_with_a_column(unit, contact):
    branch = UnitFactory(above=unit)
    RosterEntryFactory(unit=branch)

    assert import_begun(unit=unit, by=contact, content=FILE).report["leavers"] == 0

    rows = [("姓名", "手机号", "单位编码"), ("张三", "13700000001", branch.code)]
    assert import_begun(unit=unit, by=contact, content=csv_of(rows)).report["leavers"] == 1


def test_who_stands_on_another_roster_is_told_of(unit, contact):
    RosterEntryFactory(phone="+8613700000002")

    assert import_begun(unit=unit, by=contact, content=FILE).report["elsewhere"] == [3]


def test_a_phone_is_listed_once(unit, contact):
    add_entry(unit=unit, phone="+8613700000001", name="张三", by=contact)

    with pytest.raises(PhoneTakenError):
        add_entry(unit=unit, phone="+8613700000001", name="张三", by=contact)
    assert "members.rosterentry.added" in actions_logged()


def test_a_correction_is_refused_where_the_row_is_no_longer_the_units(unit, contact):
    entry = add_entry(unit=unit, phone="+8613700000001", name="张三", by=contact)
    other = add_entry(unit=unit, phone="+8613700000002", name="李四", by=contact)

    with pytest.raises(PhoneTakenError):
        correct_entry(entry=entry, phone=str(other.phone), name="张三", by=contact)
    RosterEntry.objects.filter(pk=other.pk).update(person=UserFactory())
    with pytest.raises(MetAlreadyError):
        correct_entry(entry=other, phone="+8613700000003", name="李四", by=contact)
    mark_left(entry=entry, by=contact)
    with pytest.raises(EntryLeftError):
        correct_entry(entry=entry, phone="+8613700000004", name="张三", by=contact)
    assert "members.rosterentry.left" in actions_logged()


def test_a_unit_that_has_ended_takes_no_file_and_no_answer(unit, contact):
    run = import_begun(unit=unit, by=contact, content=FILE)
    unit.ends_on = timezone.localdate()
    unit.save()

    with pytest.raises(UnitEndedError):
        confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=contact)
    with pytest.raises(UnitEndedError):
        begin(unit=unit, file=BytesIO(FILE), size=len(FILE), file_name="名册.csv", by=contact)
    assert RosterImport.objects.get() == run


def test_marking_as_left_twice_changes_nothing(unit, contact):
    home = HomeMembershipFactory(unit=unit)
    entry = RosterEntryFactory(unit=unit, person=home.person, phone=home.person.phone)

    mark_left(entry=entry, by=contact)
    mark_left(entry=entry, by=contact)

    assert home.person.inbox_messages.count() == 1
    assert not RosterImport.objects.exists()
