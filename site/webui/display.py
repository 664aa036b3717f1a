"""长辈版, the elder mode: larger text and targets, remembered by one cookie set only when asked for."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

COOKIE = "display"
ONE_YEAR = 365 * 24 * 3600


def is_elder(request: HttpRequest) -> bool:
    return request.COOKIES.get(COOKIE) == "elder"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def display_settings(request: HttpRequest) -> HttpResponse:
    """Choose between the standard and the elder display; return to the page one came from."""
    back = _safe_url(request, request.POST.get("next") or request.GET.get("next") or "/")
    if request.method != "POST":
        return render(request, "webui/display_settings.html", {"next": back})
    response = HttpResponseRedirect(back)
    if request.POST.get("display") == "elder":
        response.set_cookie(
            COOKIE, "elder", max_age=ONE_YEAR, secure=request.is_secure(), httponly=True, samesite="Lax"
        )
    else:
        response.delete_cookie(COOKIE)
    return response


def _safe_url(request: HttpRequest, url: str) -> str:
    is_ours = url_has_allowed_host_and_scheme(url, {request.get_host()}, require_https=request.is_secure())
    return url if is_ours else "/"
