"""How the end of a membership is taken back."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members import queries
from portal.members.models import HomeMembership, User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.states import lock, save


@transaction.atomic
def resume_membership(*, membership: HomeMembership, by: User | None) -> bool:
    """Take back the end of ``membership``, unless its person has another home, or the unit ended; return if it is open.

    Locks the person.
    """
    person = lock(membership.person)
    membership = lock(membership, "unit")
    if membership.ends_on is None:
        return True
    if membership.unit.ends_on or queries.home_unit(person):
        return False
    membership.ends_on, membership.ending = None, ""
    save(membership, action="resumed", by=by)
    tell(
        recipient=person,
        kind=MessageKind.UNIT,
        title=_("您又在%(unit)s的名册上了。") % {"unit": membership.unit},
        body=_("单位联络员撤销了对名册的改动，您的所属单位和以前一样。"),
        url=reverse("members:units"),
    )
    return True
