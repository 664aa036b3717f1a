"""Where the halves meet: the public site shows portal facts through what is registered here."""

from collections.abc import Sequence
from datetime import date, datetime

from django.core.cache import cache
from django.db.models import QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.activities.enums import ActivityState
from portal.activities.models import Shift
from portal.activities.queries import with_queue_lengths
from portal.organisations.enums import AreaKind
from portal.organisations.models import Area
from portal.organisations.queries import communities
from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn
from webui.providers import (
    ActivityItem,
    Community,
    CommunityChoice,
    LiveCount,
    register_activities,
    register_communities,
    register_counts,
)

COUNTED_EVERY = 60  # seconds


def register() -> None:
    """Hand the public half its sources of portal facts."""
    register_activities(activities, communities=places)
    register_communities(city_communities)
    register_counts(counts)


def activities(*, community: str | None, after: datetime | None, limit: int | None) -> Sequence[ActivityItem]:
    """Return the shifts of published activities from ``after`` (or now) on, soonest first."""
    shifts = _coming_shifts(after or timezone.now()).select_related("activity__area").order_by("starts_at", "pk")
    if community:
        shifts = shifts.filter(activity__area__code=community)
    return [_item(shift) for shift in with_queue_lengths(shifts)[:limit]]


def places() -> Sequence[CommunityChoice]:
    """Return where something is on."""
    areas = Area.objects.filter(activities__shifts__in=_coming_shifts(timezone.now())).distinct().order_by("path")
    return [CommunityChoice(code, name) for code, name in areas.values_list("code", "name")]


def city_communities() -> Sequence[Community]:
    """Return the communities open today, district by district."""
    districts = dict(Area.objects.filter(kind=AreaKind.DISTRICT).values_list("path", "name"))
    depths = {len(path) for path in districts}
    return [
        Community(code, name, district=next((districts[path[:n]] for n in depths if path[:n] in districts), ""))
        for code, name, path in communities().values_list("code", "name", "path")
    ]


def counts() -> Sequence[LiveCount]:
    """Return how far the city has come: communities, people, hours. Counted anew every minute."""
    today = timezone.localdate()
    counted = cache.get("live_counts")
    if counted is None:
        counted = _counted(today)
        cache.set("live_counts", counted, COUNTED_EVERY)
    number_of_communities, people, minutes = counted
    return [
        LiveCount(number_of_communities, ngettext("个社区", "个社区", number_of_communities)),
        LiveCount(people, ngettext("人已向社区报到", "人已向社区报到", people)),
        LiveCount(minutes // 60, _("小时，今年已服务")),
    ]


def _counted(today: date) -> tuple[int, int, int]:
    residents = MemberReportIn.objects.filter(kind=ReportInKind.RESIDENCE, state=ReportInState.ACCEPTED)
    served = ServiceRecord.objects.filter(state__in=COUNTS, served_on__year=today.year)
    return communities().count(), residents.count(), served.aggregate(total=Sum("minutes", default=0))["total"]


def _coming_shifts(after: datetime) -> QuerySet[Shift]:
    return Shift.objects.filter(starts_at__gte=after, activity__state=ActivityState.PUBLISHED)


def _item(shift: Shift) -> ActivityItem:
    activity = shift.activity
    return ActivityItem(
        title=activity.title,
        url=reverse("activities:detail", args=[activity.code]),
        community=activity.area.name,
        starts_at=timezone.localtime(shift.starts_at),
        ends_at=timezone.localtime(shift.ends_at),
        place=activity.place,
        places_left=shift.places_left,
        places_text=_places_text(shift),
    )


def _places_text(shift: Shift) -> str:
    waiting: int = shift.waiting  # type: ignore[attr-defined]  # annotated by with_queue_lengths
    if waiting:
        return ngettext("已满，%(n)d 人在排队", "已满，%(n)d 人在排队", waiting) % {"n": waiting}
    if shift.places_left > 0:
        return ngettext("还有 %(n)d 个名额", "还有 %(n)d 个名额", shift.places_left) % {"n": shift.places_left}
    return _("已满，可以排队")
