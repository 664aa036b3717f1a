"""How the address of a calendar's file becomes a page's answer."""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import views as wagtail_views

from website.navigation.queries import page_at
from website.navigation.views import tree_of


def page_file(request: HttpRequest, folder: str, name: str) -> HttpResponse:
    """Serve the file ``name`` that the page at ``folder`` hands out; Wagtail's own addresses know no dots."""
    tree = tree_of(request)
    page = page_at(folder, tree=tree) if tree else None
    if page is None:
        raise Http404
    request._wagtail_route_for_request = page.route(request, [name])  # type: ignore[attr-defined]  # where Wagtail keeps it
    return wagtail_views.serve(request, folder + name)
