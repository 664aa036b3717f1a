"""Lines are added and never changed; accounts are sums (R07)."""

from datetime import date

import pytest
from django.db import DatabaseError, IntegrityError, connection, transaction
from django.db.migrations.executor import MigrationExecutor

from portal.points.actions import award, take_back
from portal.points.errors import NoRuleSetError
from portal.points.models import Entry, RuleSet
from portal.points.queries import balance, entries_of, rule_set_on
from portal.records.actions import post_records, reverse
from portal.records.models import ServiceRecord
from tests.factories.members import UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.points import EntryFactory, RuleSetFactory
from tests.factories.records import ServiceRecordFactory

pytestmark = pytest.mark.django_db


def test_the_database_refuses_to_change_a_line():
    entry = EntryFactory()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(points=99)

    entry.refresh_from_db()
    assert entry.points == 20


def test_the_database_refuses_to_delete_a_line():
    entry = EntryFactory()

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk)._raw_delete("default")

    assert Entry.objects.get() == entry


@pytest.mark.parametrize(
    "accounts", [{"member": None}, {"unit": "unit"}], ids=["nobody's", "a member's and a unit's at once"]
)
def test_the_database_wants_exactly_one_account(accounts):
    fields = {name: UnitFactory() if value else None for name, value in accounts.items()}

    with pytest.raises(IntegrityError), transaction.atomic():
        EntryFactory(**fields)


def test_the_refusal_can_be_taken_away_and_put_back():
    executor = MigrationExecutor(connection)
    statements = executor.loader.get_migration("points", "0002_entry_append_only").operations[0]
    entry = EntryFactory()

    editor = connection.SchemaEditorClass(connection)
    statements.reverse_code(None, editor)
    Entry.objects.filter(pk=entry.pk).update(points=21)
    statements.code(None, editor)

    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
        Entry.objects.filter(pk=entry.pk).update(points=22)


def test_award_gives_the_points_of_the_minutes_and_names_its_rules():
    rules = RuleSetFactory(points_per_hour=10)
    record = ServiceRecordFactory(minutes=95, posted=True)

    entry = award(record=record)

    assert (entry.member, entry.points, entry.title) == (record.member, 16, record.title)
    assert (entry.rule_set, entry.earned_on) == (rules, record.served_on)


def test_award_happens_once_for_a_record():
    RuleSetFactory()
    record = ServiceRecordFactory(posted=True)

    assert award(record=record) == award(record=record)
    assert balance(record.member) == 20


@pytest.mark.parametrize(("minutes", "points"), [(1, 0), (2, 0), (3, 1), (60, 10), (63, 11), (90, 15)])
def test_half_a_point_is_rounded_up(minutes, points):
    assert RuleSet(points_per_hour=10).points_for(minutes) == points


def test_the_rules_of_the_day_served_apply():
    old = RuleSetFactory(version="2025-1", starts_on=date(2025, 1, 1))
    new = RuleSetFactory(version="2026-1", starts_on=date(2026, 1, 1), points_per_hour=20)
    records = [ServiceRecordFactory(posted=True, served_on=day) for day in (date(2025, 12, 31), date(2026, 1, 1))]

    entries = [award(record=record) for record in records]

    assert [(entry.rule_set, entry.points) for entry in entries] == [(old, 20), (new, 40)]


def test_award_is_refused_before_the_first_rules():
    RuleSetFactory(starts_on=date(2026, 1, 1))

    with pytest.raises(NoRuleSetError, match="2025-12-31"):
        award(record=ServiceRecordFactory(served_on=date(2025, 12, 31)))
    with pytest.raises(NoRuleSetError):
        rule_set_on(date(2025, 12, 31))


def test_points_come_when_a_record_is_posted():
    RuleSetFactory()
    record = ServiceRecordFactory()

    assert balance(record.member) == 0
    post_records(today=date(2099, 1, 1))

    assert balance(record.member) == 20


def test_a_city_without_rules_posts_records_without_points():
    record = ServiceRecordFactory()

    assert post_records(today=date(2099, 1, 1)) == 1
    assert balance(record.member) == 0


def test_a_reversed_record_takes_its_points_back_by_a_line_of_its_own():
    RuleSetFactory()
    record = ServiceRecordFactory()
    post_records(today=date(2099, 1, 1))

    reverse(record=ServiceRecord.objects.get(), by=UserFactory(), reason="时长写错了。")
    take_back(record=record)

    assert balance(record.member) == 0
    assert [entry.points for entry in entries_of(record.member)] == [-20, 20]


def test_a_record_that_earned_nothing_gives_nothing_back():
    RuleSetFactory()
    record = ServiceRecordFactory()

    reverse(record=record, by=UserFactory(), reason="时长写错了。")

    assert not Entry.objects.exists()


def test_the_balance_is_the_sum_of_the_own_lines():
    member = UserFactory()
    for points in (30, -10, 5):
        EntryFactory(member=member, points=points)
    EntryFactory()

    assert balance(member) == 25
    assert balance(UserFactory()) == 0
