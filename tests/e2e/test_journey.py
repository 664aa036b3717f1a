"""The whole way through, as people walk it: from finding a service to a yearly report both sides have answered."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, ViewportSize

from tests.e2e.server import Server
from tests.e2e.visitor import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.e2e

ACTIVITY = "给院子里的树浇水"


class Journey:
    """One walk: the same window size, with or without scripts, for everyone who takes part."""

    def __init__(self, browser: Browser, server: Server, *, viewport: ViewportSize, has_javascript: bool) -> None:
        self._browser = browser
        self._server = server
        self._viewport = viewport
        self._has_javascript = has_javascript

    @contextmanager
    def reader(self) -> Iterator[Visitor]:
        visitor = Visitor(self._browser, self._server.url, viewport=self._viewport, has_javascript=self._has_javascript)
        try:
            yield visitor
        finally:
            visitor.close()

    @contextmanager
    def person(self, role: str) -> Iterator[Visitor]:
        """Come in through the demo's page of roles."""
        with self.reader() as visitor:
            visitor.page.goto("/demo/")
            visitor.page.locator(f'button[value="{role}"]').click()
            visitor.page.wait_for_url("**/portal/**")
            visitor.look()
            yield visitor


@pytest.fixture(
    params=[(PHONE, True), (PHONE, False), (DESKTOP, True)],  # what a desk without scripts shows, the others have shown
    ids=["phone", "phone without scripts", "desktop"],
)
def journey(request: pytest.FixtureRequest, browser: Browser, server: Server) -> Journey:
    viewport, has_javascript = request.param
    return Journey(browser, server, viewport=viewport, has_javascript=has_javascript)


def test_from_a_service_to_an_answered_report(journey: Journey, tmp_path: Path):
    with journey.reader() as reader:
        finds_a_service_and_a_case(reader)
    with journey.reader() as member:
        logs_in_with_a_code(member)
        reports_in(member)
    with journey.person("organiser") as organiser:
        accepts_the_report_in(organiser)
        publishes_an_activity(organiser)
    with journey.person("new-member") as member:
        sees_the_receipt(member)
        signs_up(member)
    five_days_pass(tmp_path / "city.sqlite3")
    with journey.person("organiser") as organiser:
        ticks_attendance(organiser)
    with journey.person("second-organiser") as organiser:
        confirms_the_minutes(organiser)
    with journey.person("new-member") as member:
        sees_the_minutes(member)
        sends_the_report(member)
    with journey.person("organiser") as organiser:
        replies(organiser, "谢谢您为社区做的事。")
    with journey.person("unit-contact") as contact:
        replies(contact, "单位为您骄傲。")
    with journey.person("new-member") as member:
        reads_both_replies(member)


def finds_a_service_and_a_case(reader: Visitor) -> None:
    reader.go("/")
    reader.page.get_by_role("searchbox").first.fill("送餐")
    reader.press("搜索")
    assert "送餐" in reader.text()
    reader.page.locator("main").get_by_role("link", name="送餐").first.click()
    reader.look()
    assert reader.page.locator("main a[href^='tel:']").count() > 0
    reader.go("/")
    reader.click("案例", exact=True)
    reader.page.locator("main article a, main li h2 a, main h2 a, main h3 a").first.click()
    reader.look()
    assert "背景" in reader.text()
    assert reader.context.cookies() == []


def logs_in_with_a_code(member: Visitor) -> None:
    member.go("/")
    member.click("我的报到")
    member.page.get_by_label("手机号").fill("190 0000 0001")
    member.press("获取验证码")
    mailbox = member.context.new_page()
    mailbox.goto("/demo/mailbox/")
    code = mailbox.locator("main").inner_text().split("验证码 ")[1][:6]
    mailbox.close()
    member.page.get_by_label("验证码").fill(f"{code[:3]} {code[3:]}")
    member.press("登录")
    assert "周晓禾" in member.text()


def reports_in(member: Visitor) -> None:
    member.go("/portal/report-in/")
    assert "云汀市图书馆" in member.text()
    member.page.get_by_role("searchbox").fill("云水")
    member.press("查找")
    member.click("云水社区")
    member.press("提交报到")
    assert "请改正" in member.text()
    member.page.get_by_role("checkbox").check()
    member.page.locator("main textarea").first.fill("周末都有空。")
    member.press("提交报到")
    assert "等待社区确认" in member.text()


def accepts_the_report_in(organiser: Visitor) -> None:
    organiser.go("/portal/report-in/inbox/")
    organiser.click("周晓禾")
    assert "190****0001" in organiser.text()
    organiser.press("确认报到")
    organiser.go("/portal/report-in/inbox/?state=accepted")
    assert "周晓禾" in organiser.text()


