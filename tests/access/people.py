"""One person for each role."""

from django.contrib.auth.models import Group

from portal.members.models import User
from portal.organisations.enums import Role as Duty
from tests.access.places import Place
from tests.access.roles import Role
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.report_in import MemberReportInFactory


def people(here: Place, there: Place) -> dict[Role, User]:
    """Return one new person for each role but the anonymous one."""
    return {
        Role.RESIDENT: UserFactory(name="居民"),
        Role.MEMBER: _member(here),
        Role.OTHER_MEMBER: _member(there),
        **_holders(here, Role.ORGANISER, Role.CONTACT, Role.SUPERVISOR, Role.ADMINISTRATOR),
        **_holders(there, Role.OTHER_ORGANISER, Role.OTHER_CONTACT, Role.OTHER_SUPERVISOR, Role.OTHER_ADMINISTRATOR),
        Role.GRID_WORKER: PostFactory(person__name="网格员", role=Duty.GRID_WORKER, area=here.grid).person,
        Role.COMMITTEE_MEMBER: PostFactory(
            person__name="兼职委员", role=Duty.COMMITTEE_MEMBER, area=here.community
        ).person,
        Role.EDITOR: _at_desk("编辑"),
        Role.REVIEWER: _at_desk("审核"),
        Role.SUPERUSER: UserFactory(name="网站管理员", is_superuser=True),
    }


def _member(place: Place) -> User:
    person: User = UserFactory(name="成员")
    HomeMembershipFactory(person=person, unit=place.unit)
    MemberReportInFactory(person=person, area=place.community, accepted=True)
    return person


def _holders(place: Place, organiser: Role, contact: Role, supervisor: Role, administrator: Role) -> dict[Role, User]:
    holders: dict[Role, User] = {
        role: UserFactory(name=str(role)) for role in (organiser, contact, supervisor, administrator)
    }
    PostFactory(person=holders[organiser], area=place.community)
    PostFactory(person=holders[contact], unit_contact=True, unit=place.unit)
    PostFactory(person=holders[supervisor], supervisor=True, area=place.street)
    PostFactory(person=holders[administrator], role=Duty.ADMINISTRATOR, area=place.city)
    PostFactory(person=holders[administrator], role=Duty.ADMINISTRATOR, area=None, unit=place.unit)
    return holders


def _at_desk(group: str) -> User:
    user: User = UserFactory(name=group)
    user.groups.add(Group.objects.get(name=group))
    return user
