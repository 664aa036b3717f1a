"""What an import does to the site, and what it refuses to do."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError
from wagtail.models import Page, PageLogEntry

from search.models import IndexEntry
from tests.factories.members import UserFactory
from tests.factories.website import ServicePageFactory
from tests.website.service_lists.conftest import Import
from tests.website.service_lists.sheets import HEADER, services, table, with_places, workbook, written
from website.service_lists.models import ImportRun
from website.services.models import ServiceCategory, ServiceIndexPage, ServicePage

pytestmark = pytest.mark.django_db

MEAL = ["01", "", "助餐", "吃饭", "老人", "0600-881 0101", "到窗口", "2026-11-02"]
DELIVERY = ["01-1", "01", "送餐上门", "吃饭", "老人", "0600-881 0101", "打电话、上门", "2026-11-02"]


def service(code: str) -> ServicePage:
    return ServicePage.objects.get(code=code)


def test_new_services_are_published_with_their_parts_below_them(
    load: Import, django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[Any]]
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        said = load(services(DELIVERY, MEAL))  # a part may stand before what it is part of

    assert said == {"new": ["01-1", "01"], "changed": [], "gone": [], "unchanged": 0, "errors": [], "status": 0}
    delivery = service("01-1")
    assert (delivery.live, delivery.get_parent().specific) == (True, service("01"))
    assert (delivery.by_phone, delivery.by_home_visit, delivery.by_counter) == (True, True, False)
    assert (delivery.checked_on, str(delivery.category)) == (date(2026, 11, 2), "吃饭")
    assert delivery.live_revision_id == delivery.latest_revision_id
    assert not delivery.has_unpublished_changes
    assert IndexEntry.objects.filter(title="送餐上门").exists()


def test_a_change_is_a_new_published_revision_and_says_from_and_to(load: Import) -> None:
    load(services(MEAL))
    before = service("01").live_revision_id

    said = load(services([*MEAL[:2], "食堂助餐", *MEAL[3:5], "0600-881 0102", *MEAL[6:]]))

    assert said["changed"] == [
        {"code": "01", "field": "title", "from": "助餐", "to": "食堂助餐"},
        {"code": "01", "field": "phone", "from": "0600-881 0101", "to": "0600-881 0102"},
    ]
    page = service("01")
    assert (page.title, page.live_revision_id != before, page.revisions.count()) == ("食堂助餐", True, 2)
    assert PageLogEntry.objects.filter(page=page.pk, action="wagtail.publish").count() == 2


def test_a_column_the_sheet_lacks_is_left_and_an_empty_cell_clears(load: Import) -> None:
    load(services(MEAL))

    said = load(services(["01", "助餐", ""], header=["编号", "名称", "服务对象"]))

    assert [change["field"] for change in said["changed"]] == ["who_may"]
    assert (service("01").who_may, service("01").phone) == ("", "0600-881 0101")


def test_dry_run_shows_everything_and_writes_nothing(load: Import) -> None:
    said = load(services(MEAL), "--dry-run")

    assert said["new"] == ["01"]
    assert not ServicePage.objects.exists()
    assert not ImportRun.objects.exists()


def test_what_is_not_in_the_sheet_stays_until_asked_to_close(load: Import, index: ServiceIndexPage) -> None:
    load(services(MEAL, DELIVERY))

    assert load(services(MEAL))["gone"] == ["01-1"]
    assert service("01-1").status == "open"

    assert load(services(MEAL), "--close-gone")["gone"] == ["01-1"]
    assert (service("01-1").status, service("01-1").live) == ("closed", True)
    revisions = service("01-1").revisions.count()

    assert load(services(MEAL), "--close-gone")["gone"] == ["01-1"]
    assert service("01-1").revisions.count() == revisions


@pytest.mark.parametrize(
    ("row", "column", "words"),
    [
        (["", "", "没编号"], "事项编号", "没有事项编号"),
        (["01", "", "又一个"], "事项编号", "第 2 行已经用过"),
        (["02", "", ""], "服务名称", "不能空着"),
        (["02", "", "名" * 300], "服务名称", "255"),
        (["02", "", "看病", "旅游"], "类别", "没有“旅游”这个类别。现有：吃饭、看病"),
        (["02", "", "看病", "", "", "1" * 60], "咨询电话", "40"),
        (["02", "", "看病", "", "", "", "飞鸽"], "办理方式", "不认识“飞鸽”，可以填：到窗口、打电话、网上办、上门"),
        (["02", "", "看病", "", "", "", "", "昨天"], "核对日期", "“昨天”不是日期"),
        (["02", "99", "看病"], "上级编号", "没有编号为 99 的上级事项"),
        (["02", "02", "看病"], "上级编号", "不能是它自己"),
        (["02", "01-1", "看病"], "上级编号", "只有两层"),
        (["02", "", "看病（11010519491231002X）"], "服务名称", "身份证号不能公开"),
    ],
    ids=lambda value: str(value)[:12] if isinstance(value, str) else None,
)
def test_a_mistake_is_named_by_row_and_column_and_nothing_is_written(
    row: list[str], column: str, words: str, load: Import
) -> None:
    said = load(services(MEAL, DELIVERY, row))

    (error,) = said["errors"]
    assert (error["row"], error["column"], said["status"]) == (4, column, 1)
    assert words in error["message"]
    assert not ServicePage.objects.exists()


def test_every_mistake_is_named_at_once(load: Import) -> None:
    said = load(services(["", "", "甲"], ["2", "", ""], ["3", "", "丙", "旅游", "", "", "飞", "昨天"]))

    assert [(error["row"], error["column"]) for error in said["errors"]] == [
        (2, "事项编号"), (3, "服务名称"), (4, "办理方式"), (4, "核对日期"), (4, "类别"),
    ]  # fmt: skip


def test_unknown_categories_are_made_when_asked(load: Import) -> None:
    load(services(["1", "", "看画展", "旅游"], ["2", "", "看电影", "旅游"]), "--create-categories")

    assert ServiceCategory.objects.get(name="旅游").slug == "旅游"
    assert str(service("2").category) == "旅游"


def test_a_service_moves_below_another_and_back(load: Import) -> None:
    load(services(MEAL, ["01-1", "", *DELIVERY[2:]]))

    said = load(services(MEAL, DELIVERY))
    assert said["changed"] == [{"code": "01-1", "field": "parent", "from": "", "to": "01"}]
    assert service("01-1").get_parent().specific == service("01")
    assert load(services(MEAL, DELIVERY))["unchanged"] == 2

    load(services(MEAL, ["01-1", "", *DELIVERY[2:]]))
    assert service("01-1").depth == service("01").depth
    assert Page.find_problems() == ([], [], [], [], [])


def test_a_service_with_parts_becomes_nobodys_part(load: Import) -> None:
    load(services(MEAL, DELIVERY, ["02", "", "看病"]))

    (error,) = load(services([*MEAL[:1], "02", *MEAL[2:]], DELIVERY, ["02", "", "看病"]))["errors"]

    assert "下面还有子项 01-1" in error["message"] or "自己也有上级" in error["message"]


def test_a_draft_somebody_is_writing_is_not_overwritten(load: Import) -> None:
    load(services(MEAL))
    page = service("01")
    page.who_may = "正在写的"
    page.save_revision()

    (error,) = load(services([*MEAL[:2], "改名", *MEAL[3:]]))["errors"]

    assert (error["row"], error["column"]) == (2, "事项编号")
    assert "《助餐》有还没发布的草稿" in error["message"]
    assert service("01").get_latest_revision_as_object().who_may == "正在写的"
    assert load(services(MEAL))["unchanged"] == 1  # a row that asks for nothing is in nobody's way


def test_an_unpublished_page_keeps_its_code(load: Import, index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, code="01", title="旧助餐", live=False)

    (error,) = load(services(MEAL))["errors"]

    assert "《旧助餐》在网站上还没有发布" in error["message"]


def test_places_come_from_a_sheet_of_their_own(load: Import, cities: None) -> None:
    places: list[list[Any]] = [
        ["01", "C1", "", "一楼", "清溪路 12 号", "每天", 8810101.0, ""],
        ["01", "", "南塘社区", "食堂", "", "", "", ""],
    ]

    load(with_places([MEAL], places))

    first, second = service("01").places.all()
    assert (first.community_code, first.community_name, first.phone) == ("C1", "云水社区", "8810101")
    assert (second.community_code, second.place) == ("C2", "食堂")
    assert load(with_places([MEAL], places))["unchanged"] == 1
    assert load(services(MEAL))["unchanged"] == 1  # a file without the sheet leaves the places alone

    (change,) = load(with_places([MEAL], places[:1]))["changed"]
    assert (change["field"], change["to"]) == ("places", "C1 ｜ 云水社区 ｜ 一楼 ｜ 清溪路 12 号 ｜ 每天 ｜ 8810101")
    assert service("01").places.get().pk == first.pk  # what stays keeps its key


@pytest.mark.parametrize(
    ("place", "column", "words"),
    [
        (["01", "C9", "", "食堂"], "社区编号", "没有编号为 C9 的社区"),
        (["01", "", "北山社区", "食堂"], "社区", "没有“北山社区”这个社区"),
        (["09", "C1", "", "食堂"], "事项编号", "没有编号为 09 的服务"),
        (["01", "C1", "", "食" * 200], "地点", "160"),
    ],
    ids=["code", "name", "service", "long"],
)
def test_a_place_that_cannot_be_is_named(place: list[str], column: str, words: str, load: Import, cities: None) -> None:
    (error,) = load(with_places([MEAL], [place]))["errors"]

    assert (error["row"], error["column"]) == (2, column)
    assert words in error["message"]


def test_a_keeper_is_somebody_of_the_desk(load: Import) -> None:
    UserFactory(name="成员甲")
    editor = UserFactory(name="编辑乙", is_superuser=True)
    header = ["编号", "名称", "维护人"]

    assert "没有“成员甲”" in load(services(["1", "送餐", "成员甲"], header=header))["errors"][0]["message"]
    load(services(["1", "送餐", "编辑乙"], header=header))

    assert service("1").keeper == editor


def test_who_imported_stands_in_the_log(load: Import, index: ServiceIndexPage) -> None:
    user = UserFactory(phone="+8613800000001", is_superuser=True)
    UserFactory(phone="+8613800000002")

    load(services(MEAL), "--user", "13800000001")

    entry = PageLogEntry.objects.get(page=index.pk, action="service_lists.import")
    assert (entry.user, entry.data["new"]) == (user, 1)
    with pytest.raises(CommandError, match="没有用这个手机号登录的人"):
        load(services(MEAL), "--user", "13900000009")
    with pytest.raises(CommandError, match="没有编辑和发布便民服务的权限"):
        load(services(MEAL), "--user", "13800000002")


def test_a_refused_file_has_the_same_shape(load: Import) -> None:
    said = load(b"%PDF-1.7", name="清单.pdf")

    assert said["status"] == 1
    assert said["errors"] == [
        {"row": 0, "column": "", "message": "这不是表格文件，或文件已经损坏。请用 .xlsx 或 .csv。"}
    ]


def test_without_a_page_for_services_nothing_can_be_imported(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit, match="1"):
        call_command("import_services", str(written(tmp_path, services(MEAL))))
    assert "还没有“便民服务”栏目" in capsys.readouterr().err


def test_words_for_people_name_every_kind_of_difference(
    load: Import, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    load(services(MEAL, DELIVERY))
    sheet = table([HEADER, [*MEAL[:2], "食堂", *MEAL[3:]], ["03", "", "陪诊", "看病", "", "", "", ""]])

    call_command("import_services", str(written(tmp_path, sheet, "清单.csv")), "--dry-run")

    said = capsys.readouterr().out
    assert "新增：03 陪诊" in said
    assert "修改：01 服务名称：助餐 → 食堂" in said
    assert "表里没有，保持不动：01-1 送餐上门" in said
    assert "什么也没有改。" in said


def test_places_alone_may_be_handed_in(load: Import, cities: None) -> None:
    load(services(MEAL))

    said = load(workbook(("服务地点", [["事项编号", "社区", "地点"], ["01", "云水社区", "一楼"]])))

    assert ([change["field"] for change in said["changed"]], said["gone"]) == (["places"], [])
