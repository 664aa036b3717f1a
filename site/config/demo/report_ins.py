"""Who has reported in where, who waits, and who was asked to add something."""

from datetime import timedelta

from django.utils import timezone

from config.demo.city import City
from portal.members.enums import Purpose
from portal.members.models import Consent, User
from portal.organisations.models import Area
from portal.report_in.actions import CONSENT_VERSION, ask_back, submit_report_in
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn

SHARE_ACCEPTED, SHARE_WAITING, SHARE_ASKED_BACK = 0.825, 0.025, 0.015
REASONS = ("请写上楼号和单元，我们好安排离您近的网格。", "您填的小区在隔壁社区，请再看一下地址。")
NOTES = ("周末有空。", "会修电器。", "晚上七点以后可以。", "", "", "懂一点英语，可以教孩子。", "")


def build_report_ins(city: City) -> None:
    """Settle the members: most accepted long ago, some waiting, some asked back, some not here yet."""
    total = len(city.members)
    accepted = round(total * SHARE_ACCEPTED)
    waiting = max(round(total * SHARE_WAITING), 1)
    asked_back = max(round(total * SHARE_ASKED_BACK), 1)
    _accept_long_ago(city, city.members[:accepted])
    for number, member in enumerate(city.members[accepted : accepted + waiting]):
        submit_report_in(person=member, area=_community(city, number // 2), note=city.dice.choice(NOTES))
    for number, member in enumerate(city.members[accepted + waiting : accepted + waiting + asked_back]):
        area = _community(city, number)
        report_in = submit_report_in(person=member, area=area)
        ask_back(report_in=report_in, by=city.organisers[area.pk][0], reason=city.dice.choice(REASONS))


def _accept_long_ago(city: City, members: list[User]) -> None:
    """Write down in bulk what happened over the past months; the receipts' numbers follow the rows as usual."""
    rows = []
    for number, member in enumerate(members):
        area = _community(city, number)
        submitted_at = member.joined_at + timedelta(days=city.dice.randint(0, 20))
        rows.append(
            MemberReportIn(
                person=member,
                unit=city.unit_of[member.pk],
                area=area,
                note=city.dice.choice(NOTES),
                submitted_at=submitted_at,
                decided_at=submitted_at + timedelta(hours=city.dice.randint(2, 60)),
                decided_by=city.organisers[area.pk][number % 2],
            )
        )
        city.residents[area.pk].append(member)
    rows = MemberReportIn.objects.bulk_create(rows)
    for row in rows:
        row.state = ReportInState.ACCEPTED
        row.number = f"BD-{timezone.localdate(row.decided_at).year}-{row.pk:06}"
    MemberReportIn.objects.bulk_update(rows, ["state", "number"], batch_size=100)
    Consent.objects.bulk_create(
        Consent(person=row.person, purpose=Purpose.REPORT_IN, text_version=CONSENT_VERSION, given_at=row.submitted_at)
        for row in rows
    )


def _community(city: City, number: int) -> Area:
    return city.communities[number % len(city.communities)]
