"""A member signs up, withdraws, and answers an offer."""

import re
from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities import actions, queries
from portal.activities.enums import SignUpState
from portal.activities.errors import SignUpError
from portal.activities.models import SignUp
from portal.activities.views.activities import detail_page
from webui.htmx import MemberRequest

COMPANIONS = re.compile(r"[0-9]{1,2}", re.ASCII)


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show what a member has before them, offers first."""
    upcoming = list(queries.upcoming_sign_ups(request.user))
    covers = {cover.sign_up_id: cover for cover in queries.covers_of(request.user)}
    for one in upcoming:
        one.cover = covers.get(one.pk)  # type: ignore[attr-defined]  # for the page
    context = {
        "here": upcoming,
        "offers": [one for one in upcoming if one.state == SignUpState.OFFERED],
        "upcoming": [one for one in upcoming if one.state != SignUpState.OFFERED],
        "asked": queries.covers_asked(request.user),
        "cancelled": queries.cancelled_sign_ups(request.user),
        "is_first_time": queries.comes_for_the_first_time(request.user),
    }
    return render(request, "portal/activities/mine.html", context)


@login_required
@permission_required("activities.sign_up", raise_exception=True)
@require_POST
def sign_up(request: MemberRequest, pk: int) -> HttpResponse:
    """Sign up; a refusal is said beside the shift."""
    shift = queries.visible_shift(request.user, pk)
    if shift is None:
        raise Http404
    companions = request.POST.get("companions", "")
    try:
        mine = actions.sign_up(
            shift=shift,
            member=request.user,
            position=queries.position_of(shift, request.POST.get("position", "")),
            companions=int(companions) if COMPANIONS.fullmatch(companions) else 0,
        )
    except SignUpError as refusal:
        activity = get_object_or_404(queries.visible_activities(request.user), pk=shift.activity_id)
        return detail_page(request, activity, refused=shift.pk, refusal=refusal.message)
    messages.success(request, _said(mine))
    if mine.strain:
        messages.warning(request, _("请注意：%(strain)s，量力而行。") % {"strain": mine.get_strain_display()})
    return redirect("activities:detail", shift.activity.code)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask once, then withdraw."""
    sign_up = _own_sign_up(request, pk)
    if request.method == "POST":
        return _answer(request, sign_up, actions.withdraw, done=_("已经退出。谢谢您提前说一声。"))
    return render(request, "portal/activities/withdraw.html", {"sign_up": sign_up})


@login_required
@require_POST
def accept_offer(request: MemberRequest, pk: int) -> HttpResponse:
    return _answer(request, _own_sign_up(request, pk), actions.accept_offer, done=_("报名成功，到时候见。"))


@login_required
@require_POST
def decline_offer(request: MemberRequest, pk: int) -> HttpResponse:
    return _answer(request, _own_sign_up(request, pk), actions.decline_offer, done=_("空位已经让给下一位。"))


@login_required
@require_POST
def wait_for_fewer(request: MemberRequest, pk: int) -> HttpResponse:
    done = _("好的，人数改了，位置不变。")
    return _answer(request, _own_sign_up(request, pk), actions.wait_for_fewer, done=done)


def _own_sign_up(request: MemberRequest, pk: int) -> SignUp:
    own = SignUp.objects.filter(member=request.user).select_related("shift__activity__area")
    return get_object_or_404(own, pk=pk)


def _answer(request: MemberRequest, sign_up: SignUp, action: Callable[..., SignUp], *, done: str) -> HttpResponse:
    try:
        action(sign_up=sign_up, by=request.user)
    except SignUpError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, done)
    return redirect("activities:mine")


def _said(sign_up: SignUp) -> str:
    if sign_up.state == SignUpState.REQUESTED:
        return _("申请已经送到，社区工作者确认后会通知您。")
    if sign_up.state == SignUpState.WAITING and queries.draw_pending(sign_up.shift.activity):
        return _("登记好了，您的抽签号是 %(n)d。抽签以后会通知您。") % {"n": sign_up.pk}
    if sign_up.state == SignUpState.WAITING:
        return _("已经排上队，排到第几位看下面。有空位时会通知您。")  # the page this leads to counts anyway
    if sign_up.state == SignUpState.OFFERED:
        return _("有空位为您保留，请在“我的活动”里确认。")
    return _("报名成功，到时候见。")
