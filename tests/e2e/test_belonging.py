"""Belonging, as people live it: a unit's roster, a thousand members, one who moves, one who stays, one who leaves."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.house import OpenHouse, house
from tests.e2e.visitor import PHONE, Visitor

pytestmark = [pytest.mark.e2e, pytest.mark.both]

MEMBERS, BY_HAND = 1_000, 2
KILLED_AFTER = 100  # report-ins
PATIENCE = 120_000  # milliseconds for what is done to a thousand at once
NEWCOMER, NEWCOMER_PHONE = "周晓禾", "19000000001"  # a role of the demo: on the library's roster, never here before
MEMBER_PHONE = "19000000002"
HOME = "云水社区"
FIRST_NAME = 0x4E00  # the first character of CJK Unified Ideographs: a name for each number

ACTIVATE = """
from django.db import transaction
from portal.members import actions
from portal.members.models import User
from portal.organisations.models import Area
from portal.report_in.actions import submit_report_in
area = Area.objects.get(name="云水社区")
with transaction.atomic():  # one for all: a thousand are written to the disk at once
    for number in range(%(by_hand)d, %(members)d):
        phone = f"+86191{number:08}"
        person = actions.open_account(phone=phone)
        actions.verify_phone(person=person, phone=phone)
        assert actions.activate_from_roster(person=person).unit.name == "云汀市图书馆"
        submit_report_in(person=person, area=area)
print(User.objects.filter(phone__startswith="+86191", report_ins__state="submitted").count(), "wait")
"""
PROGRESS = """
from portal.report_in.models import BulkAnswer
print(BulkAnswer.objects.get().progress)
"""
TIME_PASSES = """
from datetime import timedelta
from portal.report_in.models import BulkAnswer
answer = BulkAnswer.objects.get(state="running")
assert answer.accepted == answer.progress < answer.total
answer.worked_on_at -= timedelta(hours=1)
answer.save()
"""
TOLD = """
from portal.notices.models import Message
told = Message.objects.filter(title="云水社区已确认您的报到。")
print(told.count(), "told", len(set(told.values_list("recipient", flat=True))), "people")
"""
DAYS_PASS = """
from datetime import timedelta
from django.utils import timezone
from portal.report_in.models import MemberReportIn
yesterday = timezone.localdate() - timedelta(days=1)
stay = MemberReportIn.objects.get(kind="temporary", state="accepted")
stay.starts_on, stay.expires_on = yesterday - timedelta(days=30), yesterday
stay.save()
"""
CLOSING_IS_DUE = """
from datetime import timedelta
from django.utils import timezone
from portal.personal_data.models import AccountClosing
AccountClosing.objects.update(due_on=timezone.localdate() - timedelta(days=1))
"""
LOOK_FOR = """
from django.apps import apps
found = []
for model in apps.get_models(include_auto_created=True):
    for row in model._base_manager.values_list():
        if any(word in str(row) for word in %(words)r):
            found.append((model.__name__, row))
print("found", found)
"""


class Street:
    """Who comes to this house, each with a phone of their own in the hand."""

    def __init__(self, browser: Browser, built: OpenHouse) -> None:
        self.house, self._browser = built, browser

    @contextmanager
    def visitor(self) -> Iterator[Visitor]:
        visitor = Visitor(self._browser, self.house.server.url, viewport=PHONE, has_javascript=True)
        try:
            yield visitor
        finally:
            visitor.close()

    @contextmanager
    def role(self, key: str) -> Iterator[Visitor]:
        """Come in through the demo's page of roles."""
        with self.visitor() as visitor:
            visitor.page.goto("/demo/")
            visitor.page.locator(f'button[value="{key}"]').click()
            visitor.page.wait_for_url("**/portal/**")
            yield visitor

    @contextmanager
    def phone(self, phone: str) -> Iterator[Visitor]:
        """Come in by the code sent to ``phone``."""
        with self.visitor() as visitor:
            visitor.page.goto("/account/login/code/")
            visitor.page.get_by_label("手机号").fill(phone)
            visitor.press("获取验证码")
            visitor.page.get_by_label("验证码").fill(self._code())
            visitor.page.get_by_role("button", name="登录").click()
            visitor.page.wait_for_url("**/portal/**")
            yield visitor

    def _code(self) -> str:
        newest = "from portal.notices.models import MailboxEntry; print(MailboxEntry.objects.first().body)"
        return self.house.script(newest).split("验证码 ")[1][:6]


