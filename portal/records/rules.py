"""Who may confirm and reverse service records."""

from typing import TYPE_CHECKING

import rules

from portal.activities.rules import ORGANISING, is_organiser
from portal.organisations.queries import reaches_area

if TYPE_CHECKING:
    from portal.members.models import User
    from portal.records.models import ServiceRecord


@rules.predicate
def answers_for(person: "User", record: "ServiceRecord | None") -> bool:
    return record is not None and reaches_area(person, record.area, roles=ORGANISING)


rules.add_perm("records.confirm_records", rules.is_active & is_organiser)
rules.add_perm("records.reverse_record", rules.is_active & answers_for)
