"""Serving, as people live it: last week's activity once more, a queue, a door without a network, hours that last."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.door import (
    PEOPLE,
    come_in,
    house_with,
    lines_of,
    open_the_desk,
    part,
    thirty_arrive,
    unsent,
)
from tests.e2e.house import House
from tests.e2e.visitor import PHONE, Visitor

pytestmark = pytest.mark.e2e

ACTIVITY = "清晨扫落叶"
SOMEBODY = "钱*"
NEWCOMER = "周晓禾"  # a role of the demo

LAST_WEEK = """
from datetime import timedelta
from django.utils import timezone
from config.demo.roles import demo_person, role_by_key
from portal.activities import actions
from portal.activities.models import Shift
from portal.organisations.models import Post
post = Post.objects.get(person=demo_person(role_by_key("organiser")), role="organiser")
activity = actions.create_activity(
    area=post.area, by=post.person, title="清晨扫落叶", summary="两小时，带一双手套就行。", place="云水社区北门",
    content="把步道上的落叶扫到一起。", conditions="年满 18 周岁", risks="早上露水重，地面滑",
    safeguards="提供扫帚，购买意外保险", contact_name="沈若谷", contact_phone="010-00000000",
)
start = timezone.localtime().replace(hour=6, minute=0, second=0, microsecond=0) + timedelta(days=2)
shift = Shift.objects.create(
    activity=activity, starts_at=start, ends_at=start + timedelta(hours=2), capacity=%(capacity)d
)
actions.publish(activity=activity, by=post.person)
Shift.objects.filter(pk=shift.pk).update(
    starts_at=start - timedelta(days=7), ends_at=start - timedelta(days=7) + timedelta(hours=2)
)
"""
THIS_WEEK = """
from datetime import timedelta
from django.utils import timezone
from portal.activities import actions
from portal.activities.models import Attendance, Shift, SignUp
from portal.members.models import User
shift = Shift.objects.filter(activity__title="清晨扫落叶").latest("starts_at")
"""
THE_OTHERS_SIGN_UP = (
    THIS_WEEK
    + """
for number in range(%(others)d):
    member = User.objects.create(phone=f"+86139555{number:05}", name=f"钱{number}")
    actions.sign_up(shift=shift, member=member)
"""
)
ONE_CANNOT_COME = (
    THIS_WEEK
    + """
first = SignUp.objects.get(shift=shift, member__name="钱0")
actions.withdraw(sign_up=first, by=first.member)
"""
)
IT_BEGINS = (
    THIS_WEEK
    + """
start = timezone.now() - timedelta(minutes=20)
Shift.objects.filter(pk=shift.pk).update(starts_at=start, ends_at=start + timedelta(hours=2))
"""
)
NOBODY_OBJECTED = """
from datetime import timedelta
from django.utils import timezone
from portal.records.models import ServiceRecord
records = ServiceRecord.objects.filter(title="清晨扫落叶")
records.update(objections_until=timezone.localdate() - timedelta(days=1))
"""
THREE_MONTHS_PASS = (
    THIS_WEEK
    + """
from django.db.models import F
from portal.records.models import ServiceRecord
def earlier(rows, *fields):
    rows.update(**{field: F(field) - timedelta(days=91) for field in fields})
records = ServiceRecord.objects.filter(attendance__sign_up__shift=shift)
earlier(records, "recorded_at", "confirmed_at", "posted_at", "objections_until", "served_on")
earlier(Attendance.objects.filter(sign_up__shift=shift), "recorded_at", "arrived_at", "closed_at")
earlier(SignUp.objects.filter(shift=shift), "created_at")
earlier(Shift.objects.filter(pk=shift.pk), "starts_at", "ends_at")
"""
)
HOW_IT_STANDS = (
    THIS_WEEK
    + """
