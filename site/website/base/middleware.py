"""What every answer of the editors' desk carries."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from website.base.admin_scripts import with_nonces

GetResponse = Callable[[HttpRequest], HttpResponse]


def nonces_for_the_admin(get_response: GetResponse) -> GetResponse:
    """Let Wagtail's own inline scripts run under the strict policy, in the admin and nowhere else."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if request.path.startswith(reverse("wagtailadmin_home")) and _is_page(response):
            nonce = str(request.csp_nonce)  # type: ignore[attr-defined]  # set by django-csp
            response.content = with_nonces(response.content.decode(response.charset), nonce=nonce)
        return response

    return middleware


def _is_page(response: HttpResponse) -> bool:
    return not response.streaming and response.headers.get("Content-Type", "").startswith("text/html")
