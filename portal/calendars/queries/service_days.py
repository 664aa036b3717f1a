"""Which service days there are, and what is on on one of them."""

from datetime import datetime, time, timedelta

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.activities.enums import ActivityState, ShiftState
from portal.activities.models import Activity, Shift
from portal.activities.queries import organised_activities, with_queue_lengths
from portal.activities.queries.audience import for_everyone
from portal.calendars.enums import DayState
from portal.calendars.models import ServiceDay
from portal.members.models import User
from portal.organisations.enums import Action, AreaKind
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import within
from webui.providers import ActivityItem, ServiceDayItem, ServiceDayRow

CALLS = (AreaKind.CITY, AreaKind.DISTRICT, AreaKind.STREET)
MOST = 1000


def coming_days() -> QuerySet[ServiceDay]:
    """Return the service days of today and to come, soonest first."""
    return _days().filter(day__gte=timezone.localdate()).order_by("day", "pk")


def past_days() -> QuerySet[ServiceDay]:
    return _days().filter(day__lt=timezone.localdate()).order_by("-day", "-pk")


def on_the_day(day: ServiceDay) -> QuerySet[Shift]:
    """Return the published shifts of that day in its area, and those of activities that were added."""
    begins = timezone.make_aware(datetime.combine(day.day, time.min))
    by_date = Q(starts_at__gte=begins, starts_at__lt=begins + timedelta(days=1))
    shifts = Shift.objects.filter(
        for_everyone("activity__"),  # what is for named people is never public
        within([day.area.path], field="activity__area__path"),
        activity__state=ActivityState.PUBLISHED,
        state=ShiftState.PLANNED,
    )
    found = shifts.filter(by_date | Q(activity__in=day.added.values("pk")))
    return (
        with_queue_lengths(found).select_related("activity__area").order_by("activity__area__path", "starts_at", "pk")
    )


def rows_of(day: ServiceDay) -> list[ServiceDayRow]:
    """Return what is on on ``day``, district by district, in two queries."""
    districts = dict(Area.objects.filter(kind=AreaKind.DISTRICT).values_list("path", "name"))
    return [
        ServiceDayRow(_above(shift.activity.area.path, districts), _item(shift)) for shift in on_the_day(day)[:MOST]
    ]


def as_item(day: ServiceDay) -> ServiceDayItem:
    return ServiceDayItem(day.pk, day.name, day.day, day.area.name, day.text)


def areas_to_call_in(person: User) -> QuerySet[Area]:
    """Return the city, districts and streets where ``person`` may call a service day."""
    reached = areas_for(person, Action.CALL_SERVICE_DAY)
    return reached.filter(kind__in=CALLS, ends_on__isnull=True).order_by("path")


def activities_to_add(person: User, day: ServiceDay) -> QuerySet[Activity]:
    """Return the published activities ``person`` organises there that may be put into ``day``."""
    ours = organised_activities(person).filter(
        for_everyone(), within([day.area.path], field="area__path"), state=ActivityState.PUBLISHED
    )
    return ours.filter(shifts__ends_at__gt=timezone.now(), shifts__state=ShiftState.PLANNED).distinct()


def _days() -> QuerySet[ServiceDay]:
    return ServiceDay.objects.filter(state=DayState.CALLED).select_related("area")


def _above(path: str, districts: dict[str, str]) -> str:
    return next((districts[path[:end]] for end in range(len(path)) if path[:end] in districts), "")


def _item(shift: Shift) -> ActivityItem:
    activity = shift.activity
    return ActivityItem(
        title=f"{activity.title} · {shift.name}" if shift.name else activity.title,
        url=reverse("activities:detail", args=[activity.code]),
        community=activity.area.name,
        starts_at=timezone.localtime(shift.starts_at),
        ends_at=timezone.localtime(shift.ends_at),
        place=activity.place,
        places_left=shift.places_left,
        places_text=_places_text(shift.places_left),
        uid=f"{activity.code}-{shift.pk}",
        community_code=activity.area.code,
    )


def _places_text(left: int) -> str:
    return ngettext("还有 %(n)d 个名额", "还有 %(n)d 个名额", left) % {"n": left} if left > 0 else _("已满，可以排队")
