"""An organiser sees who is on an activity, answers requests, asks people in, and says how places are handed out."""

from collections.abc import Collection
from functools import partial
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities import actions, queries
from portal.activities.enums import SignUpState
from portal.activities.errors import ActivityError, DrawTimeError, SignUpError
from portal.activities.forms import ExceptionForm, InviteForm, PolicyForm, RefuseForm
from portal.activities.models import Activity, SignUp
from portal.activities.views.changes import Reach
from portal.members.enums import PhonePurpose, ShownAt
from portal.members.queries import shown_units
from portal.members.reveal import Phone, masked_phone_of, reveal_phone
from webui.htmx import MemberRequest
from webui.pagination import page_of

PURPOSES = (PhonePurpose.ACTIVITY,)


@login_required
@require_safe
def people(request: MemberRequest, code: str) -> HttpResponse:
    return _page(request, _organised(request, code))


@login_required
@require_POST
def requests(request: MemberRequest, code: str) -> HttpResponse:
    """Accept the ticked requests, or refuse them with one reason. What is refused itself is named."""
    activity = _organised(request, code)
    keys = [key for key in request.POST.getlist("sign_up") if key.isascii() and key.isdigit()]
    asked = SignUp.objects.filter(shift__activity=activity, state=SignUpState.REQUESTED, pk__in=keys)
    chosen = list(asked.select_related("shift__activity", "member").order_by("created_at", "pk"))
    refuse = RefuseForm(request.POST if request.POST.get("answer") == "refuse" else None)
    if not chosen:
        messages.error(request, _("请先勾选要处理的人。"))
        return redirect("activities:people", activity.code)
    if refuse.is_bound and not refuse.is_valid():
        return _page(request, activity, refuse=refuse, ticked=set(keys))
    if refuse.is_bound:
        for sign_up in chosen:
            actions.refuse_request(sign_up=sign_up, by=request.user, reason=refuse.cleaned_data["reason"])
    elif not _accept(request, chosen):
        return redirect("activities:people", activity.code)
    messages.success(request, _("已处理，申请的人会收到通知。"))
    return redirect("activities:people", activity.code)


@login_required
@require_POST
def end_wait(request: MemberRequest, pk: int) -> HttpResponse:
    """Take somebody out of a queue that stands still because of them."""
    mine = SignUp.objects.filter(shift__in=queries.organised_shifts(request.user)).select_related("shift__activity")
    sign_up = get_object_or_404(mine, pk=pk)
    try:
        ended = actions.end_wait(sign_up=sign_up, by=request.user)
    except SignUpError as refusal:
        messages.error(request, refusal.message)
    else:
        is_out = ended.state == SignUpState.WITHDRAWN
        messages.success(request, _("已请这一位退出排队，也告诉了本人。") if is_out else _("名额已经够了，不用退出。"))
    return redirect("activities:overview", sign_up.shift.activity.code)


