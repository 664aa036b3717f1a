"""One page is written by one request at a time.

The desk saves by itself while somebody types. Such a save that had read the page before it was published, and wrote
after, would take it off the site again: Wagtail writes the whole row of a page that was not live when it was read.
"""

from collections.abc import Callable

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import Resolver404, resolve, reverse
from wagtail.models import Page

GetResponse = Callable[[HttpRequest], HttpResponse]

DESK = "wagtailadmin_pages"


def pages_are_written_in_turn(get_response: GetResponse) -> GetResponse:
    """Hold the page a post to the desk is about from before it is read until all is written.

    What ends in a server error has written nothing.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        page_id = _written_to(request)
        if page_id is None:
            return get_response(request)
        with transaction.atomic():
            Page.objects.select_for_update().filter(pk=page_id).first()
            response = get_response(request)
            if response.status_code >= 500:
                transaction.set_rollback(True)
        return response

    return middleware


def _written_to(request: HttpRequest) -> int | None:
    if request.method != "POST" or not request.path.startswith(reverse("wagtailadmin_home")):
        return None
    try:
        match = resolve(request.path_info)
    except Resolver404:
        return None
    return match.kwargs.get("page_id") if match.namespace == DESK else None
