"""Who may do what with activities. Whose activities and sign-ups they are, the queries of the views decide."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere

if TYPE_CHECKING:
    from portal.members.models import User


@rules.predicate
def is_organiser(person: "User") -> bool:
    return may_somewhere(person, Action.RUN_ACTIVITIES)


rules.add_perm("activities.create_activity", rules.is_active & is_organiser)
rules.add_perm("activities.sign_up", rules.is_active)
