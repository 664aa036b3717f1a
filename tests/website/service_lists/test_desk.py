"""The list at the editors' desk: hand in, look, confirm, undo, download."""

from io import BytesIO
from typing import Any

import pytest
from django.contrib.auth.models import Group, Permission
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import load_workbook

from tests.factories.members import UserFactory
from tests.factories.website import ServicePageFactory
from tests.website.service_lists.sheets import HEADER, services, table, workbook
from website.service_lists import actions
from website.service_lists.enums import RunState
from website.service_lists.models import ImportRun
from website.services.models import ServiceCategory, ServiceIndexPage, ServicePage
from webui.sheets.reading import read_bytes

pytestmark = pytest.mark.django_db

HOME = "/cms/service-lists/"
MEAL = ["01", "", "助餐", "吃饭", "老人", "0600-881 0101", "到窗口", "2026-11-02"]
RENAMED = [*MEAL[:2], "食堂助餐", *MEAL[3:]]


@pytest.fixture
def editor(client: Client, index: ServiceIndexPage) -> Client:
    """Somebody of the group 编辑, logged in."""
    user = UserFactory(name="编辑乙")
    user.groups.add(Group.objects.get(name="编辑"))
    client.force_login(user)
    return client


def hand_in(client: Client, content: bytes, *, name: str = "清单.xlsx", **wishes: str) -> Any:
    return client.post(HOME, {"file": SimpleUploadedFile(name, content), **wishes}, follow=True)


def page_of(client: Client, run: ImportRun) -> str:
    return str(client.get(f"{HOME}{run.pk}/").content.decode())


def the_run() -> ImportRun:
    return ImportRun.objects.latest("pk")


def confirm(client: Client, run: ImportRun, *, fingerprint: str | None = None) -> Any:
    fingerprint = fingerprint or run.fingerprint
    return client.post(f"{HOME}{run.pk}/confirm/", {"fingerprint": fingerprint}, follow=True)


def imported(client: Client, *rows: list[str]) -> ImportRun:
    hand_in(client, services(*rows))
    run = the_run()
    confirm(client, run)
    run.refresh_from_db()
    return run


def test_differences_are_shown_before_anything_changes(editor: Client, index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, code="01", title="助餐", phone="0600")
    ServicePageFactory(parent=index, code="09", title="旧服务")

    html = hand_in(editor, services(RENAMED, ["02", "", "陪诊", "看病", "", "", "", ""])).content.decode()

    for words in ("修改 1 项", "新增 1 项", "表里没有的 1 项", "食堂助餐", "陪诊", "旧服务", "确认导入", "原样留着"):
        assert words in html
    assert ServicePage.objects.get(code="01").title == "助餐"
    assert not ServicePage.objects.filter(code="02").exists()


def test_confirmed_it_is_done_and_kept_in_the_history(editor: Client) -> None:
    run = imported(editor, MEAL)

    page = ServicePage.objects.get(code="01")
    assert (page.live, run.state, run.sheets) == (True, RunState.DONE, [])
    html = page_of(editor, run)
    assert f"/cms/pages/{page.pk}/edit/" in html
    assert "编辑乙" in html
    history = editor.get(HOME).content.decode()
    assert "新增 1，修改 0，表里没有 0，不变 0" in history
    assert "已导入" in history


def test_it_survives_a_reload_and_a_second_click(editor: Client) -> None:
    hand_in(editor, services(MEAL))
    run = the_run()

    assert "确认导入" in page_of(editor, run)
    assert "等您确认的" in editor.get(HOME).content.decode()
    confirm(editor, run)
    again = confirm(editor, run)

    assert again.status_code == 200
    assert ServicePage.objects.count() == 1
    assert run.changes.count() == 1


def test_what_changed_in_between_is_shown_anew(editor: Client, index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, code="01", title="助餐", category=None)
    hand_in(editor, services(RENAMED))
    run = the_run()
    page = ServicePage.objects.get(code="01")
    page.title = "别人改的"
    page.save_revision().publish()

    html = confirm(editor, run).content.decode()

    assert "您查看之后，网站上的清单有了变动" in html
    assert "别人改的" in html
    assert ServicePage.objects.get(code="01").title == "别人改的"

    run.refresh_from_db()
    confirm(editor, run)
    assert ServicePage.objects.get(code="01").title == "食堂助餐"


