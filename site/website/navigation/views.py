"""How a public address becomes a page, and what stands where there is none."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe
from wagtail import views as wagtail_views
from wagtail.contrib.routable_page.models import RoutablePageMixin
from wagtail.models import Locale, Page
from wagtail.url_routing import RouteResult

from website.navigation import queries, suggestions
from webui.page_cache import understands


def public_page(request: HttpRequest, path: str) -> HttpResponse:
    """Serve the page at ``path``, or the route within a page, found at once instead of by a walk down the tree.

    Where addresses do not tell pages apart (a second site, a language without a home), Wagtail finds its own way.
    """
    tree = tree_of(request)
    route = _route(request, path, tree) if tree else None
    if route:
        request._wagtail_route_for_request = route  # type: ignore[attr-defined]  # where Wagtail keeps it
        for holder in (request, route.page):  # where Wagtail keeps what it would read from the cache anew
            holder._wagtail_cached_site_root_paths = frame_of(request).root_paths  # type: ignore[union-attr]  # Wagtail's
    elif tree:
        raise Http404
    elif _is_in_another_language(Page.find_for_request(request, path)):
        raise Http404  # Wagtail would answer in Chinese at the address of a language that has no home yet
    return wagtail_views.serve(request, path)


def _route(request: HttpRequest, path: str, tree: queries.Tree) -> RouteResult | None:
    page, rest = queries.nearest_page(path, tree=tree)
    if page is None:
        return None
    if not rest:
        return RouteResult(page)
    if not isinstance(page, RoutablePageMixin):
        return None
    try:
        return RouteResult(page, args=page.resolve_subpage(f"/{rest}"))
    except Http404:
        return None


@require_safe
def standing_page(request: HttpRequest, name: str) -> HttpResponse:
    """Serve the editors' page at this address, or, until they have written one, words that are true of the software."""
    address = f"{name}/"
    tree = tree_of(request)
    if tree and queries.page_at(address, tree=tree):
        return public_page(request, address)
    understands(request, frozenset())
    return render(request, f"website/standing/{name}.html")


@require_safe
def site_map(request: HttpRequest) -> HttpResponse:
    """Show all there is, section by section."""
    understands(request, frozenset())
    tree = tree_of(request)
    return render(request, "website/standing/site_map.html", {"map": queries.site_map(tree) if tree else []})


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Say that there is nothing here, and offer what the address may have meant."""
    tree = tree_of(request)
    near = suggestions.near(request.path, tree) if tree and _is_public(request) else []
    return render(request, "404.html", {"suggestions": near}, status=404)


def _is_public(request: HttpRequest) -> bool:
    match = request.resolver_match
    return match is None or match.view_name in {"wagtail_serve", "standing_page"}


def _is_in_another_language(page: Page | None) -> bool:
    return page is not None and page.locale_id != Locale.get_active().pk


def tree_of(request: HttpRequest) -> queries.Tree | None:
    """Return the tree, read once a request."""
    return frame_of(request).tree


def frame_of(request: HttpRequest) -> queries.Frame:
    """Return what stands around the page, read once a request."""
    if not hasattr(request, "site_frame"):
        request.site_frame = queries.frame()  # type: ignore[attr-defined]  # ours
    found: queries.Frame = request.site_frame  # type: ignore[attr-defined]  # ours
    return found
