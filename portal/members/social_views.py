"""Linking an identity from elsewhere to one's account, and letting it go."""

from allauth.socialaccount.internal.flows import connect
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.members.social_adapter import PENDING, pending_link
from portal.members.step_up import stepped_up
from webui.htmx import MemberRequest


@stepped_up
@require_http_methods(["GET", "HEAD", "POST"])
def link(request: MemberRequest) -> HttpResponse:
    """Ask whether the identity that just logged in belongs to this account; ``yes`` links it."""
    login = pending_link(request)
    if login is None or request.user.phone_verified_at is None:
        return redirect("account_security")
    if request.method != "POST":
        return render(request, "socialaccount/link.html", {"provider": login.provider.name})
    del request.session[PENDING]
    if "yes" not in request.POST:
        messages.info(request, _("没有绑定。"))
        return redirect("account_security")
    login.lookup()  # somebody may have linked it meanwhile
    response: HttpResponse = connect.connect(request, login)
    return response


@stepped_up
@require_POST
def unlink(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a linked identity go; the phone stays a way in."""
    connect.disconnect(request, get_object_or_404(SocialAccount, pk=pk, user=request.user))
    return redirect("account_security")
