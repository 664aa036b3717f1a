"""The editors' how-tos, in a browser."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.server import Server
from tests.e2e.visitor import DESKTOP, Visitor

pytestmark = pytest.mark.e2e


@pytest.fixture
def desk(browser: Browser, server: Server) -> Iterator[Visitor]:
    visitor = Visitor(browser, server.url, viewport=DESKTOP, has_javascript=True)
    visitor.page.goto("/demo/")
    visitor.page.locator('button[value="editor"]').click()
    visitor.page.goto("/cms/")
    yield visitor
    visitor.close()


def complaints(desk: Visitor) -> list[str]:
    """Return what the browser complained about; Wagtail's checker writes what it found there, too."""
    return [complaint for complaint in desk.complaints if not complaint.startswith("axe.run results")]


def test_how_tos_are_read_and_searched(desk: Visitor) -> None:
    page = desk.page
    page.goto("/cms/desk/help/")
    page.fill("#desk-help-question", "撤回")
    page.keyboard.press("Enter")
    page.get_by_role("link", name="写一个人，先有同意书").click()

    expect(page.get_by_role("heading", name="本人改主意了")).to_be_visible()
    assert complaints(desk) == []
