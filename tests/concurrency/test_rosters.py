"""Imports of one unit at the same moment, each on a connection of its own."""

import pytest
from django.db.models import Count

from portal.members.models import RosterEntry
from portal.rosters.actions import confirm
from portal.rosters.enums import ImportState
from portal.rosters.models import RosterImport
from portal.rosters.tasks import counts_of, write_file
from tests.concurrency.race import race
from tests.factories.members import UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.rosters import import_begun
from tests.portal.rosters.sheets import HEADER, csv_of

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]


def test_two_imports_at_once_never_list_anybody_twice():
    unit, contact = UnitFactory(), UserFactory()
    rows = [HEADER, *(("张三", f"137{number:08}", "", "") for number in range(300))]
    runs = [import_begun(unit=unit, by=contact, content=csv_of(rows)) for _ in range(3)]

    def commit(run):
        confirm(run=run, shown=counts_of(run), is_complete=False, skips_errors=False, by=contact)
        write_file.call(run.pk, contact.pk)

    race(commit, runs, threads=3)

    twice = RosterEntry.objects.values("unit", "phone").annotate(times=Count("pk")).filter(times__gt=1)
    states = sorted(RosterImport.objects.values_list("state", flat=True))
    assert not twice.exists()
    assert RosterEntry.objects.count() == 300
    assert states == sorted([ImportState.DONE, ImportState.READY, ImportState.READY])
