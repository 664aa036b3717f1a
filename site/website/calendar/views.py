"""How the address of a calendar's file becomes a page's answer, and what is on on a service day."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views

from website.navigation.queries import page_at
from website.navigation.views import tree_of
from webui.providers import service_day_rows, service_days
from webui.service_days import look


def page_file(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """Serve the file ``name`` that the page at ``folder`` hands out; Wagtail's own addresses know no dots."""
    tree = tree_of(request)
    page = page_at(folder, tree=tree) if tree else None
    if page is None:
        raise Http404
    request._wagtail_route_for_request = page.route(request, [name])  # type: ignore[attr-defined]  # where Wagtail keeps it
    return wagtail_views.serve(request, folder + name)


@require_safe
def service_day(request: HttpRequest, key: int | None = None) -> HttpResponse:
    """Show a service day of today or to come: the one asked for, or the next."""
    days = service_days()
    shown = next((day for day in days if key in (None, day.key)), None)
    if shown is None:
        raise Http404
    context = {
        "day": shown,
        "days": [day for day in days if day != shown],
        **look(request, service_day_rows(shown.key)),
    }
    return render(request, "website/calendar/service_day.html", context)
