"""A city, district or street becomes another, and its service days follow."""

from datetime import date

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.calendars.enums import DAY_TRANSITIONS, DayState
from portal.calendars.models import ServiceDay
from portal.members.models import User
from portal.organisations.models import Area


@transaction.atomic
def follow(*, before: Area, after: Area, by: User | None) -> int:
    """Move the service days of today and to come from ``before`` to ``after``; return how many. Idempotent.

    Where ``after`` has one on that day already it is one day: what was put into the other is put into it, and the
    other is called off. The caller holds both areas.
    """
    ahead = ServiceDay.objects.filter(state=DayState.CALLED, day__gte=timezone.localdate())
    there = {one.day: one for one in ahead.filter(area=after)}
    found = list(ahead.filter(area=before).select_for_update(no_key=True, of=("self",)).order_by("pk"))
    for service_day in found:
        _follow(service_day, before, after, there, by=by)
    return len(found)


def _follow(
    service_day: ServiceDay, before: Area, after: Area, there: dict[date, ServiceDay], *, by: User | None
) -> None:
    moved = {"from": before.code, "to": after.code}
    if kept := there.get(service_day.day):
        kept.added.add(*service_day.added.all())
        states.move(service_day, to=DayState.CALLED_OFF, by=by, transitions=DAY_TRANSITIONS, data=moved)
        return
    service_day.area = after
    states.save(service_day, action="followed", by=by, data=moved)
