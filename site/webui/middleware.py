"""What every answer carries, and what is answered before any page is asked."""

import re
from collections.abc import Callable
from pathlib import Path

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.urls import reverse_lazy
from django.utils.cache import add_never_cache_headers

METHODS = ("GET", "HEAD", "POST")
DESK_METHODS = (
    (re.compile(r"(?:.+/)?preview/"), ("DELETE",)),
    (re.compile(r"dismissibles/$"), ("PATCH",)),
    (re.compile(r"localize/translate/\d+/(?:strings|overrides)/\d+/edit/$"), ("PUT", "DELETE")),
)
"""What the desk's own scripts send besides, below its address: previews, dismissed hints and translations.

Nowhere else: Django's view that deletes takes DELETE past what Wagtail refuses a POST, such as a collection with files.
"""
PROBES = frozenset({"/healthz", "/readyz"})

GetResponse = Callable[[HttpRequest], HttpResponse]


def private_pages_are_not_stored(get_response: GetResponse) -> GetResponse:
    """Keep pages made for a logged-in person out of every cache (ASVS 5.0.0 14.3.2)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control") and _is_logged_in(request):
            add_never_cache_headers(response)
        return response

    return middleware


def closed_for_maintenance(get_response: GetResponse) -> GetResponse:
    """Answer 503 to everything but the probes while the site is closed: by setting, or by a file that is there.

    The file closes and opens a running site at once, in every process. Nothing behind this is asked: no database.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if request.path_info in PROBES or not is_closed():
            return get_response(request)
        response = HttpResponse(render_to_string("503.html"), status=503)
        response["Retry-After"] = str(settings.MAINTENANCE_RETRY_SECONDS)
        add_never_cache_headers(response)
        return response

    return middleware


def other_methods_are_refused(get_response: GetResponse) -> GetResponse:
    """Answer 405 to every method but those some page is made for, whoever asks and whatever is at the address.

    No page of another host calls ours, so nobody needs OPTIONS: it would say of an address what GET does not.
    """
    desk = reverse_lazy("wagtailadmin_home")

    def middleware(request: HttpRequest) -> HttpResponse:
        allowed = (*METHODS, *_at_the_desk(request.path_info, str(desk)))
        return get_response(request) if request.method in allowed else HttpResponseNotAllowed(allowed)

    return middleware


def is_closed() -> bool:
    return settings.MAINTENANCE or Path(settings.MAINTENANCE_FILE).exists()


def _at_the_desk(path: str, desk: str) -> tuple[str, ...]:
    if not path.startswith(desk):
        return ()
    below = path.removeprefix(desk)
    return next((methods for pattern, methods in DESK_METHODS if pattern.match(below)), ())


def _is_logged_in(request: HttpRequest) -> bool:
    # Asking ``request.user`` would open the session on every public page, and vary it by cookie.
    return request.session.accessed and request.user.is_authenticated
