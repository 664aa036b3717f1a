"""Who may confirm service records. Which ones, the queries of the views decide."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere

if TYPE_CHECKING:
    from portal.members.models import User


@rules.predicate
def is_confirmer(person: "User") -> bool:
    return may_somewhere(person, Action.CONFIRM_RECORDS)


rules.add_perm("records.confirm_records", rules.is_active & is_confirmer)
