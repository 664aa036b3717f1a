"""People check themselves in, say that they left, and answer to having been missed."""

import time
from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities import actions as attending
from portal.activities import queries as activities
from portal.activities.enums import AttendanceState, SignUpState
from portal.activities.errors import ActivityError, NotSignedUpError, ShiftIsOverError
from portal.activities.models import Attendance, Shift, SignUp
from portal.check_in import actions, tokens
from portal.check_in.errors import CheckInError, NoShiftNowError, TooManyTriesError
from portal.check_in.forms import CodeForm, LeaveForm, ReplyForm
from webui.geolocation import with_geolocation
from webui.htmx import MemberRequest

PASS = "check_in_pass"  # noqa: S105 -- a name in the session, no secret
PASS_SECONDS = 900  # long enough to log in


@login_required
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """Show what one may check in to now, and where the spoken code is typed."""
    return _home(request, CodeForm())


@login_required
@require_POST
def by_code(request: MemberRequest) -> HttpResponse:
    """Check in by the spoken code. Every try counts, for the person and for each shift it could be."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            _count_try(request)
            attendance = actions.arrive_by_code(member=request.user, typed=form.cleaned_data["code"])
        except (CheckInError, ActivityError) as refusal:
            form.add_error("code", refusal.message)
        else:
            return _arrived(request, attendance)
    return _home(request, form, status=422)


@require_safe
def scan(request: HttpRequest, token: str) -> HttpResponse:
    """Take the turning QR code in: it opens the door for a while, so that there is time to log in."""
    return _let_in(request, lambda: tokens.read_rotating(token))


@require_safe
def scan_printed(request: HttpRequest, token: str) -> HttpResponse:
    """Take a printed QR code in; it counts while people may come to its shift."""
    return _let_in(request, lambda: tokens.read_printed(token))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def here(request: MemberRequest) -> HttpResponse:
    """One tap: I am here. Who has no place is offered one that is free."""
    shift = _shift_of_pass(request)
    if shift is None:
        return render(request, "portal/check_in/refused.html", {"refusal": _("请先在现场扫二维码。")}, status=403)
    context = {"shift": shift, "activity": shift.activity, "sign_up": _held(shift, request), "refusal": ""}
    if request.method != "POST":
        return _here(request, context)
    try:
        attendance = actions.arrive_by_pass(shift=shift, member=request.user, take_place="take_place" in request.POST)
    except ActivityError as refusal:
        is_known = isinstance(refusal, NotSignedUpError)
        context["refusal"] = _("您还没有报名这一班。") if is_known else refusal.message
        return _here(request, context, status=422)
    request.session.pop(PASS, None)
    return _arrived(request, attendance)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that one has left, and after how long where it was not as planned."""
    own = SignUp.objects.filter(member=request.user, state=SignUpState.CONFIRMED)
    sign_up = get_object_or_404(own.select_related("shift__activity"), pk=pk)
    form = LeaveForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            attending.leave(sign_up=sign_up, minutes=form.cleaned_data["minutes"])
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已记下您离开了，工作人员会核对时长。"))
            return redirect("check_in:home")
    context = {"form": form, "sign_up": sign_up, "shift": sign_up.shift}
    return render(request, "portal/check_in/leave.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def missed(request: MemberRequest) -> HttpResponse:
    """Show what one is noted as absent from: to nobody but oneself and the organisers of that community."""
    return render(request, "portal/check_in/missed.html", {"missed": activities.missed(request.user)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def reply(request: MemberRequest, pk: int) -> HttpResponse:
    """Answer to having been noted as absent."""
    attendance = get_object_or_404(activities.missed(request.user), pk=pk)
    form = ReplyForm(request.POST if request.method == "POST" else None, initial={"text": attendance.reply})
    if form.is_valid():
        try:
            attending.explain_absence(attendance=attendance, text=form.cleaned_data["text"])
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("说明已保存，组织这次活动的社区工作者能看到。"))
            return redirect("check_in:missed")
    context = {"form": form, "attendance": attendance, "shift": attendance.sign_up.shift}
    return render(request, "portal/check_in/reply.html", context, status=422 if form.is_bound else 200)


def _home(request: MemberRequest, form: CodeForm, *, status: int = 200) -> HttpResponse:
    context = {
        "form": form,
        "sign_ups": activities.sign_ups_to_attend_now(request.user),
        "has_missed": activities.missed(request.user).exists(),
    }
    return render(request, "portal/check_in/home.html", context, status=status)


def _here(request: MemberRequest, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """Show the button; where it is known where people meet, the browser may ask for its own place and compare."""
    page = render(request, "portal/check_in/here.html", context, status=status)
    if context["activity"].latitude is not None:
        with_geolocation(page)
    return page


def _count_try(request: MemberRequest) -> None:
    if not ratelimit.consume(request, action="check_in_code", user=request.user):
        raise TooManyTriesError
    shifts = [sign_up.shift_id for sign_up in activities.sign_ups_to_attend_now(request.user)]
    if not shifts:
        raise NoShiftNowError
    for shift in shifts:
        if not ratelimit.consume(request, action="check_in_code_of_shift", key=str(shift)):
            raise TooManyTriesError


def _let_in(request: HttpRequest, read: Callable[[], int]) -> HttpResponse:
    try:
        shift = Shift.objects.filter(pk=read()).select_related("activity").first()
        if shift is None or not shift.is_on:
            raise ShiftIsOverError
    except (CheckInError, ActivityError) as refusal:
        context = {"refusal": refusal.message}
        return render(request, "portal/check_in/refused.html", context, status=403)
    request.session[PASS] = {"shift": shift.pk, "until": time.time() + PASS_SECONDS}
    return redirect("check_in:here")


def _shift_of_pass(request: HttpRequest) -> Shift | None:
    held = request.session.get(PASS)
    if not held or held["until"] < time.time():
        return None
    return Shift.objects.filter(pk=held["shift"]).select_related("activity__area").first()


def _held(shift: Shift, request: MemberRequest) -> SignUp | None:
    own = shift.sign_ups.filter(member=request.user, state=SignUpState.CONFIRMED)
    return own.select_related("attendance").first()


def _arrived(request: HttpRequest, attendance: Attendance) -> HttpResponse:
    is_done = attendance.state == AttendanceState.COMPLETED
    messages.success(request, _("工作人员已经登记您完成了服务。") if is_done else _("签到成功，祝您活动顺利。"))
    return redirect("check_in:home")
