"""Whoever has a duty has a second factor, before the first page of it."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members import queries

Handler = Callable[[HttpRequest], HttpResponse]


def second_factor_is_set_up(get_response: Handler) -> Handler:
    """Lead a person who must have a second factor, and has none, from the portal and the editors' desk to get one."""

    def handle(request: HttpRequest) -> HttpResponse:
        if _is_kept_out(request):
            messages.warning(request, _("您的职责要求两步验证。请先添加通行密钥或验证器，再继续。"))
            return redirect("account_security")
        return get_response(request)

    return handle


def _is_kept_out(request: HttpRequest) -> bool:
    behind = (reverse("dashboard:home"), reverse("wagtailadmin_home"))
    if not request.path.startswith(behind) or not request.user.is_authenticated:
        return False
    return queries.lacks_second_factor(request.user)
