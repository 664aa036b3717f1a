"""The command and the unit it names."""

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from portal.organisations.models import Unit
from portal.rosters import carrying
from portal.rosters.models import RosterImport, StagedRow
from tests.factories.organisations import UnitFactory
from tests.portal.rosters.sheets import HEADER, PEOPLE, csv_of, written
from tests.portal.rosters.test_import_roster import imported, roster

pytestmark = pytest.mark.django_db


def test_an_unknown_unit_is_a_wrong_call(tmp_path):
    with pytest.raises(CommandError) as caught:
        call_command("import_roster", str(written(tmp_path, b"")), "--unit", "nothing")

    assert caught.value.returncode == 2


def test_a_unit_that_has_ended_is_refused_in_the_same_shape(tmp_path):
    unit = UnitFactory(ends_on=timezone.localdate())

    found = imported(written(tmp_path, csv_of([HEADER, *PEOPLE])), unit, status=1)

    assert [error["row"] for error in found["errors"]] == [0]
    assert "已经停用" in found["errors"][0]["message"]
    assert roster(unit) == []
    assert not RosterImport.objects.exists()


def test_a_unit_that_ends_while_its_file_is_read_keeps_its_roster(tmp_path, monkeypatch):
    unit = UnitFactory()
    check = carrying.check_rows

    def check_and_end(*what, **how):
        Unit.objects.update(ends_on=timezone.localdate())
        return check(*what, **how)

    monkeypatch.setattr(carrying, "check_rows", check_and_end)

    imported(written(tmp_path, csv_of([HEADER, *PEOPLE])), unit, status=1)

    assert roster(unit) == []
    assert not RosterImport.objects.exists()
    assert not StagedRow.objects.exists()