from collections import Counter
rows = Attendance.objects.filter(sign_up__shift=shift)
print("stands", sorted(Counter(rows.values_list("state", flat=True)).items()))
"""
)


class Door:
    """Who comes to this house, each with a phone of their own in the hand."""

    def __init__(self, browser: Browser, built: House) -> None:
        self.house, self._browser = built, browser

    @contextmanager
    def role(self, key: str) -> Iterator[Visitor]:
        visitor = Visitor(self._browser, self.house.server.url, viewport=PHONE, has_javascript=True)
        try:
            come_in(visitor, key)
            yield visitor
        finally:
            visitor.close()

    def days_pass(self, script: str) -> None:
        """Move the dates, not the clock: the server is another process. Then do what the clock does."""
        self.house.script(script)
        self.house.command("run_periodic")

    def stands(self) -> str:
        return self.house.script(HOW_IT_STANDS).strip().removeprefix("stands ")


@pytest.fixture
def door(browser: Browser, tiny_city: Path, tmp_path: Path) -> Iterator[Door]:
    with house_with(tiny_city, tmp_path / "city", script=LAST_WEEK % {"capacity": PEOPLE + 1}) as built:
        yield Door(browser, built)


def test_from_last_weeks_activity_to_hours_told_three_months_later(door: Door):
    with door.role("organiser") as organiser:
        does_it_once_more(organiser)
    with door.role("member") as member:
        signs_up(member)
    door.house.script(THE_OTHERS_SIGN_UP % {"others": PEOPLE})
    with door.role("new-member") as newcomer:
        waits_in_the_queue(newcomer)
        door.house.script(ONE_CANNOT_COME)
        takes_the_offered_place(newcomer)
    door.house.script(IT_BEGINS)
    with door.role("organiser") as tablet:
        finds_somebody_on_a_shared_tablet(tablet)
    with door.role("organiser") as organiser:
        looks_at_the_ways_to_check_in(organiser)
        checks_thirty_in_without_a_network(organiser)
        assert door.stands() == f"[('absent', 1), ('arrived', {PEOPLE})]"
        completes(organiser)
    with door.role("second-organiser") as colleague:
        confirms_many_at_once(colleague)
    with door.role("member") as member:
        assert "没有异议就入账" in story(member)
    door.days_pass(NOBODY_OBJECTED)
    door.days_pass(THREE_MONTHS_PASS)
    with door.role("member") as member:
        reads_why_it_counts(member)
    with door.role("new-member") as newcomer:
        reads_why_it_does_not_count(newcomer)


def does_it_once_more(organiser: Visitor) -> None:
    """From where one comes in to a published activity, in as many taps as are listed here."""
    page = organiser.page
    taps = (
        page.get_by_role("link", name="管理活动").first,
        page.locator("main li.row").filter(has_text=ACTIVITY).get_by_role("button", name="再办一次"),
        page.get_by_role("button", name="保存并发布"),
    )
    for tap in taps:
        tap.click()
        organiser.look()
    assert "已发布，大家可以报名了" in page.locator("body").inner_text()


def opens_it(reader: Visitor) -> None:
    reader.go("/portal/activities/")
    reader.page.locator("main").get_by_role("link", name=ACTIVITY).first.click()
    reader.look()


def signs_up(member: Visitor) -> None:
    opens_it(member)
    member.press("报名")
    assert "已报名" in member.text()


def waits_in_the_queue(newcomer: Visitor) -> None:
    opens_it(newcomer)
    newcomer.press("排队")
    assert "排队中，第 1 位" in newcomer.text()


def takes_the_offered_place(newcomer: Visitor) -> None:
    newcomer.go("/portal/activities/mine/")
    assert "有空位等您确认" in newcomer.text()
    newcomer.press("我参加")
    newcomer.go("/portal/activities/mine/")
    assert "已报名" in newcomer.text()


def looks_at_the_ways_to_check_in(organiser: Visitor) -> None:
    organiser.go("/portal/check-in/day/")
    organiser.click(ACTIVITY)
    assert f"{PEOPLE + 1} 人报名" in organiser.text()
    desk = organiser.page.url
    organiser.click("二维码和口令")
    organiser.page.goto(desk)
    organiser.click("打印二维码")
    organiser.page.goto(desk)
    organiser.press("打印名单")
    organiser.click("现在录入")


def finds_somebody_on_a_shared_tablet(tablet: Visitor) -> None:
    """The device is logged out, shows one shift and nothing else, and ends by its code."""
    tablet.go("/portal/check-in/day/")
    tablet.click(ACTIVITY)
    tablet.click("现场平板")
    with tablet.page.expect_navigation():  # the device is wiped first: the click is over before the page goes on
        tablet.page.get_by_role("button", name="退出登录，打开签到平板").click()
    tablet.look()
    code = tablet.page.locator(".board__digits").inner_text()
    tablet.click("记下了，开始签到")
    tablet.page.get_by_label("手机号后四位").fill("0007")
    tablet.press("找到我")
    assert "是您吗？" in tablet.text()
    tablet.click("工作人员：结束签到")
    tablet.page.locator("main input[type=text], main input[name=code]").first.fill(code)
    tablet.press("结束")
    assert "签到已经结束" in tablet.text()


def checks_thirty_in_without_a_network(organiser: Visitor) -> None:
    """Thirty people and the one who is missing, on a device that has no network; sent when it is back."""
    open_the_desk(organiser)
    page = organiser.page
    organiser.set_offline(True)
    page.reload()
    expect(lines_of(page, SOMEBODY)).to_have_count(PEOPLE + 1)
    missing = lines_of(page, SOMEBODY).filter(has_text=f"{NEWCOMER[0]}*")
    expect(missing).to_have_count(1)
    thirty_arrive(page, lines_of(page, SOMEBODY).filter(has_not_text=f"{NEWCOMER[0]}*"))
    missing.get_by_role("button", name="未到").click()
    unsent(page, PEOPLE + 1)
    organiser.look()
    organiser.set_offline(False)
    unsent(page, 0)


def completes(organiser: Visitor) -> None:
    expect(part(organiser.page, SOMEBODY).locator(".door__line--arrived")).to_have_count(PEOPLE)
    organiser.go("/portal/check-in/day/")
    organiser.click(ACTIVITY)
    organiser.press("在场的全部按计划结束")
    assert f"{PEOPLE} 人完成" in organiser.text()


def confirms_many_at_once(colleague: Visitor) -> None:
    colleague.go("/portal/records/confirm/")
    assert ACTIVITY in colleague.text()
    colleague.press(f"确认这一场的 {PEOPLE} 条")
    colleague.press("确认")
    colleague.go("/portal/records/confirm/")
    assert ACTIVITY not in colleague.text()


def reads_why_it_counts(member: Visitor) -> None:
    line = story(member)
    assert "2 小时" in line
    assert "公示期满，没有未答复的异议，已计入。" in line
    for step in ("报名。", "到场", "登记完成，2 小时。", "另一位工作人员确认。", "公示期满，入账。"):
        assert step in line


def reads_why_it_does_not_count(newcomer: Visitor) -> None:
    line = story(newcomer)
    assert "登记为未到，没有时长。" in line
    assert "2 小时" not in line


def story(member: Visitor) -> str:
    """Return what the page of hours says of the activity, with how it came about."""
    member.go("/portal/records/")
    line = member.page.locator("li.story").filter(has_text=ACTIVITY)
    line.locator("summary").click()
    member.look()
    return line.inner_text()
