"""Proving once more who one is, before the phone, the e-mail, the password or a second factor changes."""

import time
from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps

from allauth.account import app_settings
from allauth.account.adapter import get_adapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from portal.members import queries
from portal.members.models import User

View = Callable[..., HttpResponseBase]


def is_fresh(request: HttpRequest) -> bool:
    """Return whether the person proved who they are in the last minutes: by logging in, or once more since.

    Who has a second factor proves it by that; a code by SMS or a password would not do.
    """
    if not request.user.is_authenticated:
        return False
    records = get_authentication_records(request, request.user)
    if queries.second_factors(request.user).exists():
        records = [
            record for record in records if record["method"] == "mfa" or _was_just_enrolled(record, request.user)
        ]
    return bool(records) and time.time() - records[-1]["at"] < app_settings.REAUTHENTICATION_TIMEOUT


def ask_for_proof(request: HttpRequest) -> HttpResponse | None:
    """Return the way to prove once more who one is, and back here; ``None`` where that was done in the last minutes.

    A form sent too late is not kept, it may hold a password: the person is told.
    """
    if is_fresh(request):
        return None
    if request.method == "POST":
        messages.warning(request, _("刚才的操作还没有做：请先确认是您本人，再做一次。"))
    methods = get_adapter().get_reauthentication_methods(request.user)
    return redirect(f"{methods[0]['url']}?{urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})}")


def stepped_up(view: View) -> View:
    """Let the view run only shortly after a proof; see ``ask_for_proof``."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, *args: str, **kwargs: str) -> HttpResponseBase:
        return ask_for_proof(request) or view(request, *args, **kwargs)

    return guarded


def renew_session(request: HttpRequest) -> None:
    """Give the session a new key, so that whoever copied the old one is left outside."""
    old = request.session.session_key
    request.session.cycle_key()
    UserSession.objects.filter(session_key=old).update(session_key=request.session.session_key)


def _was_just_enrolled(record: dict[str, object], person: User) -> bool:
    # The proof that let the first factor in lets the next step follow: one does not prove oneself twice in a minute.
    proved_at = datetime.fromtimestamp(float(str(record["at"])), tz=UTC)
    return not queries.second_factors(person).filter(created_at__lte=proved_at).exists()
