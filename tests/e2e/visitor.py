"""Someone with a browser: walks pages, and notes whatever a page does that it must not."""

import os
import re
from typing import Literal

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Error, Page, Request, Response, ViewportSize

PHONE: ViewportSize = {"width": 360, "height": 780}
DESKTOP: ViewportSize = {"width": 1280, "height": 900}
# WCAG 2.2 A and AA, and what axe holds to be good practice.
# Only what is wrong is told at length: telling what is right as well takes axe twice the time.
AXE_OPTIONS: dict[str, object] = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}

# Every page has been looked at on SQLite; a page is the same whatever database it was read from.
ASKS_AXE = "TEST_DATABASE_URL" not in os.environ

# The codes at the door renew themselves, without scripts too: the page is a screen people only look at, with nothing
# in it to fill in, and a code that stood still could be photographed and sent on.
EXEMPT = {re.compile(r"/portal/check-in/shifts/\d+/code/$"): "meta-refresh"}

DRAFT = re.compile(r"/cms/pages/(\d+/edit|add/\w+/\w+/\d+)/")
NO_NETWORK = "ERR_INTERNET_DISCONNECTED"
# A form that a script sends after some work of its own (wiping a device, say) leaves its page after the click is over.
GOING_ON = "Execution context was destroyed"
GOES_ON_AT_MOST = 5


class Visitor:
    """One browser context; ``look()`` holds the page at hand to what every page owes."""

    def __init__(self, browser: Browser, base_url: str, *, viewport: ViewportSize, has_javascript: bool) -> None:
        self.base_url = base_url
        self.viewport = viewport
        self.has_javascript = has_javascript
        self.context = browser.new_context(
            viewport=viewport, java_script_enabled=has_javascript, locale="zh-CN", base_url=base_url
        )
        self.page: Page = self.context.new_page()
        self.page.set_default_timeout(15_000)
        self.complaints: list[str] = []
        self.has_been_offline = False  # a browser without network says so, and may say it late
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        self.page.on("request", self._see_request)
        self.page.on("response", self._see_response)

    def go(self, path: str) -> None:
        self.page.goto(path)
        self.look()

    def click(self, name: str, *, role: Literal["link", "button"] = "link", exact: bool = False) -> None:
        wanted = self.page.get_by_role(role, name=name, exact=exact)
        menu = self.page.get_by_role("link", name="更多功能")
        if not wanted.count() and menu.count():
            menu.click()  # on a phone the portal's menu is folded
        wanted.first.click()
        self.look()

    def press(self, name: str) -> None:
        self.click(name, role="button")

    def set_offline(self, offline: bool) -> None:
        self.has_been_offline = True
        self.context.set_offline(offline)

    def text(self) -> str:
        return self.page.locator("main").inner_text()

    def look(self) -> None:
        """Axe finds nothing, nothing scrolls sideways, and nothing was complained about."""
        for _ in range(GOES_ON_AT_MOST):
            try:
                return self._look_at_this()
            except Error as error:
                if GOING_ON not in error.message:
                    raise
        raise AssertionError(f"{self.page.url} does not come to rest")

    def _look_at_this(self) -> None:
        """Look at the page that is there; if it was about to go on to another, Playwright says ``GOING_ON``."""
        self.page.wait_for_load_state("load")
        where = self.page.url.removeprefix(self.base_url)
        if ASKS_AXE and self.has_javascript:  # a script; without scripts the same HTML has been looked at with them
            found = Axe().run(self.page, options=AXE_OPTIONS | {"rules": _without(where)})
            assert found.violations_count == 0, f"{where}\n{found.generate_report()}"
        width = self.page.evaluate("document.documentElement.scrollWidth")
        assert width <= self.viewport["width"], f"{where} is {width} px wide"
        assert self.complaints == [], f"{where}: {self.complaints}"

    def close(self) -> None:
        self.context.close()

    def _hear(self, message: ConsoleMessage) -> None:
        is_a_form_sent_back = "status of 422" in message.text or _is_unfinished_draft(message)
        is_known_to_be_offline = self.has_been_offline and NO_NETWORK in message.text
        if message.type == "error" and not is_a_form_sent_back and not is_known_to_be_offline:
            self.complaints.append(f"{message.text} at {message.location['url']}")

    def _see_request(self, request: Request) -> None:
        if not request.url.startswith((self.base_url, "data:", "blob:")):
            self.complaints.append(f"call abroad: {request.url}")

    def _see_response(self, response: Response) -> None:
        if response.status >= 500:
            self.complaints.append(f"{response.status} at {response.url}")


def _is_unfinished_draft(message: ConsoleMessage) -> bool:
    """Tell whether Wagtail's desk saved by itself what is not yet filled in: it answers 400 and tries again."""
    return "status of 400" in message.text and bool(DRAFT.search(message.location["url"]))


def _without(where: str) -> dict[str, dict[str, bool]]:
    return {rule: {"enabled": False} for pattern, rule in EXEMPT.items() if pattern.search(where)}
