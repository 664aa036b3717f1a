"""A member's own hours: each line, why it counts or not, and how it came about."""

from itertools import chain
from typing import Any

from django.contrib.auth.decorators import login_required
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.organisations.models import Area
from portal.records import queries
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from portal.records.queries import Story
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show a member each of their records, and why it counts or does not yet."""
    context, records = _chosen(request)
    page = page_of(request, queries.records_with_stories(records))
    context |= {"page": page, "stories": list(map(queries.story_of_record, page)), "states": RecordState}
    return render(request, "portal/records/mine.html", context)


@login_required
@require_safe
def mine_print(request: MemberRequest) -> HttpResponse:
    """Show the same on one sheet, with each line's whole history, to print."""
    context, records = _chosen(request)
    told = map(queries.story_of_record, queries.records_with_stories(records))
    context |= {"stories": [*context["waiting"], *told], "today": timezone.localdate()}
    return render(request, "portal/records/mine_print.html", context)


def _chosen(request: MemberRequest) -> tuple[dict[str, Any], "QuerySet[ServiceRecord]"]:
    """Return what year, community and state ask for, and the records of it."""
    years, areas = queries.years_of(request.user), list(queries.areas_served_by(request.user))
    year = next((year for year in years if str(year) == request.GET.get("year")), None)
    area = next((area for area in areas if area.code == request.GET.get("area")), None)
    state = next((state for state in RecordState if state == request.GET.get("state")), None)
    records = queries.records_of(request.user, year=year)
    if area:
        records = records.filter(area=area)
    totals = queries.totals_of(records)
    if state:
        records = records.filter(state=state)
    return {
        "years": years,
        "year": year,
        "areas": areas,
        "area": area,
        "state": state,
        "totals": totals,
        "waiting": [] if state else _waiting(request, year=year, area=area),
    }, records


def _waiting(request: MemberRequest, *, year: int | None, area: Area | None) -> list[Story]:
    services, attendances = (
        queries.own_services_not_counted(request.user),
        queries.attendances_not_counted(request.user),
    )
    unnoted = queries.places_nobody_noted(request.user)
    if area:
        services = services.filter(area=area)
        attendances = attendances.filter(sign_up__shift__activity__area=area)
        unnoted = [one for one in unnoted if one.sign_up.shift.activity.area_id == area.pk]
    stories = chain(
        map(queries.story_of_service, services),
        map(queries.story_of_attendance, attendances),
        map(queries.story_of_attendance, unnoted),
    )
    kept = [story for story in stories if not year or story.day.year == year]
    return sorted(kept, key=lambda story: story.day, reverse=True)
