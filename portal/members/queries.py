"""Where a person belongs."""

from portal.members.models import User
from portal.organisations.models import Unit


def home_unit(person: User) -> Unit | None:
    """Return the one unit ``person`` belongs to today."""
    return Unit.objects.filter(home_memberships__person=person, home_memberships__ends_on__isnull=True).first()
