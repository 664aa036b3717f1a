"""The sums a member's page shows, recomputed from the rows each time."""

from typing import TYPE_CHECKING, NamedTuple

from django.db.models import Q, QuerySet, Sum

from portal.organisations.models import Area
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord

if TYPE_CHECKING:
    from portal.members.models import User


class Totals(NamedTuple):
    """Minutes; nothing is rounded."""

    posted: int
    announced: int

    @property
    def counted(self) -> int:
        return self.posted + self.announced


def totals_of(records: QuerySet[ServiceRecord]) -> Totals:
    sums = records.order_by().aggregate(
        posted=Sum("minutes", filter=Q(state=RecordState.POSTED), default=0),
        announced=Sum("minutes", filter=Q(state=RecordState.CONFIRMED), default=0),
    )
    return Totals(**sums)


def areas_served_by(member: "User") -> QuerySet[Area]:
    """Return the communities ``member`` has records of."""
    return Area.objects.filter(pk__in=ServiceRecord.objects.filter(member=member).values("area")).order_by("path")
