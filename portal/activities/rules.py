"""Who may do what with activities."""

from typing import TYPE_CHECKING

import rules

from portal.organisations.enums import Role
from portal.organisations.queries import posts_held, reaches_area

if TYPE_CHECKING:
    from portal.activities.models import Activity, SignUp
    from portal.members.models import User

ORGANISING = (Role.ORGANISER,)


@rules.predicate
def is_organiser(person: "User") -> bool:
    return posts_held(person, role=Role.ORGANISER).exists()


@rules.predicate
def organises(person: "User", activity: "Activity | None") -> bool:
    return activity is not None and reaches_area(person, activity.area, roles=ORGANISING)


@rules.predicate
def is_own(person: "User", sign_up: "SignUp | None") -> bool:
    return sign_up is not None and sign_up.member_id == person.pk


rules.add_perm("activities.create_activity", rules.is_active & is_organiser)
rules.add_perm("activities.manage_activity", rules.is_active & organises)
rules.add_perm("activities.sign_up_shift", rules.is_active)
rules.add_perm("activities.answer_sign_up", rules.is_active & is_own)
