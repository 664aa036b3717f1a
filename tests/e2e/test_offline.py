"""The check-in desk without a network: thirty people, two devices, and nothing left after logging out."""

import json
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.e2e.house import House
from tests.e2e.visitor import PHONE, Visitor

pytestmark = pytest.mark.e2e

DAY = "/portal/check-in/day/"
PEOPLE = 30
TWO_MINUTES = 120
A_SHIFT_THAT_IS_ON = """
from datetime import timedelta
from django.utils import timezone
from config.demo.roles import demo_person, role_by_key
from portal.activities.models import Activity, Shift, SignUp
from portal.members.models import User
from portal.organisations.models import Post
post = Post.objects.get(person=demo_person(role_by_key("organiser")), role="organiser")
activity = Activity.objects.filter(area=post.area, state="published").first()
start = timezone.now() - timedelta(minutes=20)
number = %(people)d
shift = Shift.objects.create(
    activity=activity, name="离线", starts_at=start, ends_at=start + timedelta(hours=1), capacity=number
)
for one in range(number):
    member = User.objects.create(phone=f"+86139555{one:05}", name=f"钱{one}")
    SignUp.objects.create(shift=shift, member=member, state="confirmed")
Shift.objects.filter(pk=shift.pk).update(places_taken=number)
"""
HOW_IT_STANDS = """
import json
from collections import Counter
from portal.activities.models import Attendance
rows = Attendance.objects.filter(sign_up__shift__name="离线")
print("RESULT" + json.dumps(Counter(rows.values_list("state", flat=True))))
"""
KEPT = """async () => {
    const names = (await indexedDB.databases()).map((one) => one.name);
    return { names, caches: await caches.keys(), workers: (await navigator.serviceWorker.getRegistrations()).length };
}"""


@pytest.fixture
def built(tiny_city: Path, tmp_path: Path) -> Iterator[House]:
    """Serve a copy of the tiny city where a shift with thirty people has begun."""
    folder = tmp_path / "city"
    shutil.copytree(tiny_city, folder)
    one = House(folder, f"sqlite:///{folder / 'city.sqlite3'}")
    one.script(A_SHIFT_THAT_IS_ON % {"people": PEOPLE})
    one.server.start()
    try:
        yield one
    finally:
        one.server.stop()


@pytest.fixture
def device(browser: Browser, built: House) -> Iterator[Visitor]:
    yield from _device(browser, built)


@pytest.fixture
def other(browser: Browser, built: House) -> Iterator[Visitor]:
    yield from _device(browser, built)


def _device(browser: Browser, built: House) -> Iterator[Visitor]:
    visitor = Visitor(browser, built.server.url, viewport=PHONE, has_javascript=True)
    visitor.page.goto("/demo/")
    visitor.page.locator('button[value="organiser"]').click()
    visitor.page.wait_for_url("**/portal/**")
    visitor.go(DAY)
    desk = visitor.page.locator("#check-in")
    expect(desk).to_be_visible()
    expect(desk).to_have_attribute("data-ready", "yes")
    visitor.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    yield visitor
    visitor.close()


def part(page: Page) -> Locator:
    return page.locator(".off__shift").filter(has=page.locator(".door__line")).filter(has_text="钱*")


def test_thirty_people_without_a_network(built: House, device: Visitor, other: Visitor) -> None:
    page = device.page
    lines = part(page).locator(".door__line")
    expect(lines).to_have_count(PEOPLE)

    device.context.set_offline(True)
    other.context.set_offline(True)
    page.reload()
    expect(lines).to_have_count(PEOPLE)
    expect(page.get_by_text("没有网络，照常登记")).to_be_visible()
    assert page.evaluate(KEPT)["names"] == ["check-in"]

    start = time.monotonic()
    for number in range(PEOPLE):
        lines.nth(number).get_by_role("button", name="到了").click()
    expect(part(page).locator(".door__line--arrived")).to_have_count(PEOPLE)
    seconds = time.monotonic() - start
    assert seconds < TWO_MINUTES, f"{PEOPLE} people took {seconds:.1f} s"
    expect(page.locator(".off__net")).to_have_attribute("data-unsent", str(PEOPLE))

    page.reload()
    expect(part(page).locator(".door__line--arrived")).to_have_count(PEOPLE)
    other_lines = part(other.page).locator(".door__line")
    other_lines.nth(0).get_by_role("button", name="未到").click()
    other_lines.nth(1).get_by_role("button", name="到了").click()

    device.context.set_offline(False)
    expect(page.locator(".off__net")).to_have_attribute("data-unsent", "0")
    assert stands(built) == {"arrived": PEOPLE}

    other.context.set_offline(False)
    expect(other.page.locator(".off__say")).to_contain_text("1 处登记不一致")
    assert stands(built) == {"arrived": PEOPLE}
    other.page.get_by_role("link", name="1 处登记不一致").click()
    other.page.get_by_role("button", name="保留现在的").click()
    expect(other.page.get_by_text("没有不一致的登记")).to_be_visible()

    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="退出登录").click()
    page.wait_for_url("**/")
    kept = page.evaluate(KEPT)
    assert kept == {"names": [], "caches": [], "workers": 0}


def test_a_session_that_ended_keeps_what_waits_and_sends_it_after_the_log_in(built: House, device: Visitor) -> None:
    page = device.page
    device.context.set_offline(True)
    part(page).locator(".door__line").nth(0).get_by_role("button", name="到了").click()
    cookies = [cookie for cookie in device.context.cookies() if "session" not in cookie["name"]]
    device.context.clear_cookies()
    device.context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were read
    device.context.set_offline(False)

    expect(page.locator(".off__say")).to_contain_text("登录已过期")
    expect(page.locator(".off__net")).to_have_attribute("data-unsent", "1")
    page.goto("/demo/")
    page.locator('button[value="organiser"]').click()
    page.wait_for_url("**/portal/**")
    page.goto(DAY)

    expect(page.locator(".off__net")).to_have_attribute("data-unsent", "0")
    assert stands(built) == {"arrived": 1}


def stands(built: House) -> dict[str, int]:
    printed = built.script(HOW_IT_STANDS)
    found: dict[str, int] = json.loads(printed.split("RESULT")[1])
    return found
