import json
from io import BytesIO

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import Workbook
from wagtail.models import ModelLogEntry

from portal.organisations.actions.imports import compare, confirm, drop, hand_in, look_again, write
from portal.organisations.enums import ImportState, PlaceKind, Role
from portal.organisations.errors import ImportChangedError, ImportHasErrorsError
from portal.organisations.models import Area, Post, Unit
from tests.factories.organisations import CommunityFactory, PostFactory, StreetFactory, UnitFactory

pytestmark = pytest.mark.django_db

AREA_HEAD = ["编码", "名称", "层级", "上级编码", "联系电话", "启用日期", "停用日期"]
UNIT_HEAD = ["编码", "名称", "性质", "上级编码", "所在区域编码", "统一社会信用代码", "联系电话"]
CITY = [
    ["某市组织表"],
    AREA_HEAD,
    ["01", "云汀市", "市"],
    [],
    ["010101", "云水街道", "街道", "0101"],
    ["0101", "东城区", "区", "01", "12345", "2020年1月1日"],
    ["01010101", "云水社区", "社区", "010101", "0600-881 0001", "2020/3/5"],
]


@pytest.fixture
def administrator():
    street = StreetFactory(code="S1")
    return PostFactory(area=street, role=Role.ADMINISTRATOR).person


def areas(*rows, by=None):
    return compare([AREA_HEAD, *map(list, rows)], kind=PlaceKind.AREAS, by=by)


def units(*rows, by=None):
    return compare([UNIT_HEAD, *map(list, rows)], kind=PlaceKind.UNITS, by=by)


def problems(found):
    return [(problem.row, problem.column, str(problem.text)) for problem in found.problems]


def test_a_tree_is_written_whatever_the_order_of_its_rows():
    found = compare(CITY, kind=PlaceKind.AREAS, by=None)
    assert not found.problems

    write(found, by=None)

    community = Area.objects.get(code="01010101")
    assert [area.name for area in community.get_ancestors()] == ["云汀市", "东城区", "云水街道"]
    assert community.starts_on.isoformat() == "2020-03-05"
    assert Area.find_problems() == ([], [], [], [], [])
    assert ModelLogEntry.objects.filter(action="organisations.area.imported").count() == 4


def test_the_same_table_twice_changes_nothing():
    write(compare(CITY, kind=PlaceKind.AREAS, by=None), by=None)

    again = compare(CITY, kind=PlaceKind.AREAS, by=None)

    assert not again.does_something
    assert again.unchanged == 4


def test_what_changes_is_named_and_blank_cells_change_nothing():
    area = CommunityFactory(code="C1", name="旧名社区", phone="12345")

    found = areas(["C1", "新名社区", "", "", "", "", ""])

    assert found.as_json()["changed"] == [{"row": 2, "code": "C1", "fields": {"名称": ["旧名社区", "新名社区"]}}]
    write(found, by=None)
    area.refresh_from_db()
    assert (area.name, area.phone) == ("新名社区", "12345")


def test_new_places_stand_beside_those_there():
    street = StreetFactory(code="S1")
    CommunityFactory(above=street)

    write(areas(["C1", "东湖社区", "社区", "S1"], ["C2", "西湖社区", "社区", "S1"]), by=None)

    street.refresh_from_db()
    assert street.numchild == 3
    assert Area.find_problems() == ([], [], [], [], [])