def test_errors_come_with_row_and_column_and_as_the_same_sheet(editor: Client) -> None:
    html = hand_in(editor, services(MEAL, ["02", "", "", "旅游", "", "=1", "", "昨天"][:5])).content.decode()

    assert "有 2 处错误，改好才能导入" in html
    assert "确认导入" not in html
    response = editor.get(f"{HOME}{the_run().pk}/errors.xlsx")
    sheet = load_workbook(BytesIO(response.content)).worksheets[0]
    assert [cell.value for cell in sheet[1]] == [*HEADER, "错误"]
    assert sheet["C2"].value == "助餐"
    assert sheet["I2"].value is None
    assert "服务名称：服务名称不能空着。" in sheet["I3"].value
    assert "类别：没有“旅游”这个类别" in sheet["I3"].value
    assert confirm(editor, the_run()).status_code == 200
    assert not ServicePage.objects.exists()


def test_the_sheet_with_errors_may_be_mended_and_handed_in(editor: Client) -> None:
    hand_in(editor, services(["02", "", "陪诊", "旅游", "", "", "", ""]))
    book = load_workbook(BytesIO(editor.get(f"{HOME}{the_run().pk}/errors.xlsx").content))
    book.worksheets[0]["D2"].value = "看病"
    file = BytesIO()
    book.save(file)

    html = hand_in(editor, file.getvalue()).content.decode()

    assert "新增 1 项" in html
    assert "确认导入" in html


def test_unknown_categories_are_offered_to_be_made(editor: Client) -> None:
    hand_in(editor, services(["02", "", "看画展", "旅游", "", "", "", ""]))
    run = the_run()
    assert "表里有网站还没有的类别" in page_of(editor, run)

    html = editor.post(f"{HOME}{run.pk}/check/", {"creates_categories": "on"}, follow=True).content.decode()

    assert "新建类别" in html
    run.refresh_from_db()
    confirm(editor, run)
    assert ServiceCategory.objects.filter(name="旅游").exists()


@pytest.mark.parametrize(
    ("content", "words"),
    [(b"", "文件是空的"), (b"%PDF-1.7", "不是表格文件"), (workbook(("甲", [["乙"]])), "没有找到表头")],
)
def test_a_refused_file_leaves_nothing(content: bytes, words: str, editor: Client) -> None:
    assert words in hand_in(editor, content).content.decode()
    assert not ImportRun.objects.exists()


def test_without_a_file_it_asks_for_one(editor: Client) -> None:
    assert "请选择一个表格文件" in editor.post(HOME, {}).content.decode()


def test_given_up_it_is_forgotten(editor: Client) -> None:
    hand_in(editor, services(MEAL))

    html = editor.post(f"{HOME}{the_run().pk}/discard/", follow=True).content.decode()

    assert "已经放弃" in html
    assert not ImportRun.objects.exists()


def test_undone_everything_is_as_before(editor: Client, index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, code="01", title="助餐")
    ServicePageFactory(parent=index, code="02", title="陪诊")
    run = imported(
        editor, [*RENAMED[:1], "", *RENAMED[2:]], ["02", "01", "陪诊", "", "", "", "", ""], ["03", "01", "新的"]
    )
    assert ServicePage.objects.get(code="02").get_parent().specific.code == "01"

    assert "撤销 3 个页面的改动" in editor.get(f"{HOME}{run.pk}/undo/").content.decode()
    html = editor.post(f"{HOME}{run.pk}/undo/", follow=True).content.decode()

    assert "这次导入已经撤销" in html
    restored, moved, new = (ServicePage.objects.get(code=code) for code in ("01", "02", "03"))
    assert (restored.title, restored.live, restored.has_unpublished_changes) == ("助餐", True, False)
    assert moved.get_parent().specific == index
    assert not new.live
    assert editor.get(f"{HOME}{run.pk}/undo/").status_code == 404
    assert "已撤销" in editor.get(HOME).content.decode()

    imported(editor, RENAMED, ["02", "", "陪诊"], ["03", "", "又来"])  # what an undone import left is no obstacle
    assert (ServicePage.objects.get(code="03").live, ServicePage.objects.get(code="03").title) == (True, "又来")


