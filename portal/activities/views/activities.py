"""What everyone may see of activities."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.activities import queries
from portal.activities.models import Activity, Shift
from portal.members.models import User
from webui.htmx import HtmxRequest
from webui.pagination import page_of


@require_safe
def activity_list(request: HtmxRequest) -> HttpResponse:
    """Show what is still to come, soonest first."""
    activities = queries.public_activities(starts_after=timezone.now())
    return render(request, "portal/activities/list.html", {"page": page_of(request, activities)})


@require_safe
def detail(request: HtmxRequest, code: str) -> HttpResponse:
    """Show everything people must know, each shift, and what the reader can do about it."""
    person = request.user if isinstance(request.user, User) else None
    activity = get_object_or_404(queries.visible_activities(person), code=code)
    return render(request, "portal/activities/detail.html", {"activity": activity, **_shifts(activity, person)})


def _shifts(activity: Activity, person: User | None) -> dict[str, object]:
    shifts = list(queries.with_queue_lengths(Shift.objects.filter(activity=activity)))
    mine = {one.shift_id: one for one in queries.sign_ups_on(activity, member=person)} if person else {}
    return {
        "rows": [(shift, mine.get(shift.pk)) for shift in shifts],
        "capacity": sum(shift.capacity for shift in shifts),
    }
