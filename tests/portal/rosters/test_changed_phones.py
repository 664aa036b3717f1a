"""A person changed their phone, and the unit's file does not know of it, or does."""

import pytest

from portal.members.actions import activate_from_roster, change_phone
from portal.rosters.tasks import counts_of
from tests.factories.members import RosterEntryFactory, UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.rosters import import_begun, import_done
from tests.portal.rosters.sheets import csv_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def unit():
    return UnitFactory()


@pytest.fixture
def contact():
    return UserFactory()


@pytest.mark.parametrize("in_the_file", ["13800001111", "13800002222"])
def test_a_file_with_the_phone_of_before_or_of_now_means_the_same_person(unit, contact, in_the_file):
    rows = [["姓名", "手机号"], ["张三丰", "13800001111"], ["李四", "13800003333"]]
    import_done(unit=unit, by=contact, content=csv_of(rows))
    person = UserFactory(phone="+8613800001111", name="张三丰")
    home = activate_from_roster(person=person)
    change_phone(person=person, phone="+8613800002222", session_key="")
    rows[1][1] = in_the_file

    run = import_done(unit=unit, by=contact, content=csv_of(rows), is_complete=True)

    assert counts_of(run) == {"new": 0, "changed": 0, "unchanged": 2, "leavers": 0}
    home.refresh_from_db()
    assert home.ends_on is None


def test_somebody_new_with_a_phone_another_has_given_up_is_new(unit, contact):
    row = RosterEntryFactory(unit=unit, person=UserFactory(), former_phone="+8613800001111")

    run = import_begun(unit=unit, by=contact, content=csv_of([["姓名", "手机号"], ["王五", "13800001111"]]))
    both = [["姓名", "手机号"], [row.name, "13800001111"], [row.name, str(row.phone)]]

    assert counts_of(run)["new"] == 1
    assert counts_of(import_begun(unit=unit, by=contact, content=csv_of(both)))["new"] == 1
