"""Of whom this room keeps something open in areas that are about to become others."""

from collections.abc import Collection

from django.db.models import Q

from portal.organisations.models import Area
from portal.organisations.signals import Concerned
from portal.report_in.enums import OPEN, OPEN_UNITS, LeaveState
from portal.report_in.models import Leave, MemberReportIn, UnitReportIn


def concerned_in(areas: Collection[Area]) -> Concerned:
    """Return whose report-in waits or stands in ``areas``, who asks for leave there, and which units are in."""
    report_ins = MemberReportIn.objects.filter(Q(area__in=areas) | Q(grid__in=areas), state__in=OPEN)
    leaves = Leave.objects.filter(area__in=areas, state=LeaveState.REQUESTED)
    units = UnitReportIn.objects.filter(area__in=areas, state__in=OPEN_UNITS)
    return Concerned(
        people=[rows.order_by().values("person") for rows in (report_ins, leaves)],
        units=[units.order_by().values("unit")],
    )
