"""Report-ins and what goes with them follow their community, in the same transaction."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.models import Delivery
from portal.notices.signals import delivery_given_up
from portal.organisations.models import Area, Unit
from portal.organisations.signals import (
    Concerned,
    area_concerned,
    area_ending,
    area_merged,
    area_split,
    unit_concerned,
    unit_end_asked,
    unit_ending,
)
from portal.report_in.actions.following import follow, leave_grid, refuse_while_reported_in
from portal.report_in.actions.gaps import free_reminder
from portal.report_in.actions.leaves import follow_requests, release_requests
from portal.report_in.actions.stations import follow_stations
from portal.report_in.actions.unit_report_ins import end_with_unit, follow_units
from portal.report_in.queries.concerned import concerned_in
from portal.report_in.queries.leaves import waiting_for
from portal.report_in.queries.unit_report_ins import open_areas_of


@receiver(area_concerned, dispatch_uid="report_in.concerned")
def say_who_is_here(sender: type[Area], *, areas: list[Area], **kwargs: Any) -> Concerned:
    return concerned_in(areas)


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


@receiver(unit_concerned, dispatch_uid="report_in.people_who_wait")
def say_who_waits(sender: type[Unit], *, unit: Unit, **kwargs: Any) -> Concerned:
    return Concerned(people=[waiting_for(unit).values("person")])


@receiver(unit_ending, dispatch_uid="report_in.end_with_unit")
def let_unit_go(sender: type[Unit], *, unit: Unit, on: date, by: User | None, **kwargs: Any) -> None:
    end_with_unit(unit=unit, on=on, by=by)
    release_requests(unit=unit, on=on, by=by)


@receiver(unit_end_asked, dispatch_uid="report_in.foretell")
def foretell(sender: type[Unit], *, unit: Unit, **kwargs: Any) -> list[str]:
    areas, leaves = open_areas_of(unit).count(), waiting_for(unit).count()
    said = []
    if areas:
        said.append(_("在 %(number)d 个社区的单位报到结束，社区会收到消息。") % {"number": areas})
    if leaves:
        said.append(_("%(number)d 份等答复的请假不再由单位答复，本人会收到消息。") % {"number": leaves})
    return said


@receiver(delivery_given_up, dispatch_uid="report_in.free_reminder")
def free_again(sender: type[Delivery], *, delivery: Delivery, **kwargs: Any) -> None:
    free_reminder(once=delivery.once)