@login_required
@require_POST
def show_phone(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the whole number of somebody signed up, in this answer only, and note who saw it and why."""
    reachable = queries.reachable_sign_ups(request.user).select_related("member", "shift__activity__area")
    sign_up = get_object_or_404(reachable, pk=pk)
    activity = sign_up.shift.activity
    address, place = _phone_address(request, sign_up), activity.area
    phone = reveal_phone(request, whose=sign_up.member, address=address, place=place, purposes=PURPOSES)
    return _page(request, activity, shown={pk: phone}, status=200 if phone.is_whole else 422)


@login_required
@require_POST
def invite(request: MemberRequest, code: str) -> HttpResponse:
    activity = _organised(request, code)
    form = InviteForm(request.POST)
    if form.is_valid():
        try:
            n = actions.invite(activity=activity, members=form.cleaned_data["phones"], by=request.user)
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("新邀请了 %(n)d 个人。") % {"n": n})
            return redirect("activities:people", activity.code)
    return _page(request, activity, invite=form)


@login_required
@require_POST
def exception(request: MemberRequest, code: str) -> HttpResponse:
    """Sign one person up against a rule that may be set aside, with a reason that is kept."""
    activity = _organised(request, code)
    form = ExceptionForm(request.POST, activity=activity)
    if form.is_valid():
        try:
            mine = actions.make_exception(by=request.user, **form.terms())
        except SignUpError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _exception_said(mine))
            return redirect("activities:people", activity.code)
    return _page(request, activity, exception=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def policy(request: MemberRequest, code: str) -> HttpResponse:
    """Say how places are handed out."""
    activity = _organised(request, code)
    form = PolicyForm(request.POST if request.method == "POST" else None, instance=activity)
    reach = Reach(request, activity)
    if form.is_valid():
        stored = _organised(request, code)  # the form has written on the other
        what: dict[str, Any] = {"activity": stored, "scope": reach.scope, "fields": form.cleaned_data}
        try:
            return reach.alike(
                partial(actions.set_policies, by=request.user, **what),
                planned=partial(queries.planned_policies, **what),
                form=form,
                activity=stored,
                back=reverse("activities:policy", args=[code]),
                done=_("已保存。"),
                to=reverse("activities:overview", args=[code]),
            )
        except DrawTimeError as refusal:
            form.add_error("draw_at", refusal.message)
        except ActivityError as refusal:
            form.add_error(None, refusal.message)
    context = {"form": form, "activity": activity, "reach": reach}
    return render(request, "portal/activities/policy.html", context, status=422 if form.is_bound else 200)


def _exception_said(sign_up: SignUp) -> str:
    if sign_up.state == SignUpState.WAITING:
        return _("名额已满，已经替本人排上队，理由也记下了。本人会收到通知。")
    return _("已经报上名，理由也记下了。本人会收到通知。")


def _accept(request: MemberRequest, chosen: list[SignUp]) -> int:
    """Accept ``chosen`` and name those who are refused; return how many were let in."""
    accepted = 0
    for sign_up in chosen:
        try:
            with transaction.atomic():
                actions.accept_request(sign_up=sign_up, by=request.user)
        except SignUpError as refusal:
            said = {"name": sign_up.member, "why": refusal.message}
            messages.error(request, _("%(name)s：%(why)s") % said)
        else:
            accepted += 1
    return accepted


def _organised(request: MemberRequest, code: str) -> Activity:
    return get_object_or_404(queries.organised_activities(request.user), code=code)


def _phones(request: MemberRequest, sign_ups: Collection[SignUp]) -> dict[int, Phone]:
    """Return by sign-up the phones of those the reader may call, masked."""
    here = queries.reachable_sign_ups(request.user).filter(pk__in=[one.pk for one in sign_ups])
    reachable = set(here.values_list("pk", flat=True))
    return {
        one.pk: masked_phone_of(one.member, address=_phone_address(request, one), purposes=PURPOSES)
        for one in sign_ups
        if one.pk in reachable
    }


def _phone_address(request: MemberRequest, sign_up: SignUp) -> str:
    """Return where the click goes: its answer is the same page of the list, at the same person."""
    page = request.GET.get("page", "")
    query = f"?page={page}" if page.isascii() and page.isdigit() else ""
    return f"{reverse('activities:show_phone', args=[sign_up.pk])}{query}#sign-up-{sign_up.pk}"


def _page(
    request: MemberRequest,
    activity: Activity,
    *,
    ticked: set[str] | None = None,
    shown: dict[int, Phone] | None = None,
    status: int = 200,
    **forms: object,
) -> HttpResponse:
    asked, page = queries.requests_on(activity), page_of(request, queries.everyone_on(activity))
    here = [*asked, *page]
    context = {
        "activity": activity,
        "asked": asked,
        "page": page,
        "here": here,
        "units": shown_units((one.member for one in here), at=ShownAt.LISTS),
        "phones": _phones(request, here) | (shown or {}),
        "groups": queries.groups_on(activity),
        "covers": queries.open_covers(activity),
        "invited": activity.invitations.count(),
        "ticked": ticked or set(),
        "refuse": RefuseForm(),
        "invite": InviteForm(),
        "exception": ExceptionForm(activity=activity),
        **forms,
    }
    return render(request, "portal/activities/people.html", context, status=422 if forms else status)
