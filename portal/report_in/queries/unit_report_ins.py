"""Which unit has reported in where."""

from django.db.models import QuerySet
from django.utils import timezone

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area, Unit
from portal.organisations.permissions import in_areas_of, in_units_of, units_for
from portal.organisations.queries import posts_held
from portal.report_in.enums import OPEN_UNITS, UnitReportInState
from portal.report_in.models import UnitReportIn
from portal.report_in.queries.receipts import PublicReceipt, register_receipts

UNIT_PREFIX = "DW"


def units_to_report_in(person: User) -> QuerySet[Unit]:
    """Return the units ``person`` is appointed to; a branch is reported in by its unit or by its own contact."""
    posts = posts_held(person).filter(unit__isnull=False).values("unit")
    return units_for(person, Action.REPORT_UNIT_IN).filter(pk__in=posts).order_by("path")


def report_ins_of_units(person: User) -> QuerySet[UnitReportIn]:
    """Return the report-ins of the units ``person`` answers for, newest first."""
    return _rows().filter(in_units_of(person, Action.REPORT_UNIT_IN))


def reviewable_units(person: User) -> QuerySet[UnitReportIn]:
    """Return the units' report-ins that reach ``person`` as organiser, oldest first."""
    return _rows().filter(in_areas_of(person, Action.REVIEW_UNIT_REPORT_IN)).order_by("submitted_at", "pk")


def units_reported_in(area: Area) -> QuerySet[UnitReportIn]:
    """Return the report-ins of units that stand in ``area``, by the unit's name."""
    return _rows().filter(area=area, state=UnitReportInState.ACCEPTED).order_by("unit__name", "pk")


def open_areas_of(unit: Unit) -> QuerySet[Area]:
    """Return the communities in which ``unit`` has a report-in that waits or stands."""
    return Area.objects.filter(unit_report_ins__unit=unit, unit_report_ins__state__in=OPEN_UNITS)


def _rows() -> QuerySet[UnitReportIn]:
    return UnitReportIn.objects.select_related("unit", "area")


def _of_unit(number: str) -> PublicReceipt | None:
    found = _rows().filter(number=number).first()
    if found is None:
        return None
    return PublicReceipt(
        number=number,
        state="valid" if found.state == UnitReportInState.ACCEPTED else "ended",
        name=found.unit.name,
        kind=str(UnitReportIn._meta.verbose_name),
        place=found.area.name,
        since=timezone.localdate(found.decided_at) if found.decided_at else None,
        until=found.ended_on,
    )


register_receipts(UNIT_PREFIX, _of_unit)