def publishes_an_activity(organiser: Visitor) -> None:
    organiser.go("/portal/activities/new/")
    organiser.page.get_by_label("名称", exact=True).fill(ACTIVITY)
    organiser.press("保存草稿")
    organiser.press("发布")
    assert "还不能发布" in organiser.text()
    organiser.click("修改内容")
    for label, words in NOTICE_ITEMS.items():
        organiser.page.get_by_label(label, exact=True).fill(words)
    organiser.press("保存")
    organiser.click("加一个班次")
    start = timezone.localtime() + timedelta(days=2)
    start = start.replace(hour=9, minute=0)
    organiser.page.get_by_label("开始时间").fill(start.strftime("%Y-%m-%dT%H:%M"))
    organiser.page.get_by_label("结束时间").fill((start + timedelta(hours=2)).strftime("%Y-%m-%dT%H:%M"))
    organiser.page.get_by_label("名额").fill("5")
    organiser.press("保存")
    organiser.press("发布")
    assert "已发布" in organiser.text()


NOTICE_ITEMS = {
    "一句话介绍": "两小时，会用水管就行。",
    "地点": "云水社区中心花园",
    "活动内容": "给新栽的二十棵树浇水，清理树坑。",
    "参加条件": "年满 18 周岁",
    "可能的风险": "地面湿滑",
    "保障措施": "提供手套，购买意外保险",
    "联系人": "沈若谷",
    "联系电话": "010-00000000",
}


def sees_the_receipt(member: Visitor) -> None:
    member.go("/portal/report-in/")
    member.click("查看回执")
    assert "BD-" in member.text()
    member.click("打印我的门牌")
    assert "志愿服务之家" in member.text()


def signs_up(member: Visitor) -> None:
    member.go("/")
    member.click("活动", exact=True)
    member.page.locator("main").get_by_role("link", name=ACTIVITY).first.click()
    member.look()
    member.page.locator("main").get_by_role("button", name="报名").first.click()
    member.look()
    assert "已报名" in member.text()
    member.go("/portal/activities/mine/")
    assert ACTIVITY in member.text()


def five_days_pass(database: Path) -> None:
    """Move the shift, not the clock: the server is another process."""
    with closing(sqlite3.connect(database, timeout=30)) as connection, connection:
        moved = connection.execute(
            "UPDATE activities_shift"
            " SET starts_at = datetime(starts_at, '-5 days'), ends_at = datetime(ends_at, '-5 days')"
            " WHERE activity_id = (SELECT id FROM activities_activity WHERE title = ?)",
            [ACTIVITY],
        )
    assert moved.rowcount == 1


def ticks_attendance(organiser: Visitor) -> None:
    organiser.go("/portal/activities/manage/")
    organiser.click(ACTIVITY)
    organiser.click("登记到场")
    organiser.page.get_by_role("group", name="周晓禾").locator("input[value='completed']").check()
    organiser.press("保存")
    organiser.go("/portal/records/confirm/")
    assert "请另一位" in organiser.text()


def confirms_the_minutes(organiser: Visitor) -> None:
    organiser.go("/portal/records/confirm/")
    assert "周晓禾" in organiser.text()
    organiser.page.get_by_role("checkbox", name="周晓禾").check()
    organiser.press("确认勾选的服务")
    organiser.go("/portal/records/confirm/")
    assert "周晓禾" not in organiser.text()


def sees_the_minutes(member: Visitor) -> None:
    member.go("/portal/records/")
    assert ACTIVITY in member.text()
    assert "2 小时" in member.text()
    member.go("/portal/points/")


def sends_the_report(member: Visitor) -> None:
    member.go("/portal/")
    member.go("/portal/reports/")
    member.page.locator("main a[href^='/portal/reports/2']").first.click()
    member.look()
    member.page.get_by_label("下一年打算").fill("每个月来一次。")
    member.press("预览并提交")
    assert "云水社区" in member.text()
    member.press("确认提交")
    assert "2 小时" in member.text()


def replies(recipient: Visitor, words: str) -> None:
    recipient.go("/portal/reports/received/")
    recipient.click("周晓禾")
    recipient.page.get_by_label("回复", exact=True).fill(words)
    recipient.press("发送回复")
    assert "报告人会收到消息" in recipient.text()


def reads_both_replies(member: Visitor) -> None:
    member.go("/portal/inbox/")
    member.go("/portal/reports/")
    member.page.locator("main a[href^='/portal/reports/2']").first.click()
    member.look()
    assert "谢谢您为社区做的事。" in member.text()
    assert "单位为您骄傲。" in member.text()
    member.go("/portal/reads-of-me/")
    assert "沈若谷" in member.text()
