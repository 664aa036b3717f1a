"""What the younger rooms of the portal hold, in the first place: entries for others, invitations, moves, posts."""

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

from django.utils import timezone

from portal.members.models import HomeMembership, User
from portal.organisations.enums import PlaceKind
from portal.organisations.models import PlaceImport, Post
from portal.proxies.enums import JoiningState
from portal.proxies.models import Joining
from portal.report_in.models import BulkAnswer, Station
from tests.access.places import Place
from tests.access.roles import Role
from tests.factories.factors import PasskeyFactory
from tests.factories.members import RosterEntryFactory, UnitMoveFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.factories.personal_data import LegalHoldFactory
from tests.factories.proxies import (
    HandOverFactory,
    InvitationCodeFactory,
    InvitationFactory,
    ManagedPersonFactory,
    PaperFormFactory,
    ProxyEntryFactory,
    ResidentVolunteerFactory,
)
from tests.factories.report_in import LeaveFactory, MemberReportInFactory, UnitReportInFactory
from tests.factories.rosters import import_begun


def rooms(here: Place, who: dict[Role, User]) -> SimpleNamespace:
    """Return one of each; what belongs to a person belongs to the member of ``here``, or to a colleague."""
    member, organiser = who[Role.MEMBER], who[Role.ORGANISER]
    return SimpleNamespace(
        passkey=PasskeyFactory(),
        move=UnitMoveFactory(person=member, from_unit=here.unit, to_unit=UnitFactory(area=here.community)),
        membership=HomeMembership.objects.get(person=member),
        accepted=MemberReportInFactory(area=here.community, accepted=True),
        unit_report_in=UnitReportInFactory(unit=here.unit, area=here.community),
        unit_accepted=UnitReportInFactory(unit=UnitFactory(above=here.unit), area=here.community, accepted=True),
        leave=LeaveFactory(person=member),
        station=Station.objects.create(area=here.community, name="流动党员之家", place="一号楼"),
        bulk_answer=BulkAnswer.objects.create(asker=organiser),
        hold=LegalHoldFactory(person=member),
        **_posts(organiser),
        **_lists(here, who),
        **_proxies(here, member, organiser),
    )


def _posts(organiser: User) -> dict[str, Any]:
    post = Post.objects.get(person=organiser)
    week = timezone.localdate() + timedelta(days=7)
    stand_in = PostFactory(area=post.area, person=UserFactory(), delegated_from=post, ends_on=week)
    return {"post": post, "stand_in": stand_in}


def _lists(here: Place, who: dict[Role, User]) -> dict[str, Any]:
    places = PlaceImport.objects.create(
        kind=PlaceKind.AREAS,
        file_name="区域.csv",
        rows=[["编码", "名称"]],
        differences={"new": [], "changed": [], "unchanged": 0, "errors": []},
        made_by=who[Role.ADMINISTRATOR],
    )
    roster = import_begun(unit=here.unit, by=who[Role.CONTACT], content="姓名,手机号\n李雷,13900000001\n".encode())
    return {"place_import": places, "roster_import": roster, "roster_entry": RosterEntryFactory(unit=here.unit)}


def _proxies(here: Place, member: User, organiser: User) -> dict[str, Any]:
    entry = ProxyEntryFactory(
        residency=ResidentVolunteerFactory(person=member, area=here.community), entered_by=organiser
    )
    code = InvitationCodeFactory(invitation=InvitationFactory(area=here.community, issued_by=organiser))
    to_unit = InvitationFactory(to_unit=True, unit=here.unit, issued_by=organiser)
    return {
        "managed": ManagedPersonFactory(area=here.community, taken_up_by=organiser).person,
        "entry": entry,
        "hand_over": HandOverFactory(area=here.community, asked_by=organiser, phone=member.phone),
        "paper": PaperFormFactory(area=here.community, issued_by=organiser),
        "invitation": code.invitation,
        "unit_invitation": to_unit,
        "joining": Joining.objects.create(
            code=InvitationCodeFactory(invitation=to_unit), person=UserFactory(), state=JoiningState.WAITING
        ),
    }
