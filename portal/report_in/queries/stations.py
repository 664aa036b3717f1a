"""The points of reference a community offers to members away from home."""

from django.db.models import QuerySet

from portal.organisations.models import Area
from portal.report_in.models import Station


def stations_of(area: Area) -> QuerySet[Station]:
    """Return the open stations of ``area``, by name."""
    return Station.objects.filter(area=area, ended_on__isnull=True)
