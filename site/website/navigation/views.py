"""How a public address becomes a page."""

from django.http import Http404, HttpRequest, HttpResponse
from wagtail import views as wagtail_views
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult

from website.navigation import queries


def public_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at ``path``, found at once by its whole address instead of by a walk down the tree.

    What is not found so (a route within a page, a second site), Wagtail finds its own way.
    """
    tree = tree_of(request)
    page = queries.page_at(path, tree=tree) if tree else None
    if page:
        request._wagtail_route_for_request = RouteResult(page)  # type: ignore[attr-defined]  # where Wagtail keeps it
    elif _is_in_another_language(Page.find_for_request(request, path)):
        raise Http404  # Wagtail would answer in Chinese at the address of a language that has no home yet
    return wagtail_views.serve(request, path)


def _is_in_another_language(page: Page | None) -> bool:
    return page is not None and page.locale_id != Locale.get_active().pk


def tree_of(request: HttpRequest) -> queries.Tree | None:
    """Return the tree, read once a request."""
    if not hasattr(request, "site_tree"):
        request.site_tree = queries.tree()  # type: ignore[attr-defined]  # ours
    found: queries.Tree | None = request.site_tree  # type: ignore[attr-defined]  # ours
    return found
