"""What stands on the sign somebody prints for their own door; read anew at each printing, kept nowhere."""

from dataclasses import dataclass

from portal.members.enums import ShownAt
from portal.members.models import User
from portal.members.queries import shown_units
from portal.organisations.models import Area, Unit
from portal.report_in.queries.report_ins import home_community


@dataclass(frozen=True)
class DoorSign:
    """The community that received the person, and today's unit where they let it be named at the door.

    Never a name, a phone or a membership of a party: whoever passes by reads the sign.
    """

    community: Area
    unit: Unit | None


def door_sign_of(person: User) -> DoorSign | None:
    """Return the sign of ``person``, or nothing while no community has received them as a resident; three queries."""
    community = home_community(person)
    return DoorSign(community, shown_units([person], at=ShownAt.DOOR).get(person.pk)) if community else None
