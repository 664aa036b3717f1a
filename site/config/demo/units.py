"""What units and members have said: report-ins of units, a profile, a leave."""

from datetime import timedelta

from django.utils import timezone

from config.demo.city import City
from portal.members.actions import edit_profile
from portal.report_in.actions import Days, UnitOffer, accept_unit, report_unit_in, request_leave
from portal.report_in.enums import LeaveKind

OFFERS = ("周末开放停车场。", "每月一次法律咨询。", "可以借会议室。")
SHOWN = {"skills_seen_by": "organisers", "free_times_seen_by": "organisers"}


def build_unit_life(city: City) -> None:
    """Let some units report in, the demo's member say what they can, and somebody ask for leave."""
    for number, offer in enumerate(OFFERS[: len(city.units)]):
        unit, area = city.units[number], city.communities[0]
        contact = city.contacts[unit.pk]
        told = UnitOffer(contact.name, area.phone or "010-5550 0100", offer, 10 + 5 * number)
        (report_in,) = report_unit_in(unit=unit, areas=[area], offer=told, by=contact)
        if number == 0:
            accept_unit(report_in=report_in, by=city.organisers[area.pk][1])
    edit_profile(
        person=city.roles["member"],
        skills=["repairs", "teaching"],
        parts={"free_times": ["sat-am", "sun-pm"], "wishes": "陪老人聊天", **SHOWN},
    )
    today = timezone.localdate()
    library = city.units[0]
    asking = next((one for one in reversed(city.members) if city.unit_of[one.pk] == library), None)
    if asking and asking != city.contacts[library.pk]:
        days = Days(today, today + timedelta(days=14))
        request_leave(person=asking, kind=LeaveKind.ILLNESS, days=days, reason="在家休养两周。")
