from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from website.services.actions import confirm
from website.services.errors import ServiceError
from website.services.models import ServicePage
from website.services.rules import may_confirm


@require_http_methods(["GET", "HEAD", "POST"])
def confirm_service(request: HttpRequest, pk: int) -> HttpResponse:
    """Ask whether all of a service is still true, or note that it is."""
    page = get_object_or_404(ServicePage, pk=pk)
    if not may_confirm(page, request.user):
        raise PermissionDenied
    if request.method != "POST":
        return render(request, "website/services/admin/confirm.html", {"page": page})
    try:
        page = confirm(page=page, by=request.user, on=timezone.localdate())
    except ServiceError as error:
        messages.error(request, f"{page.title}：{error}")
    else:
        day = page.review_by.isoformat() if page.review_by else ""
        messages.success(request, _("“%(title)s”核对无误，下次复核：%(day)s。") % {"title": page.title, "day": day})
    return redirect(_back(request))


def _back(request: HttpRequest) -> str:
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours else "services_to_review"
