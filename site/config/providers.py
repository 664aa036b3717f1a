"""Where the halves meet: the public site shows portal facts through what is registered here."""

from collections.abc import Sequence
from datetime import date

from django.core.cache import cache
from django.db.models import Count, F, Q, QuerySet, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.activities.enums import ActivityState, ShiftState
from portal.activities.models import Activity, Shift
from portal.activities.queries import with_queue_lengths
from portal.activities.queries.audience import for_everyone
from portal.calendars.queries import as_item, coming_days, rows_of
from portal.members.actions import warn_of_new_keys
from portal.notices.actions import tell
from portal.organisations import queries as organisations
from portal.organisations.enums import AreaKind
from portal.organisations.models import Area
from portal.organisations.queries import communities, within
from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn
from website.imports.stories import draft_story_page
from webui.providers import (
    ActivityItem,
    ActivityPlace,
    ActivityQuestion,
    Community,
    LiveCount,
    ServiceDayItem,
    ServiceDayRow,
    register_activities,
    register_communities,
    register_counts,
    register_key_warner,
    register_messenger,
    register_service_days,
    register_story_desk,
)

COUNTED_EVERY = 60  # seconds


def register() -> None:
    """Hand the public half its sources of portal facts."""
    register_activities(activities, places=activity_places)
    register_communities(city_communities, merged=merged_communities)
    register_counts(counts)
    register_service_days(service_days, rows=service_day_rows)
    register_story_desk(draft_story_page)
    register_messenger(tell)
    register_key_warner(warn_of_new_keys)


def activities(
    question: ActivityQuestion, *, offset: int = 0, limit: int | None = None, newest_first: bool = False
) -> Sequence[ActivityItem]:
    """Return the shifts of public activities that answer ``question``, soonest first or last published first."""
    order = ("-activity__published_at", "starts_at", "pk") if newest_first else ("starts_at", "pk")
    shifts = with_queue_lengths(_shifts(question).select_related("activity__area").order_by(*order))
    end = None if limit is None else offset + limit
    return [_item(shift) for shift in shifts[offset:end]]


def activity_places(question: ActivityQuestion) -> Sequence[ActivityPlace]:
    """Return the communities where the activities that answer ``question`` are, district by district."""
    districts = _districts()
    found = _shifts(question).values_list("activity__area__code", "activity__area__name", "activity__area__path")
    return [
        ActivityPlace(code, name, *_above(path, districts), number)
        for code, name, path, number in found.annotate(number=Count("pk")).order_by("activity__area__path")
    ]


def city_communities() -> Sequence[Community]:
    """Return the communities open today, district by district, in one query."""
    shown = Q(kind=AreaKind.DISTRICT) | Q(pk__in=communities().order_by().values("pk"))
    rows = list(Area.objects.filter(shown).order_by("path").values_list("kind", "code", "name", "path"))
    districts = {path: (code, name) for kind, code, name, path in rows if kind == AreaKind.DISTRICT}
    return [
        Community(code, name, district=_above(path, districts)[1])
        for kind, code, name, path in rows
        if kind == AreaKind.COMMUNITY
    ]


def merged_communities() -> dict[str, Community]:
    """Return what stands in the place of each community that was merged, by the old code; without its district."""
    return {code: Community(area.code, area.name, "") for code, area in organisations.merged_communities().items()}


def service_days() -> Sequence[ServiceDayItem]:
    """Return the service days of today and to come, soonest first."""
    return [as_item(day) for day in coming_days()]


def service_day_rows(key: int) -> Sequence[ServiceDayRow]:
    """Return what is on on one of them, district by district."""
    day = coming_days().filter(pk=key).first()
    return rows_of(day) if day else []


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


def _districts() -> dict[str, tuple[str, str]]:
    """Return the code and name of each district by its path."""
    rows = Area.objects.filter(kind=AreaKind.DISTRICT).values_list("path", "code", "name")
    return {path: (code, name) for path, code, name in rows}


def _above(path: str, districts: dict[str, tuple[str, str]]) -> tuple[str, str]:
    """Return the code and name of the district that ``path`` lies in."""
    return next((districts[path[:end]] for end in range(len(path)) if path[:end] in districts), ("", ""))


def _shifts(question: ActivityQuestion) -> QuerySet[Shift]:
    bounds = {
        "activity__area__code": question.community,
        "starts_at__gte": question.starts_from,
        "starts_at__lt": question.starts_before,
        "ends_at__gt": question.ends_after,
    }
    shifts = Shift.objects.filter(_is_public(question), **{name: value for name, value in bounds.items() if value})
    if question.district:
        district = Area.objects.filter(code=question.district, kind=AreaKind.DISTRICT).first()
        shifts = shifts.filter(within([district.path], field="activity__area__path")) if district else shifts.none()
    return shifts.filter(places_taken__lt=F("capacity")) if question.has_places else shifts


def _is_public(question: ActivityQuestion) -> Q:
    everyone = for_everyone("activity__")  # what is for named people is never public
    on = Q(activity__state=ActivityState.PUBLISHED, state=ShiftState.PLANNED)
    if not question.with_cancelled or question.has_places:
        return everyone & on
    # What was called off after it was made known, by itself or with its activity while it was still to come.
    off = Q(state=ShiftState.CALLED_OFF) | Q(starts_at__gte=F("activity__cancelled_at"))
    return everyone & (on | (off & Q(activity__published_at__isnull=False)))


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
        places_text=_places_text(shift),
        uid=f"{activity.code}-{shift.pk}",
        community_code=activity.area.code,
        summary=activity.summary,
        is_cancelled=activity.is_cancelled or shift.is_called_off,
        published_at=activity.published_at,
        updated_at=activity.updated_at,
        revision=_revision(activity),
    )


def _revision(activity: Activity) -> int:
    """Return the seconds from its publishing to its last change: it only grows, and fits a calendar's SEQUENCE."""
    if activity.published_at is None:
        return 0
    return max(0, int((activity.updated_at - activity.published_at).total_seconds()))


def _places_text(shift: Shift) -> str:
    waiting: int = shift.waiting  # type: ignore[attr-defined]  # annotated by with_queue_lengths
    if waiting:
        return ngettext("已满，%(n)d 人在排队", "已满，%(n)d 人在排队", waiting) % {"n": waiting}
    if shift.places_left > 0:
        return ngettext("还有 %(n)d 个名额", "还有 %(n)d 个名额", shift.places_left) % {"n": shift.places_left}
    return _("已满，可以排队")
