"""The sign a member prints for their own door. There is no address for anybody else's."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.report_in import queries
from webui.htmx import MemberRequest


@login_required
@require_safe
def door_sign(request: MemberRequest) -> HttpResponse:
    """Show one's own sign to print; without a community that has received one, what to do first."""
    sign = queries.door_sign_of(request.user)
    waiting = None if sign else queries.open_residence(request.user)
    return render(request, "portal/report_in/door_sign.html", {"sign": sign, "waiting": waiting})
