"""The grids of a community, for those who report in there."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.organisations.enums import AreaKind
from portal.organisations.models import Area
from portal.organisations.queries import within


def grids_of(area: Area) -> QuerySet[Area]:
    """Return the open grids of the community ``area``, in their order."""
    is_open = Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate())
    return Area.objects.filter(is_open, within([area.path]), kind=AreaKind.GRID).order_by("path")
