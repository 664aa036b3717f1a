"""Who may do what with activities. Whose activities and sign-ups they are, the queries of the views decide."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Role
from portal.organisations.queries import posts_held

if TYPE_CHECKING:
    from portal.members.models import User

ORGANISING = (Role.ORGANISER,)


@rules.predicate
def is_organiser(person: "User") -> bool:
    return posts_held(person, role=Role.ORGANISER).exists()


rules.add_perm("activities.create_activity", rules.is_active & is_organiser)
rules.add_perm("activities.sign_up", rules.is_active)
