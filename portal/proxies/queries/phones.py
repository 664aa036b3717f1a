"""Whose telephone stands on a person's pages."""

from portal.members.models import User
from portal.organisations.models import Area
from portal.proxies.queries.people import open_residency
from portal.report_in.queries import home_community


def helping_community(person: User) -> Area | None:
    """Return the community that has received ``person`` and has a telephone, to be shown as the one that helps."""
    area = home_community(person)
    if area is None:
        residency = open_residency(person)
        area = residency.area if residency else None
    return area if area and area.phone else None
