"""Who may enter for others, and who may invite. Whose people they are, the queries of the views decide."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere

if TYPE_CHECKING:
    from portal.members.models import User


@rules.predicate
def enters_for_others(person: "User") -> bool:
    return may_somewhere(person, Action.ENTER_FOR_PERSON)


@rules.predicate
def invites(person: "User") -> bool:
    return may_somewhere(person, Action.INVITE)


rules.add_perm("proxies.enter_for_person", rules.is_active & enters_for_others)
rules.add_perm("proxies.invite", rules.is_active & invites)
