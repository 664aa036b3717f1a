"""One of every thing an address can name, all in the first of two places."""

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone

from portal.annual_reports.enums import Side
from portal.members.models import User
from tests.access.desk import desk_things
from tests.access.people import people
from tests.access.places import Place, new_place
from tests.access.programme import programme
from tests.access.roles import Role
from tests.access.rooms import rooms
from tests.factories import activities as make
from tests.factories.annual_reports import AnnualReportFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.notices import MessageFactory
from tests.factories.points import EntryFactory
from tests.factories.records import ServiceRecordFactory
from tests.factories.report_in import MemberReportInFactory


class World:
    """Holds the two places, the people by role, and the objects by name: each in its room."""

    def __init__(self) -> None:
        self.here, self.there = new_place(), new_place()
        self.people = people(self.here, self.there)
        self.portal = portal_things(self.here, self.people)
        self.rooms = rooms(self.here, self.people)
        self.programme = programme(self.here, self.people, self.portal.published)
        self.desk = desk_things(self.people)

    @property
    def member(self) -> User:
        return self.people[Role.MEMBER]

    @property
    def superuser(self) -> User:
        return self.people[Role.SUPERUSER]


def portal_things(here: Place, who: dict) -> SimpleNamespace:
    """Return what stands in the portal at ``here``; what belongs to a person belongs to the member there."""
    member, organiser = who[Role.MEMBER], who[Role.ORGANISER]
    draft = make.ActivityFactory(area=here.community, draft=True, created_by=organiser)
    published = make.ActivityFactory(area=here.community, created_by=organiser)
    make.ShiftFactory(activity=draft)
    report = AnnualReportFactory(member=member, sent=True)
    return SimpleNamespace(
        draft=draft,
        published=published,
        **_turns(published, member, organiser),
        waiting=MemberReportInFactory(area=here.community, person=_colleague(here)),
        message=MessageFactory(recipient=member),
        report=report,
        entry=EntryFactory(member=member),
        to_area=report.receipts.get(side=Side.COMMUNITY),
        to_unit=report.receipts.get(side=Side.UNIT),
    )


def _turns(published, member, organiser) -> dict:
    """Return shifts, and what the member has to do with them."""
    later = timezone.now() + timedelta(days=4)
    mine, offering = make.ShiftFactory(activity=published), make.ShiftFactory(activity=published, starts_at=later)
    past = make.ShiftFactory(activity=published, past=True)
    came = make.AttendanceFactory(sign_up=make.SignUpFactory(shift=past, member=member), recorded_by=organiser)
    counted = make.AttendanceFactory(
        sign_up=make.SignUpFactory(shift=past), recorded_by=organiser, closed_at=timezone.now()
    )
    return {
        "shift": make.ShiftFactory(activity=published, starts_at=later + timedelta(days=1)),
        "past_shift": past,
        "sign_up": make.SignUpFactory(shift=mine, member=member),
        "offer": make.SignUpFactory(shift=offering, member=member, offered=True),
        "attendance": came,
        "record": ServiceRecordFactory(
            attendance=counted, member=counted.sign_up.member, area=published.area, minutes=counted.minutes
        ),
    }


def _colleague(here: Place):
    person = UserFactory()
    HomeMembershipFactory(person=person, unit=here.unit)
    return person
