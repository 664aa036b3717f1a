"""The check-in desk without a network: thirty people, two devices, and nothing left after logging out."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.door import DAY, PEOPLE, come_in, house_with, lines_of, open_the_desk, part, thirty_arrive, unsent
from tests.e2e.house import House
from tests.e2e.visitor import PHONE, Visitor

pytestmark = pytest.mark.e2e

SOMEBODY = "钱*"
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
SOMEBODY_ELSES_NOW = """
from portal.activities.models import Activity
from portal.organisations.models import Post
activity = Activity.objects.get(shifts__name="离线")
activity.area = Post.objects.filter(role="organiser").exclude(area=activity.area).first().area
activity.save(update_fields=["area"])
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

# What a phone does that says it is online before its road is open.
HALTING = {
    "a try under way": """() => {
        const fetch = window.fetch, begun = Date.now();
        window.fetch = (...asked) => begun + 3000 > Date.now()
            ? new Promise((_, reject) => setTimeout(() => reject(new TypeError("away")), 3000)) : fetch(...asked);
        window.dispatchEvent(new Event("focus"));
    }""",
    "the first tries": """() => {
        const fetch = window.fetch, begun = Date.now();
        const away = () => Promise.reject(new TypeError("away"));
        window.fetch = (...asked) => begun + 3000 > Date.now() ? away() : fetch(...asked);
    }""",
}


@pytest.fixture
def built(tiny_city: Path, tmp_path: Path) -> Iterator[House]:
    """Serve a copy of the tiny city where a shift with thirty people has begun."""
    with house_with(tiny_city, tmp_path / "city", script=A_SHIFT_THAT_IS_ON % {"people": PEOPLE}) as one:
        yield one


@pytest.fixture
def device(browser: Browser, built: House) -> Iterator[Visitor]:
    yield from _device(browser, built)


@pytest.fixture
def other(browser: Browser, built: House) -> Iterator[Visitor]:
    yield from _device(browser, built)


def _device(browser: Browser, built: House) -> Iterator[Visitor]:
    visitor = Visitor(browser, built.server.url, viewport=PHONE, has_javascript=True)
    come_in(visitor, "organiser")
    open_the_desk(visitor)
    yield visitor
    visitor.close()


def test_thirty_people_without_a_network(built: House, device: Visitor, other: Visitor) -> None:
    page = device.page
    lines = lines_of(page, SOMEBODY)
    expect(lines).to_have_count(PEOPLE)

    device.context.set_offline(True)
    other.context.set_offline(True)
    page.reload()
    expect(lines).to_have_count(PEOPLE)
    expect(page.get_by_text("没有网络，照常登记")).to_be_visible()
    assert page.evaluate(KEPT)["names"] == ["check-in"]

    thirty_arrive(page, lines)
    expect(part(page, SOMEBODY).locator(".door__line--arrived")).to_have_count(PEOPLE)

    page.reload()
    expect(part(page, SOMEBODY).locator(".door__line--arrived")).to_have_count(PEOPLE)
    other_lines = lines_of(other.page, SOMEBODY)
    other_lines.nth(0).get_by_role("button", name="未到").click()
    other_lines.nth(1).get_by_role("button", name="到了").click()

    device.context.set_offline(False)
    unsent(page, 0)
    assert stands(built) == {"arrived": PEOPLE}

    other.context.set_offline(False)
    expect(other.page.locator(".off__say")).to_contain_text("1 处登记不一致")
    assert stands(built) == {"arrived": PEOPLE}
    other.page.get_by_role("link", name="1 处登记不一致").click()
    other.page.get_by_role("button", name="保留现在的").click()
    expect(other.page.get_by_text("没有不一致的登记")).to_be_visible()

    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="退出登录").click()
    page.wait_for_url(f"{built.server.url}/")
    kept = page.evaluate(KEPT)
    assert kept == {"names": [], "caches": [], "workers": 0}


@pytest.mark.parametrize("broken", ["a try under way", "the first tries"])
def test_a_network_that_comes_back_haltingly_is_used_at_once(built: House, device: Visitor, broken: str) -> None:
    page = device.page
    device.context.set_offline(True)
    lines_of(page, SOMEBODY).nth(0).get_by_role("button", name="到了").click()
    expect(page.get_by_text("没有网络，照常登记")).to_be_visible()
    page.evaluate(HALTING[broken])

    device.context.set_offline(False)

    expect(page.locator(".off__net")).to_have_attribute(
        "data-unsent", "0", timeout=10_000
    )  # the clock is twice as slow
    assert stands(built) == {"arrived": 1}


def test_a_session_that_ended_keeps_what_waits_and_sends_it_after_the_log_in(built: House, device: Visitor) -> None:
    page = device.page
    device.context.set_offline(True)
    lines_of(page, SOMEBODY).nth(0).get_by_role("button", name="到了").click()
    cookies = [cookie for cookie in device.context.cookies() if "session" not in cookie["name"]]
    device.context.clear_cookies()
    device.context.add_cookies(cookies)  # type: ignore[arg-type]  # as they were read
    device.context.set_offline(False)

    expect(page.locator(".off__say")).to_contain_text("登录已过期")
    unsent(page, 1)
    come_in(device, "second-organiser")
    page.goto(DAY)
    expect(page.get_by_text("还有另一位工作人员的 1 条登记没有上传")).to_be_visible()
    unsent(page, 0)
    assert stands(built) == {}

    page.goto("/account/logout/")
    expect(page.get_by_text("另一位工作人员的 1 条签到登记没有上传。退出以后它们仍留在这台设备上")).to_be_visible()
    page.locator("main").get_by_role("button", name="退出登录").click()
    page.wait_for_url(f"{built.server.url}/")
    assert page.evaluate(KEPT) == {"names": ["check-in"], "caches": [], "workers": 0}
    come_in(device, "organiser")
    page.goto(DAY)

    unsent(page, 0)
    assert stands(built) == {"arrived": 1}

    device.context.set_offline(True)
    lines_of(page, SOMEBODY).nth(1).get_by_role("button", name="到了").click()
    built.script(SOMEBODY_ELSES_NOW)
    device.context.set_offline(False)
    expect(page.locator(".off__say")).to_contain_text(f"没有生效：2. {SOMEBODY}。这个班次现在不归您组织")


def stands(built: House) -> dict[str, int]:
    printed = built.script(HOW_IT_STANDS)
    found: dict[str, int] = json.loads(printed.split("RESULT")[1])
    return found
