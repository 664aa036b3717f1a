import datetime as dt
from collections.abc import Collection, Iterator

from django.conf import settings
from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils import timezone

from portal.activities.models import Activity, Shift
from portal.activities.queries import public_activities
from search.documents.base import Document, activity_key, day_of, facets, joined
from search.enums import Kind


def activity_documents(pks: Collection[int] | None = None) -> Iterator[Document]:
    """Return the documents of the activities that are public and not over, among ``pks`` or among all."""
    to_come = Shift.objects.filter(activity=OuterRef("pk"), ends_at__gt=timezone.now())
    activities = public_activities().filter(Exists(to_come))
    if pks is not None:
        activities = activities.filter(pk__in=pks)
    for activity in activities.iterator(chunk_size=200):
        yield _document(activity)


def _document(activity: Activity) -> Document:
    # Who to call is on the page. A person's name and number do not belong in an index.
    shifts = list(activity.shifts.all())
    return Document(
        key=activity_key(activity.pk),
        kind=Kind.ACTIVITY,
        locale=settings.LANGUAGE_CODE,
        title=joined(activity.title),
        url=reverse("activities:detail", args=[activity.code]),
        summary=joined(activity.summary),
        body=joined(
            activity.area.name, activity.place, activity.content, activity.conditions, *(shift.name for shift in shifts)
        ),
        facets=facets(area=activity.area.code),
        date=day_of(_next_start(shifts)),
    )


def _next_start(shifts: list[Shift]) -> dt.datetime | None:
    """Return when the next shift starts, in local time; during the last one, when that one started."""
    starts = sorted(shift.starts_at for shift in shifts)
    ahead = [start for start in starts if start >= timezone.now()]
    return timezone.localtime((ahead or starts[-1:])[0]) if starts else None