def test_undo_leaves_pages_edited_since_and_names_them(editor: Client) -> None:
    run = imported(editor, MEAL, ["02", "", "陪诊"])
    page = ServicePage.objects.get(code="02")
    page.who_may = "改过了"
    page.save_revision().publish()

    assert "1 个页面在导入之后又改过，不会动" in editor.get(f"{HOME}{run.pk}/undo/").content.decode()
    html = editor.post(f"{HOME}{run.pk}/undo/", follow=True).content.decode()

    assert "没有动：陪诊" in html
    assert (ServicePage.objects.get(code="01").live, ServicePage.objects.get(code="02").live) == (False, True)


def test_undo_of_nothing_but_edited_pages_is_refused(editor: Client) -> None:
    run = imported(editor, MEAL)
    ServicePage.objects.get(code="01").save_revision()

    html = editor.post(f"{HOME}{run.pk}/undo/", follow=True).content.decode()

    assert "没有可以撤销的" in html
    run.refresh_from_db()
    assert run.state == RunState.DONE


def test_undo_keeps_a_new_page_that_got_a_part_of_its_own(editor: Client) -> None:
    run = imported(editor, MEAL)
    ServicePageFactory(parent=ServicePage.objects.get(code="01"), code="01-9")

    assert not actions.can_be_undone(run.changes.get())


def test_the_list_is_downloaded_and_reads_back(editor: Client, index: ServiceIndexPage) -> None:
    ServicePageFactory(parent=index, code="01")

    for kind in ("xlsx", "csv"):
        response = editor.get(f"{HOME}export.{kind}")
        assert response.headers["Content-Disposition"].startswith('attachment; filename="service-list-')
        html = hand_in(editor, response.content, name=f"清单.{kind}").content.decode()
        assert "和网站上的一样，不用导入" in html
    assert editor.get(f"{HOME}export.pdf").status_code == 404


def test_menu_shows_it_and_pages_keep_the_strict_policy(editor: Client) -> None:
    hand_in(editor, table([HEADER, MEAL]), name="清单.csv")

    assert f'"{HOME}"' in editor.get("/cms/").content.decode()
    response = editor.get(f"{HOME}{the_run().pk}/")
    assert "unsafe" not in response.headers["Content-Security-Policy"]
    assert " style=" not in response.content.decode().split('class="lists"')[1]


PATHS = ["", "export.xlsx", "{pk}/", "{pk}/errors.xlsx", "{pk}/undo/"]
POSTS = ["{pk}/confirm/", "{pk}/check/", "{pk}/discard/"]


@pytest.mark.parametrize("path", [*PATHS, *POSTS])
def test_others_are_kept_out(path: str, client: Client, index: ServiceIndexPage) -> None:
    run, _differences = actions.begin(read_bytes(services(MEAL)), file_name="清单.xlsx", by=None)
    url = HOME + path.format(pk=run.pk)
    ask = client.post if path in POSTS else client.get

    assert "/account/" in ask(url, follow=True).redirect_chain[-1][0]  # a stranger logs in first

    client.force_login(UserFactory())  # a member who is no editor
    assert ask(url, follow=True).status_code == 403

    writer = UserFactory()
    group = Group.objects.create(name="只能看")
    group.permissions.add(_access_admin())
    writer.groups.add(group)
    client.force_login(writer)  # somebody of the desk who may not publish
    assert ask(url).status_code == 403
    assert not ServicePage.objects.exists()


def test_only_posts_change_anything(editor: Client) -> None:
    hand_in(editor, services(MEAL))

    for path in POSTS:
        assert editor.get(HOME + path.format(pk=the_run().pk)).status_code == 405


def test_what_is_not_there_is_not_found(editor: Client) -> None:
    assert editor.get(f"{HOME}999/").status_code == 404
    assert editor.get(f"{HOME}999/undo/").status_code == 404


def _access_admin() -> Permission:
    return Permission.objects.get(codename="access_admin")
