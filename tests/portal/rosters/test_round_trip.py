"""What a unit's roster says, written down and handed in again, changes nothing."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from portal.members.models import RosterEntry
from portal.rosters.copies import as_csv, as_workbook
from tests.factories.members import UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.rosters import import_begun, import_done

pytestmark = pytest.mark.django_db

HEADER = ["姓名", "手机号", "工号", "党支部", "备注"]
texts = st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc", "Co", "Cn"]), max_size=25)
names = st.text(st.sampled_from("王李张刘陈伟芳娜敏静abcX·"), min_size=2, max_size=12).filter(str.isalpha)
people = st.dictionaries(st.integers(13_000_000_000, 19_999_999_999), st.tuples(names, texts, texts, texts), max_size=6)


def exported(unit):
    entries = RosterEntry.objects.filter(unit=unit, left_on__isnull=True).order_by("pk")
    rows = [
        [entry.name, str(entry.phone).removeprefix("+86"), entry.employee_number, entry.branch, entry.note]
        for entry in entries
    ]
    return [HEADER, *rows]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(people)
def test_an_export_handed_in_again_changes_nothing(people):
    unit, contact = UnitFactory(), UserFactory()
    rows = [HEADER, *([name, str(phone), *rest] for phone, (name, *rest) in people.items())]
    import_done(unit=unit, by=contact, content=b"".join(as_csv(iter(rows))), skips_errors=True)
    before = exported(unit)

    for content in (b"".join(as_csv(iter(before))), as_workbook(iter(before))):
        run = import_begun(unit=unit, by=contact, content=content)
        if len(before) > 1:
            assert (run.report["new"], run.report["changed"], run.report["leavers"]) == (0, 0, 0), run.errors
            assert (run.report["unchanged"], run.report["errors"]) == (len(before) - 1, 0), run.errors
