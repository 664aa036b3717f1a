"""What surrounds activities, in the first place: series, covers, check-in, records, teams, service days, mailings."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from portal.activities.enums import AttendanceState, CoverKind, CoverState, Frequency, Training
from portal.activities.models import (
    Activity,
    ActivityTemplate,
    CoverAsk,
    CoverRequest,
    Draw,
    GroupPlaces,
    MaterialChange,
    Qualification,
    Series,
)
from portal.members.models import User
from portal.notices.enums import MailingState
from portal.notices.models import Mailing
from tests.access.places import Place
from tests.access.roles import Role
from tests.factories import activities as make
from tests.factories.calendars import CalendarAddressFactory, ServiceDayFactory
from tests.factories.check_in import CheckInEventFactory, SheetFactory
from tests.factories.records import (
    HintFactory,
    ObjectionFactory,
    OwnServiceFactory,
    OwnServiceRecordFactory,
)
from tests.factories.teams import TeamFactory, TeamMembershipFactory

SECRET = "calendar-of-the-member"


def programme(here: Place, who: dict[Role, User], published: Activity) -> SimpleNamespace:
    """Return one of each; what belongs to a person belongs to the member of ``here``."""
    member, organiser = who[Role.MEMBER], who[Role.ORGANISER]
    return SimpleNamespace(
        mailing=Mailing.objects.create(
            sender=organiser, audience="community", target=here.community.code, title="通知", state=MailingState.SENT
        ),
        service_day=ServiceDayFactory(area=here.city),
        address=CalendarAddressFactory(person=member, secret=SECRET),
        secret=SECRET,
        **_repeated(here, organiser, published),
        **_asked(here, who, published),
        **_on_the_day(here, member),
        **_records(here, member),
        **_teams(here, member),
    )


def _repeated(here: Place, organiser: User, published: Activity) -> dict[str, Any]:
    today = timezone.localdate()
    series = Series.objects.create(
        area=here.community,
        title="每周清扫",
        first_on=today,
        frequency=Frequency.WEEKLY,
        count=2,
        created_by=organiser,
    )
    one = make.ActivityFactory(
        area=here.community, draft=True, series=series, series_on=today + timedelta(days=2), created_by=organiser
    )
    make.ShiftFactory(activity=one)
    return {
        "series": series,
        "template": ActivityTemplate.objects.create(
            area=here.community, name="清扫", contents={"title": "清扫"}, created_by=organiser
        ),
        "draw": Draw.objects.create(activity=published, seed="1" * 64, commitment="2" * 64),
    }


def _asked(here: Place, who: dict[Role, User], published: Activity) -> dict[str, Any]:
    """Return what waits for an answer: a change, two covers, places held for a unit."""
    member, organiser, soon = who[Role.MEMBER], who[Role.ORGANISER], timezone.now() + timedelta(days=1)
    change = MaterialChange.objects.create(activity=published, items=[], reconfirm_by=soon, made_by=organiser)
    shift = make.ShiftFactory(activity=published, starts_at=timezone.now() + timedelta(days=6))
    position = make.PositionFactory(shift__activity=published)
    others = make.SignUpFactory(shift=shift)
    own = make.SignUpFactory(shift=shift, member=member, change=change, reconfirm_by=soon)
    covers = {"sign_up": others, "kind": CoverKind.STAND_IN, "state": CoverState.OPEN}
    asked = CoverRequest.objects.create(**covers)
    CoverAsk.objects.create(request=asked, member=member)
    return {
        "change": change,
        "position": position,
        "asked_again": own,
        "cover_asked": asked,
        "cover_own": CoverRequest.objects.create(**covers | {"sign_up": own}),
        "group": GroupPlaces.objects.create(
            shift=shift, unit=here.unit, held=2, name_until=soon, held_by=who[Role.CONTACT]
        ),
        "qualification": Qualification.objects.create(
            holder=member, training=Training.FIRST_AID, area=here.community, granted_by=organiser
        ),
    }


def _on_the_day(here: Place, member: User) -> dict[str, Any]:
    """Return a shift that is on, with what is found at its place, and one that is over."""
    activity, over = make.ActivityFactory(area=here.community), make.ActivityFactory(area=here.community)
    begun = make.ShiftFactory(activity=activity, begun=True)
    arrived = make.SignUpFactory(shift=begun, member=member)
    now = {"state": AttendanceState.ARRIVED, "minutes": None, "arrived_at": timezone.now()}
    make.AttendanceFactory(sign_up=arrived, **now)
    missed = make.SignUpFactory(shift=make.ShiftFactory(activity=over, past=True), member=member)
    return {
        "begun": begun,
        "over": over,
        "arrived": arrived,
        "missed": make.AttendanceFactory(sign_up=missed, state=AttendanceState.ABSENT, minutes=None),
        "sheet": SheetFactory(shift=begun),
        "conflict": CheckInEventFactory(sign_up=make.SignUpFactory(shift=begun)),
    }


def _records(here: Place, member: User) -> dict[str, Any]:
    own, record = {"member": member, "area": here.community}, {"own_service__area": here.community}
    return {
        "hint": HintFactory(area=here.community),
        "own_draft": OwnServiceFactory(draft=True, **own),
        "own_sent": OwnServiceFactory(**own),
        "announced": OwnServiceRecordFactory(**record),
        "objection": ObjectionFactory(
            objector=member, record=OwnServiceRecordFactory(paused_on=timezone.localdate(), **record)
        ),
    }


def _teams(here: Place, member: User) -> dict[str, Any]:
    team = TeamFactory(area=here.community, on_request=True)
    return {
        "team": team,
        "membership": TeamMembershipFactory(team=team, person=member),
        "request": TeamMembershipFactory(team=team, requested=True),
        "invitation": TeamMembershipFactory(team=TeamFactory(area=here.community), person=member, invited=True),
    }
