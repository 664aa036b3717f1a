"""What every answer carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

GetResponse = Callable[[HttpRequest], HttpResponse]


def private_pages_are_not_stored(get_response: GetResponse) -> GetResponse:
    """Keep pages made for a logged-in person out of every cache (ASVS 5.0.0 14.3.2)."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if not response.has_header("Cache-Control") and _is_logged_in(request):
            add_never_cache_headers(response)
        return response

    return middleware


def _is_logged_in(request: HttpRequest) -> bool:
    # Asking ``request.user`` would open the session on every public page, and vary it by cookie.
    return request.session.accessed and request.user.is_authenticated
