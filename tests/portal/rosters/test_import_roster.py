"""The command: exactly one JSON object, its exit status, and the roster as the file says."""

import json
from io import StringIO

import pytest
from django.core.management import call_command

from portal.members.models import RosterEntry
from portal.rosters.models import FilePart, RosterImport, StagedRow
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import UnitFactory
from tests.portal.rosters.sheets import HEADER, PEOPLE, csv_of, workbook_of, written

pytestmark = pytest.mark.django_db


def imported(path, unit, *options, status=0):
    out = StringIO()
    try:
        call_command("import_roster", str(path), "--unit", unit.code, "--json", *options, stdout=out)
        found = 0
    except SystemExit as leave:
        found = leave.code
    assert found == status, out.getvalue()
    return json.loads(out.getvalue())


def roster(unit):
    entries = RosterEntry.objects.filter(unit=unit, left_on__isnull=True).order_by("phone")
    return [(entry.name, str(entry.phone), entry.employee_number, entry.branch) for entry in entries]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gbk", "gb18030", "utf-16"])
def test_a_csv_in_any_usual_encoding_is_read(tmp_path, encoding):
    unit = UnitFactory()
    name = "𠮷三" if encoding == "gb18030" else "张三"  # a character GBK does not have

    found = imported(written(tmp_path, csv_of([HEADER, (name, *PEOPLE[0][1:])], encoding=encoding)), unit)

    assert found == {
        "encoding": encoding,
        "columns": {"name": "姓名", "phone": "手机号", "employee_number": "工号", "branch": "党支部"},
        "rows": 1,
        "new": 1,
        "changed": 0,
        "unchanged": 0,
        "leavers": 0,
        "errors": [],
    }
    assert roster(unit) == [(name, "+8613700000001", "A1", "第一支部")]


@pytest.mark.parametrize(
    "phone",
    [
        13800000000.0,
        13800000000,
        "13800000000.0",
        "1.3800000000E+10",
        "１３８００００００００",
        "+86 138 0000 0000",
        "86-138-0000-0000",
        "0086 13800000000",
        "(+86)138-0000-0000",
        " 138 0000 0000\t",
    ],
)
def test_a_phone_in_any_usual_writing_is_understood(tmp_path, phone):
    unit = UnitFactory()
    path = written(tmp_path, workbook_of([("姓名", "手机"), ("张三", phone)]), "a.xlsx")

    imported(path, unit)

    assert [entry[1] for entry in roster(unit)] == ["+8613800000000"]


def test_a_phone_another_system_wrote_as_a_formula_is_understood(tmp_path):
    unit = UnitFactory()

    imported(written(tmp_path, csv_of([("姓名", "手机"), ("张三", '"=""13800000000"""')])), unit)

    assert [entry[1] for entry in roster(unit)] == ["+8613800000000"]


@pytest.mark.parametrize(
    ("phone", "message"),
    [
        ("", "没有填"),
        ("12345", "不对"),
        ("010-62223344", "固定电话"),
        ("1.38E+10", "科学记数"),
        ("以后再说", "不是手机号"),
        ("138000000000", "不对"),
    ],
)
def test_a_phone_that_is_none_is_named_by_row_and_column(tmp_path, phone, message):
    path = written(tmp_path, csv_of([("姓名", "联系电话"), ("张三", "13700000001"), ("李四", phone)]))
    unit = UnitFactory()

    found = imported(path, unit, status=1)

    (error,) = found["errors"]
    assert (error["row"], error["column"]) == (3, "联系电话")
    assert message in error["message"]
    assert roster(unit) == []


def test_title_rows_hidden_sheets_and_merged_cells_are_no_hindrance(tmp_path):
    unit = UnitFactory()
    rows = [
        ("某单位党员名册（2026 年）", None, None, None),
        (None, None, None, None),
        ("序号", "姓 名", "联系电话（手机）", "所在党支部"),
        (1, "张三", 13700000001, "第一支部"),
        (2, "李四", 13700000002, None),
    ]
    hidden = [HEADER, ("王五", "13900000009", "", "")]
    path = written(tmp_path, workbook_of(rows, merged=["A1:D1", "D4:D5"], hidden=hidden), "a.xlsx")

    found = imported(path, unit)

    assert found["columns"] == {"name": "姓 名", "phone": "联系电话（手机）", "branch": "所在党支部"}
    assert [(entry[0], entry[3]) for entry in roster(unit)] == [("张三", "第一支部"), ("李四", "第一支部")]


def test_a_formula_counts_by_its_result_and_without_one_is_an_error(tmp_path):
    path = written(tmp_path, workbook_of([("姓名", "手机号"), ("张三", '=CONCATENATE("137","00000001")')]), "a.xlsx")

    found = imported(path, UnitFactory(), status=1)  # openpyxl writes no result

    assert [error["row"] for error in found["errors"]] == [2]


def test_the_same_file_twice_changes_nothing(tmp_path):
    unit = UnitFactory()
    path = written(tmp_path, csv_of([HEADER, *PEOPLE]))
    imported(path, unit)
    before = list(RosterEntry.objects.order_by("pk").values())

    found = imported(path, unit)

    assert (found["new"], found["changed"], found["unchanged"]) == (0, 0, 2)
    assert list(RosterEntry.objects.order_by("pk").values()) == before
    assert not StagedRow.objects.exists()
    assert not FilePart.objects.exists()