def test_everything_wrong_is_named_by_row_and_column():
    CommunityFactory(code="C1", above=StreetFactory(code="S1"))
    CommunityFactory(code="C0", starts_on="2020-01-01", ends_on="2021-01-01")

    found = areas(
        ["", "无编码", "社区", "S1"],
        ["N1", "", "街区", "S1"],
        ["N2", "西湖社区", "社区", "没有"],
        ["N3", "大区", "区", "S1"],
        ["N4", "四社区", "社区", "S1", "", "去年", "2020-13-01"],
        ["N4", "四社区", "社区", "S1"],
        ["C1", "", "街道", "N2"],
        ["N5", "x" * 61, "社区", "S1", "", "2021-01-02", "2021-01-01"],
        ["N6", "甲", "网格", "N7"],
        ["N7", "乙", "网格", "N6"],
        ["C0", "改名"],
    )

    assert problems(found) == [
        (2, "编码", "请填写编码。"),
        (3, "层级", "只能是：市、区、县、街道、镇、乡、社区、村、网格。"),
        (3, "名称", "新的一行要填写这一项。"),
        (4, "上级编码", "没有这个编码，表里也没有。"),
        (5, "上级编码", "层级要比上级低。"),
        (6, "启用日期", "日期请写成 2026-01-31 这样。"),
        (6, "停用日期", "日期请写成 2026-01-31 这样。"),
        (7, "编码", "和第 6 行的编码重复。"),
        (8, "上级编码", "已有的上级是 S1。换上级请用合并或拆分。"),
        (8, "层级", "层级不能改。"),
        (9, "名称", "太长了，最多 60 个字。"),
        (9, "停用日期", "停用日期早于启用日期。"),
        (10, "上级编码", "层级要比上级低。"),
        (10, "上级编码", "上级绕成了一圈。"),
        (11, "上级编码", "层级要比上级低。"),
        (11, "上级编码", "上级绕成了一圈。"),
        (12, "编码", "已经停用，不能再改。"),
    ]
    with pytest.raises(ImportHasErrorsError):
        write(found, by=None)
    assert Area.objects.filter(code__startswith="N").count() == 0


def test_an_area_ends_by_table_and_its_posts_with_it():
    post = PostFactory(area=CommunityFactory(code="C1"))

    write(areas(["C1", "", "", "", "", "", "2026-01-01"]), by=None)

    post.refresh_from_db()
    post.area.refresh_from_db()
    assert post.area.ends_on.isoformat() == "2026-01-01"
    assert post.ends_on == post.starts_on


def test_an_area_does_not_end_above_an_open_one():
    CommunityFactory(above=StreetFactory(code="S1"))

    assert problems(areas(["S1", "", "", "", "", "", "2026-01-01"])) == [(2, "停用日期", "下面还有没停用的下级。")]


def test_units_lie_somewhere_and_branches_where_their_unit_lies():
    street = StreetFactory(code="S1")

    write(
        units(
            ["U1-1", "分馆", "事业单位", "U1"],
            ["U1", "市图书馆", "事业", "", "S1", "91310000MA1FL00A0X"],
        ),
        by=None,
    )

    branch = Unit.objects.get(code="U1-1")
    assert branch.get_parent().code == "U1"
    assert branch.area == street
    assert Unit.find_problems() == ([], [], [], [], [])


def test_a_credit_code_belongs_to_one_unit():
    UnitFactory(code="U0", credit_code="91310000MA1FL00A0X")

    found = units(
        ["U1", "甲", "机关", "", "", "91310000MA1FL00A0X"],
        ["U2", "乙", "机关", "", "", "123"],
        ["U3", "丙", "机关", "", "无"],
    )

    assert problems(found) == [
        (2, "统一社会信用代码", "这个代码已经用在 U0。"),
        (3, "统一社会信用代码", "统一社会信用代码是 18 位数字和大写字母。"),
        (4, "所在区域编码", "没有这个区域编码。"),
    ]


def test_an_administrator_writes_only_where_their_post_reaches(administrator):
    CommunityFactory(code="FAR", above=StreetFactory(code="S2"))

    found = areas(["C1", "东湖社区", "社区", "S1"], ["C2", "x", "社区", "S2"], ["FAR", "新名"], by=administrator)
    assert problems(found) == [
        (3, "上级编码", "只能在您负责的范围内新建。"),
        (4, "编码", "不在您负责的范围内。"),
    ]

    found = units(
        ["U1", "甲", "机关", "", "S1"], ["U2", "乙", "机关", "", "S2"], ["U3", "丙", "机关"], by=administrator
    )
    assert [row for row, _column, _text in problems(found)] == [3, 4]