@pytest.fixture
def street(browser: Browser, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[Street]:
    with house(tmp_path, tiny_city=lambda: request.getfixturevalue("tiny_city")) as built:
        yield Street(browser, built)


def test_from_a_roster_to_a_person_forgotten(street: Street):
    the_unit_brings_its_roster(street)
    the_unit_reports_in(street)
    a_thousand_members_activate(street)
    the_organiser_accepts_them_at_once(street)
    a_member_moves_home(street)
    a_member_stays_for_a_time(street)
    a_person_is_forgotten(street)


def the_unit_brings_its_roster(street: Street) -> None:
    rows = [f"馆{chr(FIRST_NAME + number)},191{number:08}" for number in range(MEMBERS)]
    sheet = "\r\n".join(["姓名,手机号码", *rows, "没有号码,123"]).encode("gb18030")
    with street.role("unit-contact") as contact:
        contact.go("/portal/rosters/")
        contact.click("导入")
        file = {"name": "名册.csv", "mimeType": "text/csv", "buffer": sheet}
        contact.page.locator("input[type=file]").set_input_files(file)  # type: ignore[arg-type]  # a payload, typed loosely
        contact.page.get_by_role("button", name="上传并核对").click()
        street.house.command("db_worker", "--batch", "--no-startup-delay")
        contact.page.get_by_role("button", name="导入", exact=True).wait_for(timeout=PATIENCE)
        assert str(MEMBERS) in contact.text()
        assert "应为 11 位数字" in contact.text()
        contact.look()
        contact.page.get_by_label("导入没有错误的行").check()
        contact.page.get_by_role("button", name="导入", exact=True).click()
        street.house.command("db_worker", "--batch", "--no-startup-delay")
        contact.page.get_by_role("heading", name="已导入").wait_for(timeout=PATIENCE)
        contact.look()


def the_unit_reports_in(street: Street) -> None:
    with street.role("unit-contact") as contact:
        contact.go("/portal/report-in/units/choose/")
        choice = contact.page.locator("main input[name=to]").first
        code = str(choice.get_attribute("value"))
        choice.check()
        contact.press("下一步")
        contact.press("提交单位报到")
        waiting = contact.text().count("DW-")
    with street.phone(organiser_of(street, code)) as organiser:
        organiser.go("/portal/report-in/units/inbox/")
        organiser.click("云汀市图书馆")
        organiser.press("确认单位报到")
    with street.role("unit-contact") as contact:
        contact.go("/portal/report-in/units/")
        assert contact.text().count("DW-") == waiting + 1


def a_thousand_members_activate(street: Street) -> None:
    for number in range(BY_HAND):
        with street.phone(f"191{number:08}") as member:
            report_in_at_home(member)
            assert "等待社区确认" in member.text()
    printed = street.house.script(ACTIVATE % {"by_hand": BY_HAND, "members": MEMBERS})
    assert f"{MEMBERS} wait" in printed


def report_in_at_home(member: Visitor) -> None:
    member.page.goto("/portal/report-in/choose/")
    member.page.get_by_role("searchbox").fill(HOME)
    member.page.get_by_role("button", name="查找").click()
    member.click(HOME)
    member.page.get_by_role("checkbox").check()
    member.page.get_by_role("button", name="提交报到").click()
    member.look()


def the_organiser_accepts_them_at_once(street: Street) -> None:
    with street.role("organiser") as organiser:
        organiser.page.goto("/portal/report-in/inbox/?size=1000&all=1")
        organiser.page.get_by_role("button", name="确认勾选的人").click(timeout=PATIENCE)
        organiser.page.wait_for_url("**/inbox/accepting/*/")
        assert f"共 {MEMBERS} 人" in organiser.text()
        organiser.look()
        a_worker_is_killed_halfway(street)
        street.house.script(TIME_PASSES)
        street.house.command("run_periodic")
        street.house.command("db_worker", "--batch", "--no-startup-delay")
        organiser.page.get_by_text(f"已确认 {MEMBERS} 人").wait_for(timeout=PATIENCE)  # the page finds out by itself
        organiser.look()
        organiser.go("/portal/report-in/members/")
        assert "馆" in organiser.text()
    assert f"{MEMBERS} told {MEMBERS} people" in street.house.script(TOLD)


def a_worker_is_killed_halfway(street: Street) -> None:
    with street.house.begin("db_worker", "--no-startup-delay") as worker:
        deadline = time.monotonic() + PATIENCE / 1000
        while int(street.house.script(PROGRESS)) < KILLED_AFTER and time.monotonic() < deadline:
            time.sleep(0.2)
        worker.kill()


def a_member_moves_home(street: Street) -> None:
    with street.phone(MEMBER_PHONE) as member:
        member.go("/portal/report-in/")
        member.click("搬家了")
        new_home = member.page.locator("ul.choices a").last
        name, code = new_home.inner_text(), str(new_home.get_attribute("href")).rstrip("/").rpartition("/")[2]
        new_home.click()
        member.look()
        member.page.get_by_role("checkbox").check()
        member.press("提交报到")
        assert "您仍是原来社区的一员" in member.text()
    with street.phone(organiser_of(street, code)) as organiser:
        organiser.go("/portal/report-in/inbox/")
        organiser.click("林远舟")
        organiser.press("确认报到")
    with street.role("member") as member:
        member.go("/portal/report-in/history/")
        assert "已迁出" in member.text()
        assert f"从{HOME}迁来" in member.text()
        member.go("/portal/report-in/")
        assert name in member.text()


def a_member_stays_for_a_time(street: Street) -> None:
    with street.role("member") as member:
        member.go("/portal/report-in/stay/")
        member.page.get_by_role("searchbox").fill(HOME)
        member.press("查找")
        member.click(HOME)
        fill_the_stay(member)
        member.press("提交报到")
        assert "等待社区确认" in member.text()
    with street.role("organiser") as organiser:
        organiser.go("/portal/report-in/inbox/?state=submitted")
        organiser.click("林远舟")
        organiser.press("确认报到")
    street.house.script(DAYS_PASS)
    street.house.command("run_periodic")
    with street.role("member") as member:
        member.go("/portal/report-in/history/")
        assert "已结束" in member.text()


def fill_the_stay(member: Visitor) -> None:
    for select in member.page.locator("main select").all():
        select.select_option(index=1)
    reason = member.page.locator("main input[type=radio]").first
    if reason.count():
        reason.check()
    today = member.page.evaluate("new Date().toLocaleDateString('sv')")
    later = member.page.evaluate("new Date(Date.now() + 20 * 864e5).toLocaleDateString('sv')")
    for field, day in zip(member.page.locator("main input[type=date]").all(), (today, later), strict=True):
        field.fill(day)
    member.page.get_by_role("checkbox").check()


def a_person_is_forgotten(street: Street) -> None:
    with street.phone(NEWCOMER_PHONE) as person:
        person.go("/portal/my-data/close/")
        person.page.get_by_role("checkbox").check()
        person.press("提交注销申请")
        assert "注销申请已收到" in person.text()
    street.house.script(CLOSING_IS_DUE)
    street.house.command("run_periodic")
    street.house.command("db_worker", "--batch", "--no-startup-delay")  # the search for users is told by a job
    assert street.house.script(LOOK_FOR % {"words": [NEWCOMER, NEWCOMER_PHONE]}).strip() == "found []"


def organiser_of(street: Street, code: str) -> str:
    """Return the phone of who organises the community with ``code``."""
    asked = (
        f"from portal.organisations.models import Post; print(Post.objects.filter(area__code={code!r})[0].person.phone)"
    )
    return street.house.script(asked).strip().removeprefix("+86")