def test_what_differs_is_changed_and_columns_the_file_lacks_are_left_alone(tmp_path):
    unit = UnitFactory()
    imported(written(tmp_path, csv_of([HEADER, *PEOPLE])), unit)

    found = imported(written(tmp_path, csv_of([("姓名", "手机号"), ("张珊", "13700000001"), PEOPLE[1][:2]])), unit)

    assert (found["new"], found["changed"], found["unchanged"]) == (0, 1, 1)
    assert roster(unit)[0] == ("张珊", "+8613700000001", "A1", "第一支部")


def test_leavers_are_counted_and_leave_only_when_the_file_is_complete(tmp_path):
    home = HomeMembershipFactory()
    unit, person = home.unit, home.person
    entry = RosterEntryFactory(unit=unit, person=person, phone=person.phone)
    path = written(tmp_path, csv_of([HEADER, *PEOPLE]))

    assert imported(path, unit)["leavers"] == 1
    entry.refresh_from_db()
    assert entry.left_on is None

    assert imported(path, unit, "--complete")["leavers"] == 1
    entry.refresh_from_db()
    home.refresh_from_db()
    assert entry.left_on
    assert home.ends_on
    assert person.inbox_messages.count() == 1


def test_twins_are_told_and_one_person_is_not_two(tmp_path):
    rows = [HEADER, *PEOPLE, PEOPLE[0], ("王五", PEOPLE[1][1], "A3", "")]
    unit = UnitFactory()
    path = written(tmp_path, csv_of(rows))

    found = imported(path, unit, status=1)

    assert [error["row"] for error in found["errors"]] == [3, 4, 5]
    assert "第 2 行重复" in found["errors"][1]["message"]
    assert found["new"] == 1

    imported(path, unit, "--skip-errors", status=1)
    assert [entry[0] for entry in roster(unit)] == ["张三"]


def test_with_errors_a_file_is_never_the_whole_roster(tmp_path):
    unit = RosterEntryFactory().unit
    path = written(tmp_path, csv_of([HEADER, PEOPLE[0], ("李四", "1", "", "")]))

    found = imported(path, unit, "--skip-errors", "--complete", status=1)

    assert "完整名册" in found["errors"][0]["message"]
    assert RosterEntry.objects.filter(left_on__isnull=True).count() == 1


def test_a_dry_run_leaves_no_trace(tmp_path):
    unit = UnitFactory()

    found = imported(written(tmp_path, csv_of([HEADER, *PEOPLE])), unit, "--dry-run")

    assert found["new"] == 2
    assert not RosterEntry.objects.exists()
    assert not RosterImport.objects.exists()
    assert not StagedRow.objects.exists()


def test_a_column_of_codes_sends_rows_to_branches(tmp_path):
    unit = UnitFactory()
    branch, other = UnitFactory(above=unit, name="一分厂"), UnitFactory()
    rows = [("姓名", "手机号", "单位编码")]
    rows += [
        ("张三", "13700000001", branch.code),
        ("李四", "13700000002", "一分厂"),
        ("王五", "13700000003", unit.code),
    ]

    found = imported(written(tmp_path, csv_of(rows)), unit)
    assert (found["new"], found["columns"]["unit"]) == (3, "单位编码")
    assert [entry[0] for entry in roster(branch)] == ["张三", "李四"]

    found = imported(written(tmp_path, csv_of([*rows, ("赵六", "13700000004", other.code)])), unit, status=1)
    assert [(error["row"], error["column"]) for error in found["errors"]] == [(5, "单位编码")]


def test_identity_numbers_are_neither_needed_nor_stored(tmp_path):
    unit = UnitFactory()
    number = "11010519491231002X"
    rows = [
        ("姓名", "身份证号", "手机号", "备注"),
        ("张三", number, "13700000001", ""),
        ("李四", "", "13700000002", number),
    ]

    found = imported(written(tmp_path, csv_of(rows)), unit, "--skip-errors", status=1)

    assert "id" not in "".join(found["columns"])
    assert [(error["row"], error["column"]) for error in found["errors"]] == [(3, "备注")]
    assert number not in json.dumps(found)
    assert [entry[0] for entry in roster(unit)] == ["张三"]


def test_a_person_on_another_roster_is_allowed(tmp_path):
    RosterEntryFactory(phone="+8613700000001")
    unit = UnitFactory()

    imported(written(tmp_path, csv_of([HEADER, *PEOPLE])), unit)

    assert len(roster(unit)) == 2


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.4",
        b"PK\x03\x04broken",
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        "姓名,性别\n张三,男\n".encode(),
        b"\x89PNG\r\n",
    ],
)
def test_what_is_no_roster_is_refused_in_the_same_shape(tmp_path, content):
    found = imported(written(tmp_path, content), UnitFactory(), status=1)

    assert set(found) == {"encoding", "columns", "rows", "new", "changed", "unchanged", "leavers", "errors"}
    assert found["errors"][0]["row"] == 0


def test_a_file_that_is_not_there_is_refused(tmp_path):
    assert imported(tmp_path / "none.csv", UnitFactory(), status=1)["errors"]


def test_a_phone_a_person_has_already_is_still_theirs_to_meet(tmp_path):
    person, unit = UserFactory(phone="+8613700000001"), UnitFactory()

    imported(written(tmp_path, csv_of([HEADER, *PEOPLE])), unit)

    assert RosterEntry.objects.get(phone=person.phone).person is None