def handed_in(by, *rows):
    return hand_in(rows=[AREA_HEAD, *map(list, rows)], kind=PlaceKind.AREAS, file_name="表.xlsx", by=by)


def test_what_was_looked_at_is_written_once(administrator):
    run = handed_in(administrator, ["C1", "东湖社区", "社区", "S1"])
    assert not Area.objects.filter(code="C1").exists()

    for _ in range(2):
        run = confirm(run=run, by=administrator)

    assert run.state == ImportState.CONFIRMED
    assert Area.objects.filter(code="C1").count() == 1
    assert ModelLogEntry.objects.filter(action="organisations.placeimport.confirmed").count() == 1


def test_what_has_changed_since_is_looked_at_again(administrator):
    run = handed_in(administrator, ["C1", "东湖社区", "社区", "S1"])
    CommunityFactory(code="C1", above=Area.objects.get(code="S1"))

    with pytest.raises(ImportChangedError):
        confirm(run=run, by=administrator)
    look_again(run=run, by=administrator)
    confirm(run=run, by=administrator)

    assert Area.objects.get(code="C1").name == "东湖社区"


def test_a_post_that_ended_since_writes_nothing(administrator):
    run = handed_in(administrator, ["C1", "东湖社区", "社区", "S1"])
    Post.objects.update(ends_on="2000-01-01", starts_on="2000-01-01")

    with pytest.raises((ImportChangedError, ImportHasErrorsError)):
        confirm(run=run, by=administrator)


def test_a_dropped_import_forgets_its_rows(administrator):
    run = drop(run=drop(run=handed_in(administrator, ["C1", "甲", "社区", "S1"]), by=administrator), by=administrator)

    assert (run.state, run.rows) == (ImportState.DROPPED, [])


def test_the_command_shows_first_and_then_writes(tmp_path, capsys):
    path = tmp_path / "areas.csv"
    path.write_bytes("\n".join(",".join(row) for row in CITY).encode("gbk"))

    call_command("import_areas", str(path), "--dry-run")
    assert "新增 4，修改 0，不变 0，错误 0。" in capsys.readouterr().out
    assert not Area.objects.exists()
    call_command("import_areas", str(path))
    assert Area.objects.count() == 4
    capsys.readouterr()
    call_command("import_areas", str(path), "--json")
    assert json.loads(capsys.readouterr().out)["unchanged"] == 4


def test_the_command_fails_on_a_wrong_row_and_a_wrong_file(tmp_path, capsys):
    book = Workbook()
    for row in (UNIT_HEAD, ["U1", "甲", "作坊"], ["U2", "乙", "机关"]):
        book.active.append(row)
    book.save(stream := BytesIO())
    (tmp_path / "units.xlsx").write_bytes(stream.getvalue())
    (tmp_path / "no.csv").write_text("a,b\n1,2\n")

    for name, said in (("units.xlsx", "第 2 行“性质”：只能是"), ("no.csv", "没有找到表头"), ("gone.csv", "找不到")):
        with pytest.raises(SystemExit):
            call_command("import_units", str(tmp_path / name))
        captured = capsys.readouterr()
        assert said in captured.out + captured.err
    assert not Unit.objects.exists()


def test_a_long_table_is_written_in_bulk():
    """Written a row at a time, a city's 30,085 units would take hours."""
    StreetFactory(code="S1")
    rows = [[f"U{n}", f"第{n}单位", "机关", f"U{n // 3}" if n % 3 else "", "S1"] for n in range(600)]

    with CaptureQueriesContext(connection) as captured:
        write(units(*rows), by=None)

    assert len(captured) < 60
    assert Unit.find_problems() == ([], [], [], [], [])
    assert Unit.objects.filter(depth__gt=2).exists()
