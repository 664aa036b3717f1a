"""What was left wrong by earlier versions is put right once, in a few statements, and nothing else is touched."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from portal.members.enums import Ending, Purpose, UnitMoveState, Visibility
from portal.members.models import Consent, HomeMembership, Profile, RosterEntry, UnitMove
from tests.factories.members import (
    ConsentFactory,
    HomeMembershipFactory,
    ProfileFactory,
    RosterEntryFactory,
    UnitMoveFactory,
    UserFactory,
    a_year_ago,
)
from tests.factories.organisations import UnitFactory

pytestmark = pytest.mark.django_db


def step(name):
    """Return a migration's step as a function, and the step that takes it back."""
    module = import_module(f"portal.members.migrations.{name}")
    apps = MigrationLoader(connection).project_state([("members", name)]).apps
    (operation,) = module.Migration.operations
    return lambda: operation.code(apps, connection.schema_editor()), operation.reverse_code


def state_of_all():
    return [list(model.objects.order_by("pk").values()) for model in (HomeMembership, RosterEntry, UnitMove, Profile)]


@pytest.fixture
def ended():
    """A unit that ended ten days ago, as it was ended then: whoever was there is there still."""
    return UnitFactory(ends_on=timezone.localdate() - timedelta(days=10))


def test_what_units_held_when_they_ended_is_closed_as_of_that_day(ended, django_assert_num_queries):
    old, late = HomeMembershipFactory(unit=ended, starts_on=a_year_ago()), HomeMembershipFactory(unit=ended)
    row = RosterEntryFactory(unit=ended, last_import=1)
    left = RosterEntryFactory(unit=ended, left_on=a_year_ago())
    moves = [UnitMove.objects.create(person=UserFactory(), to_unit=ended) for _number in range(2)]
    UnitMove.objects.filter(pk=moves[0].pk).update(state=UnitMoveState.CONFIRMED, starts_on=timezone.localdate())
    declined = UnitMove.objects.create(person=UserFactory(), to_unit=ended, state=UnitMoveState.DECLINED)
    close, takes_back = step("0017_what_ended_units_held")

    with django_assert_num_queries(3):
        close()

    homes = dict(HomeMembership.objects.values_list("pk", "ends_on"))
    assert homes == {old.pk: ended.ends_on, late.pk: late.starts_on}
    assert set(HomeMembership.objects.values_list("ending", flat=True)) == {Ending.DISSOLVED}
    rows = {pk: said for pk, *said in RosterEntry.objects.values_list("pk", "left_on", "last_import")}
    assert rows == {row.pk: [ended.ends_on, None], left.pk: [a_year_ago(), None]}
    states = dict(UnitMove.objects.values_list("pk", "state"))
    assert states == {**{one.pk: "withdrawn" for one in moves}, declined.pk: "declined"}
    after = state_of_all()
    close()
    assert state_of_all() == after
    assert takes_back is RunPython.noop


def test_units_that_are_there_keep_what_they_hold(ended):
    HomeMembershipFactory(unit=UnitFactory(ends_on=timezone.localdate() + timedelta(days=1)))
    HomeMembershipFactory(unit=ended, starts_on=a_year_ago(), ends_on=a_year_ago(), ending=Ending.LEFT)
    UnitMoveFactory()
    before = state_of_all()

    step("0017_what_ended_units_held")[0]()

    assert state_of_all() == before


def test_skills_opened_without_the_consent_are_closed_and_no_consent_is_made_up(django_assert_num_queries):
    agreed, kept = ProfileFactory(shown=True), ProfileFactory()
    opened, withdrawn = ProfileFactory(shown=True), ProfileFactory(shown=True)
    Consent.objects.filter(person=opened.person).delete()
    ConsentFactory(person=opened.person, purpose=Purpose.REPORT_IN)
    Consent.objects.filter(person=withdrawn.person).update(withdrawn_at=timezone.now())
    consents = list(Consent.objects.order_by("pk").values())
    close, takes_back = step("0018_skills_without_consent")

    with django_assert_num_queries(1):
        close()

    closed = set(Profile.objects.filter(skills_seen_by=Visibility.ONLY_ME).values_list("pk", flat=True))
    assert closed == {kept.pk, opened.pk, withdrawn.pk}
    assert Profile.objects.get(pk=agreed.pk).skills_seen_by == Visibility.ORGANISERS
    opened.refresh_from_db()
    assert opened.wishes_seen_by == Visibility.ORGANISERS
    assert list(Consent.objects.order_by("pk").values()) == consents
    after = state_of_all()
    close()
    assert state_of_all() == after
    assert takes_back is RunPython.noop
