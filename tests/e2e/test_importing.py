"""An editor who has never seen the importer makes a published case out of a garbled document."""

from collections.abc import Iterator
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser, ViewportSize

from tests.e2e.server import Server
from tests.e2e.test_admin import TELL_VIOLATIONS
from tests.e2e.visitor import DESKTOP, PHONE, Visitor
from tests.website.imports.damage import SAMPLE, traditional, with_pinyin

pytestmark = pytest.mark.e2e

READINGS = {"區": "qū", "樓": "lóu", "黨": "dǎng", "員": "yuán", "辦": "bàn"}
ARTICLE = (
    "清河社區的工具箱\n来源：清河日報　2025-03-01\n工作背景\n"
    + traditional(SAMPLE)
    + "工作成效\n2024年，助餐點為180名老人送餐，籌集資金4.5萬元。\n上一篇：鄰里節\n扫一扫，关注我们\n"
)


@pytest.fixture
def desk(browser: Browser, still_server: Server) -> Iterator[Visitor]:
    visitor = Visitor(browser, still_server.url, viewport=DESKTOP, has_javascript=True)
    visitor.context.add_init_script(TELL_VIOLATIONS)
    visitor.page.goto("/demo/")
    visitor.page.locator('button[value="editor"]').click()
    visitor.page.goto("/cms/")
    yield visitor
    visitor.close()


@pytest.fixture
def garbled(tmp_path: Path) -> Path:
    path = tmp_path / "qinghe.txt"
    path.write_bytes(with_pinyin(ARTICLE, READINGS).encode("gb18030"))
    return path


def upload(desk: Visitor, path: Path) -> None:
    desk.page.get_by_role("link", name="导入文档").first.click()
    desk.page.set_input_files("#id_document", path)
    desk.page.get_by_role("button", name="读取并查看结果").click()
    desk.page.wait_for_url("**/cms/imports/*-*/")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [PHONE, DESKTOP], ids=["phone", "desktop"])
def test_report_is_fit_for_everyone(
    desk: Visitor, garbled: Path, scheme: Literal["light", "dark"], viewport: ViewportSize
) -> None:
    upload(desk, garbled)

    desk.page.emulate_media(color_scheme=scheme)
    desk.page.set_viewport_size(viewport)
    desk.viewport = viewport
    desk.page.locator(".imports-taken summary").first.click()
    desk.look()


def test_editor_publishes_a_case_with_figures_and_a_picture_from_a_garbled_document(
    desk: Visitor, garbled: Path
) -> None:
    page = desk.page
    upload(desk, garbled)
    assert page.locator("#id_title").input_value() == "清河社区的工具箱"
    assert "(lóu)" not in page.locator("#imports-comparison .imports-after").first.inner_text()
    row = next(
        row for row in page.locator(".imports-figure").all() if row.locator("input").nth(1).input_value() == "180"
    )
    row.locator("input").nth(1).fill("190")
    page.locator("#id_city").fill("清河市")
    page.locator("#id_year").fill("2024")
    page.locator(".imports-kept", has_text="已自动暂存").wait_for()
    page.reload()
    assert page.locator("#id_city").input_value() == "清河市"
    page.get_by_role("button", name="保存为草稿").click()

    page.wait_for_url("**/cms/pages/*/edit/")
    page.locator('[data-contentpath="body"] button.c-sf-add-button').last.click()
    page.get_by_role("option", name="图片").click()
    page.get_by_role("button", name="选择一个图片").last.click()
    page.locator(".modal .image-choice").first.click()
    page.locator(".modal").wait_for(state="hidden")
    page.locator('input[name$="alt_text"]').last.fill("工具箱")
    page.wait_for_load_state("networkidle")  # the desk saves by itself; publishing meanwhile has it refused
    page.locator("footer .w-dropdown-button__toggle, footer [data-w-dropdown-target=toggle]").first.click()
    page.locator('button[name="action-publish"]').click()
    page.wait_for_url("**/cms/pages/*/")

    desk.go("/cases/")
    desk.click("清河社区的工具箱")
    told = desk.text().replace("\n", "")
    assert "190人" in told
    assert "45,000元" in told
    assert "社区党组织和物业、商户坐到一起" in told
    assert page.locator("main img[alt='工具箱']").count() == 1
    assert desk.complaints == []
