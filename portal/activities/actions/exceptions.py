"""An organiser lets one person in against a rule."""

from django.db import transaction

from portal.activities.actions.audience import declare_of_age
from portal.activities.actions.sign_ups import sign_up
from portal.activities.models import Position, Shift, SignUp
from portal.members.models import User


@transaction.atomic
def make_exception(
    *,
    shift: Shift,
    member: User,
    by: User,
    reason: str,
    position: Position | None = None,
    is_of_age: bool = False,
    guardian_agrees: bool = False,
) -> SignUp:
    """Sign ``member`` up against what may be set aside, with the ``reason``; keep that they said they are of age.

    Raises:
        SignUpError: as for ``sign_up``; nothing is kept then, their word on the age neither.
    """
    if is_of_age:
        declare_of_age(person=member, by=by)
    return sign_up(
        shift=shift,
        member=member,
        by=by,
        position=position,
        override_reason=reason,
        guardian_agrees=guardian_agrees,
    )
