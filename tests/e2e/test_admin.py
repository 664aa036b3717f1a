"""An editor at the desk, in a browser that enforces the strict content security policy."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from tests.e2e.proof import prove
from tests.e2e.server import Server
from tests.e2e.visitor import DESKTOP, Visitor

pytestmark = pytest.mark.e2e

TELL_VIOLATIONS = """
    document.addEventListener("securitypolicyviolation", (event) => {
        console.error(`policy violation: ${event.violatedDirective} ${event.blockedURI} ${event.sourceFile}`);
    });
"""


@pytest.fixture
def desk(browser: Browser, still_server: Server, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    """Come in through the demo's page of roles, as the editor unless the test asks for somebody else."""
    visitor = Visitor(browser, still_server.url, viewport=DESKTOP, has_javascript=True)
    visitor.context.add_init_script(TELL_VIOLATIONS)
    visitor.page.goto("/demo/")
    visitor.page.locator(f'button[value="{getattr(request, "param", "editor")}"]').click()
    visitor.page.goto("/cms/")
    yield visitor
    visitor.close()


def test_editor_publishes_a_case_with_a_figure_and_a_picture(desk: Visitor) -> None:
    page = desk.page
    page.goto("/cms/pages/add/case_studies/casestudypage/" + id_of(desk, "案例") + "/")
    page.fill("#id_title", "院子里的共享工具箱")
    page.fill("#id_summary", "一把梯子，大家用。")

    page.locator("#id_figures-ADD").click()
    page.fill("#id_figures-0-number", "36")
    page.fill("#id_figures-0-unit", "件")
    page.fill("#id_figures-0-label", "共享工具")
    page.fill("#id_figures-0-year", "2026")
    page.fill("#id_figures-0-source", "门房的登记本")

    page.locator(".public-DraftEditor-content").first.click()  # below 背景: a new case starts with its sections
    page.keyboard.press("Control+A")  # and with a hint what to write there
    page.keyboard.type("工具放在门房，登记一下就能借。")
    page.locator('[data-contentpath="body"] button.c-sf-add-button').last.click()
    page.get_by_role("option", name="图片").click()
    page.get_by_role("button", name="选择一个图片").first.click()
    page.locator(".modal .image-choice").first.click()
    page.locator(".modal").wait_for(state="hidden")
    page.locator('input[name$="alt_text"]').fill("工具箱")

    page.locator("footer .w-dropdown-button__toggle, footer [data-w-dropdown-target=toggle]").first.click()
    page.locator('button[name="action-publish"]').click()
    page.wait_for_url("**/cms/pages/*/")

    desk.go("/cases/")
    desk.click("院子里的共享工具箱")
    assert "36件" in desk.text().replace("\n", "")
    assert "工具放在门房，登记一下就能借。" in desk.text()
    assert desk.complaints == []


def test_dates_are_picked_and_history_is_read(desk: Visitor) -> None:
    page = desk.page
    page.goto(f"/cms/pages/{id_of(desk, '公示通知')}/")
    page.locator("td.title a").first.click()
    page.locator("#id_starts_on").click()
    page.locator(".xdsoft_datetimepicker:visible").wait_for()
    page.goto(page.url.replace("/edit/", "/history/"))
    page.locator("table.listing").wait_for()
    page.goto("/cms/images/multiple/add/")
    page.goto("/cms/reports/site-history/")

    assert desk.complaints == []


@pytest.mark.parametrize("desk", ["administrator"], indirect=True)
def test_administrator_walks_the_desk(desk: Visitor) -> None:
    desk.page.goto("/cms/users/new/")
    prove(desk)
    desk.page.wait_for_url("**/cms/users/new/")
    for path in ("users/", "users/new/", "images/1/", "documents/", "snippets/people/consent/add/", "redirects/add/"):
        response = desk.page.goto(f"/cms/{path}")
        assert response
        assert response.ok
        desk.page.wait_for_load_state("networkidle")

    assert desk.complaints == []


def test_script_somebody_slipped_in_does_not_run(desk: Visitor) -> None:
    desk.page.evaluate("""() => {
        const script = document.createElement("script");
        script.textContent = "window.slippedIn = true";
        document.body.append(script);
        document.body.insertAdjacentHTML("beforeend", "<style>body { display: none }</style>");
    }""")

    assert desk.page.evaluate("window.slippedIn") is None
    assert desk.page.locator("body").is_visible()
    assert sum(complaint.startswith("policy violation:") for complaint in desk.complaints) == 2


def id_of(desk: Visitor, title: str) -> str:
    """Return the number of the section with this title, as the desk's own list gives it."""
    desk.page.goto("/cms/pages/")
    desk.page.locator("td.title a", has_text="报到").first.click()
    address = desk.page.url.rstrip("/").removesuffix("/edit")
    desk.page.goto(f"{address}/")
    row = desk.page.locator("tr", has=desk.page.get_by_role("link", name=title, exact=True))
    href = row.locator('a[href*="/pages/"]').first.get_attribute("href")
    assert href
    return href.strip("/").split("/")[2]
