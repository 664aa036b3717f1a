"""A member finds what fits: a list, or a month; what was chosen stays in the address."""

from datetime import date, timedelta

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.activities.enums import ActivityKind, Posture
from portal.activities.queries import finding
from portal.members.enums import Skill
from webui.htmx import MemberRequest
from webui.keyset import keyset_page

BEST = 20
VIEWS = ("near", "fit", "month")
YEARS = 10  # months further off are not asked for


@login_required
@require_safe
def find(request: MemberRequest) -> HttpResponse:
    """Show the shifts to come that answer the filters: soonest, nearest or best fitting first, or by month."""
    wanted = finding.Wanted.read(request.GET.dict())
    who = finding.seeker(request.user, wanted)
    shifts = finding.shifts_found(request.user, wanted, who)
    view = request.GET.get("view", "")
    context = {
        "wanted": wanted,
        "who": who,
        "view": view if view in VIEWS else "",
        "asks_radius": wanted.near in finding.RADII,
        "kinds": ActivityKind.choices,
        "skills": Skill.choices,
        "postures": Posture.choices,
    }
    if view == "month":
        first = _month(request.GET.get("month", ""))
        weeks = finding.month_of(shifts, first)
        context |= {
            "weeks": weeks,
            "has_shifts": any(found for week in weeks for _day, found in week),
            "first": first,
            "previous": (first - timedelta(days=1)).replace(day=1),
            "next": (first + timedelta(days=31)).replace(day=1),
            "today": timezone.localdate(),
        }
    elif view == "fit":
        context["fits"] = finding.best_first(shifts, who)[:BEST]
    else:
        order = ["starts_at", "pk"]
        if view == "near" and who.point:
            shifts, order = finding.by_distance(shifts, who.point), ["metres", *order]
        page = keyset_page(request, shifts, order=order)
        context |= {"page": page, "fits": finding.fits(page.object_list, who)}
    return render(request, "portal/activities/find.html", context)


def _month(text: str) -> date:
    """Return the first day of the month ``text`` (``2026-12``) names, if it is not far off; else of this one."""
    today = timezone.localdate()
    try:
        asked = date.fromisoformat(f"{text}-01")
    except ValueError:
        asked = date.min
    return asked if abs(asked.year - today.year) <= YEARS else today.replace(day=1)
