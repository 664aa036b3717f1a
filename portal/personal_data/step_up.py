"""Prove again who you are before something that matters: the password or second step, or else a new code."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from allauth.account import app_settings
from allauth.account.decorators import reauthentication_required
from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import get_reauthentication_flows
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpResponseBase
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from webui.htmx import MemberRequest

View = Callable[..., HttpResponseBase]


def fresh_proof_required(view: View) -> View:
    """Let nobody on who has not proved within a few minutes who they are.

    allauth asks for the password or the second step. Who has only the phone logs in again by a code: allauth by
    itself would let them pass.
    """
    by_allauth = reauthentication_required(view)

    @login_required
    @wraps(view)
    def guarded(request: MemberRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if get_reauthentication_flows(request.user):
            answer: HttpResponseBase = by_allauth(request, *args, **kwargs)
            return answer
        if _proved_lately(request):
            return view(request, *args, **kwargs)
        logout(request)
        messages.info(request, _("这一步比较重要。为了确认是您本人，请用验证码再登录一次。"))
        return redirect(f"{reverse('account_request_login_code')}?{urlencode({'next': request.path})}")

    return guarded


def _proved_lately(request: MemberRequest) -> bool:
    records = get_authentication_records(request, request.user)
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT
