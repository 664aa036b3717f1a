"""At the door of a shift without a network: what every walk that checks people in does alike."""

import shutil
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

from tests.e2e.house import House
from tests.e2e.visitor import Visitor

DAY = "/portal/check-in/day/"
PEOPLE = 30
TWO_MINUTES = 120


@contextmanager
def house_with(tiny_city: Path, folder: Path, *, script: str) -> Iterator[House]:
    """Serve a copy of the tiny city in ``folder``, changed by ``script`` before it opens."""
    shutil.copytree(tiny_city, folder)
    one = House(folder, f"sqlite:///{folder / 'city.sqlite3'}")
    one.script(script)
    one.server.start()
    try:
        yield one
    finally:
        one.server.stop()


def come_in(visitor: Visitor, role: str) -> None:
    """Come in through the demo's page of roles."""
    visitor.page.goto("/demo/")
    visitor.page.locator(f'button[value="{role}"]').click()
    visitor.page.wait_for_url("**/portal/**")


def open_the_desk(visitor: Visitor) -> None:
    """Open the day while there is a network, so that the device can do without."""
    visitor.go(DAY)
    desk = visitor.page.locator("#check-in")
    expect(desk).to_be_visible()
    expect(desk).to_have_attribute("data-ready", "yes")
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")


def lines_of(page: Page, name: str) -> Locator:
    """Return the lines of the one list on this device that has somebody of that ``name``."""
    return part(page, name).locator(".door__line")


def part(page: Page, name: str) -> Locator:
    return page.locator(".off__shift").filter(has=page.locator(".door__line")).filter(has_text=name)


def unsent(page: Page, number: int) -> None:
    expect(page.locator(".off__net")).to_have_attribute("data-unsent", str(number))


def thirty_arrive(page: Page, lines: Locator) -> None:
    """Tick the thirty of ``lines`` as arrived, one by one, in less than two minutes; nothing has been sent then."""
    expect(lines).to_have_count(PEOPLE)
    start = time.monotonic()
    for number in range(PEOPLE):
        lines.nth(number).get_by_role("button", name="到了").click()
    seconds = time.monotonic() - start
    assert seconds < TWO_MINUTES, f"{PEOPLE} people took {seconds:.1f} s"
    unsent(page, PEOPLE)
