"""An open reporting year: some have begun, some have sent, some have both answers."""

from datetime import timedelta

from django.utils.translation import gettext as _

from config.demo.city import City
from portal.annual_reports.actions import acknowledge, draft_report, edit_report, send_report
from portal.annual_reports.models import AnnualReport, ReportingYear
from portal.members.models import User
from portal.notices.actions import tell

SHARE_REPORTING = 0.1
OPENED, CLOSES = 20, 60
PLANS = ("明年想继续周末来帮忙，最好是跟孩子有关的。", "打算学急救，帮社区多做一点。", "工作忙，尽量每月来一次。")
COMMUNITY_REPLIES = ("谢谢您这一年来的帮忙，看到您送饭的身影，大家都记得。", "收到。明年想组一支小队，您来带个头？")
UNIT_REPLIES = ("收到，谢谢您代表我们出力。", "看到了，注意身体，有需要单位支持的请说。")


def build_reports(city: City) -> None:
    """Open the year and let a tenth of the members report. The demo's member has not begun: that is for the visitor."""
    # Early in January most of what there is to tell lies in the year before.
    year = ReportingYear.objects.create(
        year=(city.today - timedelta(days=75)).year,
        opens_on=city.day(-OPENED),
        closes_on=city.day(CLOSES),
    )
    reporting = _reporting(city)[: max(round(len(city.members) * SHARE_REPORTING), 3)]
    for number, member in enumerate(city.progress.track(_("年度报告"), reporting)):
        _report(city, member, year, number)
    _welcome(city.roles["member"])


def _reporting(city: City) -> list[User]:
    """Return those who might report: colleagues and neighbours of the demo's roles first, but nobody who answers."""
    others = {*city.roles.values(), *city.contacts.values()}
    home, library = city.residents[city.home.pk], city.units[0]
    everybody = [person for people in city.residents.values() for person in people]
    colleagues = [person for person in everybody if city.unit_of[person.pk] == library]
    return [person for person in dict.fromkeys(colleagues[:4] + home + everybody) if person not in others]


def _report(city: City, member: User, year: ReportingYear, number: int) -> None:
    report = draft_report(member=member, year=year)
    if number % 3 == 0:
        return
    plan = city.dice.choice(PLANS)
    report = edit_report(report=report, by=member, summary=report.summary, plan=plan)
    report = send_report(report=report, by=member)
    if number % 3 == 2:
        _answer(city, report)


def _answer(city: City, report: AnnualReport) -> None:
    for receipt in report.receipts.select_related("report", "area", "unit"):
        if receipt.area:
            acknowledge(
                receipt=receipt, by=city.organisers[receipt.area.pk][0], reply=city.dice.choice(COMMUNITY_REPLIES)
            )
        elif receipt.unit:
            acknowledge(receipt=receipt, by=city.contacts[receipt.unit.pk], reply=city.dice.choice(UNIT_REPLIES))


def _welcome(member: User) -> None:
    tell(
        recipient=member,
        title="谢谢您上周来帮忙。",
        body="楼上的王奶奶说饭是热的，让我们一定转告您。",
    )
