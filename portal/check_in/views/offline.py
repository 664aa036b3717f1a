"""What a browser keeps so that the day's page opens without a network. Nothing here is about anybody."""

import json

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.utils.crypto import salted_hmac
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

KEPT = (
    "css/tokens.css",
    "css/base.css",
    "css/layout.css",
    "css/components.css",
    "css/frame.css",
    "css/portal.css",
    "css/activities.css",
    "css/check_in.css",
    "js/check-in-day.js",
    "images/icon.svg",
)
KEEPS_SHORT = {"Cache-Control": "no-cache"}


@require_safe
def shell(request: HttpRequest) -> HttpResponse:
    """Show the page's frame alone; the script fills it from what the device keeps."""
    response = render(request, "portal/check_in/shell.html")
    response["Cache-Control"] = "no-cache"
    return response


@require_safe
def worker(request: HttpRequest) -> HttpResponse:
    """Write the service worker, with the names the static files have in this release. Its place is its scope."""
    files = [static(name) for name in KEPT]
    shell_at, page = reverse("check_in:shell"), reverse("check_in:day")
    version = salted_hmac("portal.check_in.worker", "|".join([*files, shell_at]), algorithm="sha256").hexdigest()[:12]
    kept = {"version": f"check-in-{version}", "files": files, "shell": shell_at, "page": page}
    context = {"kept": json.dumps(kept)}
    response = render(request, "portal/check_in/worker.js", context, content_type="text/javascript; charset=utf-8")
    response["Cache-Control"] = "no-cache"
    response["Service-Worker-Allowed"] = reverse("check_in:home")
    return response


@require_safe
def manifest(request: HttpRequest) -> HttpResponse:
    """Describe the page to a phone that puts it beside its other apps."""
    described = {
        "name": _("报到 · 签到台"),
        "short_name": _("签到台"),
        "start_url": reverse("check_in:day"),
        "scope": reverse("check_in:home"),
        "display": "standalone",
        "lang": "zh-Hans",
        "background_color": "#ffffff",
        "theme_color": "#94201b",
        "icons": [{"src": static("images/icon.svg"), "sizes": "any", "type": "image/svg+xml", "purpose": "any"}],
    }
    return JsonResponse(described, content_type="application/manifest+json", headers=KEEPS_SHORT)
