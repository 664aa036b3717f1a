"""What a person is, besides a member."""

from dataclasses import dataclass

from portal.members.models import User
from portal.organisations.enums import Action, Role
from portal.organisations.permissions import GRANTS
from portal.organisations.queries import roles_held

DESK_PERMISSION = "wagtailadmin.access_admin"


@dataclass(frozen=True)
class Duties:
    """The roles a person holds today."""

    organises: bool = False
    is_contact: bool = False
    supervises: bool = False
    edits: bool = False
    holds_post: bool = False
    manages_places: bool = False

    @property
    def receives_reports(self) -> bool:
        return self.organises or self.is_contact

    def __bool__(self) -> bool:
        return self.organises or self.is_contact or self.supervises or self.edits or self.manages_places


def duties_of(person: User) -> Duties:
    roles = roles_held(person)
    return Duties(
        organises=Role.ORGANISER in roles,
        is_contact=Role.UNIT_CONTACT in roles,
        supervises=Role.SUPERVISOR in roles,
        edits=person.has_perm(DESK_PERMISSION),
        holds_post=bool(roles),
        manages_places=bool(roles & GRANTS[Action.MANAGE_AREAS]),
    )
