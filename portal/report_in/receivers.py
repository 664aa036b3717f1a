"""Report-ins and what goes with them follow their community, in the same transaction."""

from datetime import date
from typing import Any

from django.dispatch import receiver

from portal.members.models import User
from portal.notices.models import Delivery
from portal.notices.signals import delivery_given_up
from portal.organisations.models import Area
from portal.organisations.signals import area_ending, area_merged, area_split
from portal.report_in.actions.following import follow, leave_grid, refuse_while_reported_in
from portal.report_in.actions.gaps import free_reminder
from portal.report_in.actions.leaves import follow_requests
from portal.report_in.actions.stations import follow_stations
from portal.report_in.actions.unit_report_ins import follow_units


@receiver([area_merged, area_split], dispatch_uid="report_in.follow_area")
def follow_area(sender: type[Area], *, before: Area, after: Area, on: date, by: User | None, **kwargs: Any) -> None:
    follow_stations(before=before, after=after, by=by)
    follow(before=before, after=after, on=on, by=by)
    follow_units(before=before, after=after, on=on, by=by)
    follow_requests(before=before, after=after, by=by)


@receiver(area_ending, dispatch_uid="report_in.keep_area")
def keep_area(sender: type[Area], *, area: Area, **kwargs: Any) -> None:
    refuse_while_reported_in(area=area)
    leave_grid(grid=area)


@receiver(delivery_given_up, dispatch_uid="report_in.free_reminder")
def free_again(sender: type[Delivery], *, delivery: Delivery, **kwargs: Any) -> None:
    free_reminder(once=delivery.once)
