"""Coming back from another house, linking an identity from there to one's account, and letting it go."""

import logging
from collections.abc import Callable
from functools import wraps
from http import HTTPStatus
from importlib import import_module
from typing import Any

from allauth.socialaccount.internal.flows import connect
from allauth.socialaccount.models import SocialAccount
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import URLPattern, URLResolver
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.members.social_adapter import PENDING, pending_link
from portal.members.step_up import stepped_up
from webui.htmx import MemberRequest

logger = logging.getLogger(__name__)


Door = URLPattern | URLResolver


def doors_of(app: str) -> list[Door]:
    """Return the addresses of a provider of django-allauth, where half an answer is told kindly."""
    return [_told_kindly(door) for door in import_module(f"{app}.urls").urlpatterns]


def _told_kindly(door: Door) -> Door:
    if isinstance(door, URLResolver):
        return URLResolver(door.pattern, [_told_kindly(one) for one in door.url_patterns])
    return URLPattern(door.pattern, _patient(door.callback), name=door.name)


def _patient(view: Callable[..., HttpResponseBase]) -> Callable[..., HttpResponseBase]:
    # allauth reads answers without asking whether all is there: a refusal by WeChat is a KeyError.
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        try:
            return view(request, *args, **kwargs)
        except (KeyError, TypeError, ValueError) as error:
            logger.warning("social log-in: an answer that is none: %s", type(error).__name__, exc_info=True)
            return render(request, "socialaccount/authentication_error.html", status=HTTPStatus.UNAUTHORIZED)

    return answer


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
@require_http_methods(["GET", "HEAD", "POST"])
def unlink(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a linked identity go; the phone stays a way in. Whoever comes back from a proof finds the button again."""
    if request.method != "POST":
        return redirect("account_security")
    connect.disconnect(request, get_object_or_404(SocialAccount, pk=pk, user=request.user))
    return redirect("account_security")
