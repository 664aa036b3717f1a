"""What everyone may see of activities."""

from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.templatetags.static import static
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.activities import queries
from portal.activities.models import Activity
from portal.activities.queries import audience
from portal.activities.structured import events
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere
from webui.htmx import HtmxRequest
from webui.pagination import page_of


@require_safe
def activity_list(request: HtmxRequest) -> HttpResponse:
    """Show what is still to come, soonest first."""
    reader = request.user if isinstance(request.user, User) else None
    activities = queries.public_activities(starts_after=timezone.now(), reader=reader)
    return render(request, "portal/activities/list.html", {"page": page_of(request, activities)})


@require_safe
def first_time(request: HtmxRequest) -> HttpResponse:
    """Tell somebody who comes for the first time what to expect."""
    return render(request, "portal/activities/first_time.html")


@require_safe
def detail(request: HtmxRequest, code: str) -> HttpResponse:
    """Show everything people must know, each shift, and what the reader can do about it."""
    person = request.user if isinstance(request.user, User) else None
    return detail_page(request, get_object_or_404(queries.visible_activities(person), code=code))


def detail_page(request: HtmxRequest, activity: Activity, *, refused: int = 0, refusal: str = "") -> HttpResponse:
    """Render the page of ``activity``; a ``refusal`` stands beside the shift with the key ``refused``."""
    person = request.user if isinstance(request.user, User) else None
    shown = _shifts(activity, person)
    context = {
        "activity": activity,
        **shown,
        **_sharing(activity, shown),
        "refused": refused,
        "refusal": refusal,
        "typed": request.POST,
        "may_hold": person is not None and may_somewhere(person, Action.HOLD_GROUP_PLACES),
        "companion_numbers": range(1, activity.companions_limit + 1),
    }
    return render(request, "portal/activities/detail.html", context, status=422 if refusal else 200)


def _sharing(activity: Activity, shown: dict[str, Any]) -> dict[str, Any]:
    """Return what a share card and machines are told of the page."""
    address = urljoin(settings.BASE_URL, reverse("activities:detail", args=[activity.code]))
    return {
        "address": address,
        "share_picture": urljoin(settings.BASE_URL, static("images/share.png")),
        "events": events(activity, [shift for shift, _sign_up in shown["rows"]], url=address),
    }


def _shifts(activity: Activity, person: User | None) -> dict[str, Any]:
    shifts = queries.shifts_of(activity)
    mine = {one.shift_id: one for one in queries.sign_ups_on(activity, member=person)} if person else {}
    return {
        "rows": [(shift, mine.get(shift.pk)) for shift in shifts],
        **_entry(activity, person),
        "capacity": sum(shift.capacity for shift in shifts if not shift.is_called_off),
    }


def _entry(activity: Activity, person: User | None) -> dict[str, Any]:
    """Return what the activity asks of people, and the ages the reader has not yet spoken of."""
    rules = list(audience.rules_of(activity))
    return {"rules": rules, "undeclared": audience.undeclared(rules, person) if person else []}
