"""A supervisor calls a service day; organisers put activities of other days into it."""

from datetime import date

from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log

from portal import states
from portal.activities.models import Activity
from portal.calendars.enums import DAY_TRANSITIONS, DayState
from portal.calendars.errors import (
    DayCalledOffError,
    DayIsPastError,
    DayTakenError,
    NotOnOfferError,
    NotYoursError,
)
from portal.calendars.models import ServiceDay
from portal.calendars.queries.service_days import CALLS, activities_to_add
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import may


@transaction.atomic
def call_day(*, area: Area, by: User, day: date, name: str, text: str = "") -> ServiceDay:
    """Call a service day in ``area``, a city, a district or a street.

    Raises:
        NotYoursError: ``by`` does not call days there, or it has ended this very moment.
        DayIsPastError: the day is over.
        DayTakenError: there is one on that day already.
    """
    area = states.lock(area)
    if area.kind not in CALLS or not area.is_open or not may(by, Action.CALL_SERVICE_DAY, area):
        raise NotYoursError
    called = ServiceDay(area=area, day=day, name=name, text=text)
    _refuse_unfit(called)
    states.move(called, to=DayState.CALLED, by=by, transitions=DAY_TRANSITIONS)
    return called


@transaction.atomic
def edit_day(*, service_day: ServiceDay, by: User, day: date, name: str, text: str) -> ServiceDay:
    """Change what is said of a service day, or put it on another day.

    Raises:
        NotYoursError: ``by`` does not call days there.
        DayCalledOffError: it is called off.
        DayIsPastError: the new day is over.
        DayTakenError: there is one on that day already.
    """
    service_day = _hold(service_day, by)
    is_moved = service_day.day != day
    service_day.day, service_day.name, service_day.text = day, name, text
    if is_moved:
        _refuse_unfit(service_day)
    states.save(service_day, action="edited", by=by)
    return service_day


@transaction.atomic
def call_off_day(*, service_day: ServiceDay, by: User) -> ServiceDay:
    """Call a service day off; the activities stay as they are. Idempotent.

    Raises:
        NotYoursError: ``by`` does not call days there.
    """
    if not may(by, Action.CALL_SERVICE_DAY, service_day.area):
        raise NotYoursError
    service_day = states.lock(service_day, "area")
    if not service_day.is_called_off:
        states.move(service_day, to=DayState.CALLED_OFF, by=by, transitions=DAY_TRANSITIONS)
    return service_day


@transaction.atomic
def add_activity(*, service_day: ServiceDay, activity: Activity, by: User) -> None:
    """Put an activity of another day into a service day. Idempotent.

    Raises:
        NotOnOfferError: it is not published there, or ``by`` does not run it.
        DayCalledOffError: the day is called off.
    """
    service_day = states.lock(service_day, "area")
    if service_day.is_called_off:
        raise DayCalledOffError
    if not activities_to_add(by, service_day).filter(pk=activity.pk).exists():
        raise NotOnOfferError
    if not service_day.added.filter(pk=activity.pk).exists():
        service_day.added.add(activity)
        log(service_day, "calendars.serviceday.added", user=by, data={"activity": activity.code})


@transaction.atomic
def take_out_activity(*, service_day: ServiceDay, activity: Activity, by: User) -> None:
    """Take an activity out again that was put in. Idempotent.

    Raises:
        NotOnOfferError: ``by`` does not run it.
    """
    service_day = states.lock(service_day, "area")
    if not may(by, Action.RUN_ACTIVITIES, activity.area):
        raise NotOnOfferError
    if service_day.added.filter(pk=activity.pk).exists():
        service_day.added.remove(activity)
        log(service_day, "calendars.serviceday.taken_out", user=by, data={"activity": activity.code})


def _hold(service_day: ServiceDay, by: User) -> ServiceDay:
    if not may(by, Action.CALL_SERVICE_DAY, service_day.area):
        raise NotYoursError
    states.lock(service_day.area)
    service_day = states.lock(service_day, "area")
    if service_day.is_called_off:
        raise DayCalledOffError
    return service_day


def _refuse_unfit(called: ServiceDay) -> None:
    if called.day < timezone.localdate():
        raise DayIsPastError
    others = ServiceDay.objects.filter(area=called.area, day=called.day, state=DayState.CALLED).exclude(pk=called.pk)
    if others.exists():
        raise DayTakenError
