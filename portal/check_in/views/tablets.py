"""A shared tablet: it holds a key to one shift and to nothing else, and no log-in."""

from allauth.core import ratelimit
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.activities.errors import ActivityError
from portal.activities.models import SignUp
from portal.check_in import actions, queries, tokens
from portal.check_in.errors import CheckInError, TooManyTriesError
from portal.check_in.forms import EndCodeForm, LastDigitsForm
from portal.check_in.models import Tablet
from portal.check_in.views.desk import shift_of
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest

COOKIE = "tablet_shift"
SALT = "portal.check_in.tablet"


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_here(request: MemberRequest, pk: int) -> HttpResponse:
    """Turn this device into a tablet for one shift. Its organiser is logged out of it; the key alone remains."""
    shift = shift_of(request, pk)
    refusal = ""
    if request.method == "POST":
        try:
            tablet, key = actions.open_tablet(shift=shift, by=request.user)
        except ActivityError as error:
            refusal = error.message
        else:
            logout(request)
            return _with_key(request, tablet, key)
    context = {"shift": shift, "activity": shift.activity, "refusal": refusal}
    return render(request, "portal/check_in/open_tablet.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def close(request: MemberRequest, pk: int) -> HttpResponse:
    """End every tablet of a shift from afar."""
    shift = shift_of(request, pk)
    for tablet in queries.open_tablets(shift):
        actions.close_tablet(tablet=tablet, by=request.user)
    messages.success(request, _("现场平板都已结束。"))
    return redirect("check_in:desk", shift.pk)


@require_http_methods(["GET", "HEAD", "POST"])
def tablet(request: HttpRequest) -> HttpResponse:
    """Find oneself on the list by the last four digits, and say: this is me."""
    key = _key_of(request)
    held = queries.tablet_with(key) if key else None
    if held is None:
        return _closed(request)
    form = LastDigitsForm(request.POST if request.method == "POST" else None)
    found: list[SignUp] | None = None
    if form.is_valid():
        if not ratelimit.consume(request, action="tablet_find", key=str(held.pk)):
            form.add_error(None, _("请稍等一会儿再试。"))
        else:
            found = queries.on_list_by_digits(held.shift, form.cleaned_data["digits"])
            chosen = next((one for one in found if str(one.pk) == request.POST.get("sign_up")), None)
            if chosen and _arrive(held, chosen, form):
                messages.success(request, _("签到成功，祝您活动顺利。"))
                return redirect("check_in:tablet")
    return _page(request, held, form, found)


@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest) -> HttpResponse:
    """End the tablet by the code its organiser was shown when it was opened."""
    key = _key_of(request)
    held = queries.tablet_with(key) if key else None
    if held is None:
        return _closed(request)
    form = EndCodeForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            if not ratelimit.consume(request, action="tablet_end", key=str(held.pk)):
                raise TooManyTriesError
            actions.end_tablet(tablet=held, key=key, code=form.cleaned_data["code"])
        except CheckInError as refusal:
            form.add_error("code", refusal.message)
        else:
            return _closed(request, status=200)
    context = {"form": form, "shift": held.shift}
    return render(request, "portal/check_in/end_tablet.html", context, status=422 if form.errors else 200)


def _arrive(held: Tablet, sign_up: SignUp, form: LastDigitsForm) -> bool:
    try:
        actions.arrive_at_tablet(tablet=held, sign_up=sign_up)
    except (CheckInError, ActivityError, IllegalMoveError) as refusal:
        form.add_error(None, str(refusal))
        return False
    return True


def _page(request: HttpRequest, held: Tablet, form: LastDigitsForm, found: list[SignUp] | None) -> HttpResponse:
    context = {"shift": held.shift, "activity": held.shift.activity, "form": form, "found": found}
    return render(request, "portal/check_in/tablet.html", context, status=422 if form.errors else 200)


def _key_of(request: HttpRequest) -> str:
    return str(request.get_signed_cookie(COOKIE, default="", salt=SALT))


def _with_key(request: HttpRequest, held: Tablet, key: str) -> HttpResponse:
    # Shown once, to the organiser who still holds the device.
    context = {"shift": held.shift, "activity": held.shift.activity, "end_code": tokens.end_code(key)}
    response = render(request, "portal/check_in/tablet_opened.html", context)
    response.set_signed_cookie(
        COOKIE,
        key,
        salt=SALT,
        expires=held.expires_at,
        path=reverse("check_in:tablet"),
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Strict",
    )
    response["Cache-Control"] = "no-store"
    response["Clear-Site-Data"] = '"storage"'  # the organiser is logged out here: their check-in desk goes too
    return response


def _closed(request: HttpRequest, *, status: int = 403) -> HttpResponse:
    response = render(request, "portal/check_in/tablet_closed.html", status=status)
    response.delete_cookie(COOKIE, path=reverse("check_in:tablet"), samesite="Strict")
    return response
