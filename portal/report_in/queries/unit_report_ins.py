"""Which unit has reported in where."""

from datetime import date

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area, Unit
from portal.organisations.permissions import in_areas_of, in_units_of, units_for
from portal.organisations.queries import posts_held
from portal.report_in.enums import OPEN_UNITS, PENDING_UNITS, UnitReportInState
from portal.report_in.models import UnitReportIn
from portal.report_in.queries.receipts import PublicReceipt, register_receipts
from portal.report_in.queries.report_ins import overdue_before

UNIT_PREFIX = "DW"


def units_to_report_in(person: User) -> QuerySet[Unit]:
    """Return the units ``person`` is appointed to; a branch is reported in by its unit or by its own contact."""
    posts = posts_held(person).filter(unit__isnull=False).values("unit")
    return units_for(person, Action.REPORT_UNIT_IN).filter(pk__in=posts).order_by("path")


def report_ins_of_units(person: User) -> QuerySet[UnitReportIn]:
    """Return the report-ins of the units ``person`` answers for, newest first."""
    return _rows().filter(in_units_of(person, Action.REPORT_UNIT_IN))


def reviewable_units(person: User) -> QuerySet[UnitReportIn]:
    """Return the units' report-ins that ``person`` may answer, oldest first: their community's, and silent ones."""
    own = in_areas_of(person, Action.REVIEW_UNIT_REPORT_IN)
    above = in_areas_of(person, Action.REVIEW_SILENT_REPORT_IN)
    found = _rows().filter(own | above & Q(escalated_at__isnull=False, state__in=PENDING_UNITS))
    return found.order_by("submitted_at", "pk")


def silent_units(person: User) -> QuerySet[UnitReportIn]:
    """Return those of them that still wait for a community which let the time for its answer pass."""
    return reviewable_units(person).filter(state=UnitReportInState.SUBMITTED, escalated_at__isnull=False)


def unanswered_units(today: date) -> QuerySet[UnitReportIn]:
    """Return what communities have let lie beyond the working days they have, and nobody was told of yet."""
    waiting = UnitReportIn.objects.filter(state=UnitReportInState.SUBMITTED, escalated_at__isnull=True)
    return waiting.filter(submitted_at__lt=overdue_before(today)).select_related("unit").order_by("submitted_at", "pk")


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
