"""Somebody who cannot come looks for one who can."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.activities import actions, queries
from portal.activities.enums import SignUpState
from portal.activities.errors import SignUpError
from portal.activities.forms import CoverForm
from portal.activities.models import CoverRequest, SignUp
from webui.htmx import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask for a stand-in, or for a swap with somebody on another shift."""
    own = SignUp.objects.filter(member=request.user, state=SignUpState.CONFIRMED)
    sign_up = get_object_or_404(own.select_related("shift__activity__area"), pk=pk)
    form = CoverForm(request.POST if request.method == "POST" else None, sign_up=sign_up)
    if form.is_valid():
        try:
            actions.ask_for_cover(sign_up=sign_up, by=request.user, **form.cleaned_data)
        except SignUpError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已经告诉社区工作者，也在问合适的人。有人接替以前，这个名额还是您的。"))
            return redirect("activities:mine")
    context = {"form": form, "sign_up": sign_up}
    return render(request, "portal/activities/ask_cover.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one who was asked what it is about; take over, or say no."""
    asked = CoverRequest.objects.filter(asks__member=request.user)
    cover = get_object_or_404(
        asked.select_related("sign_up__shift__activity__area", "sign_up__position", "wanted"), pk=pk
    )
    if request.method == "POST":
        return _answer(request, cover)
    return render(request, "portal/activities/cover.html", {"cover": cover})


@login_required
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    cover = get_object_or_404(CoverRequest, pk=pk, sign_up__member=request.user)
    actions.end_cover(request=cover, by=request.user)
    messages.success(request, _("不再找人了。名额还是您的，到时候见。"))
    return redirect("activities:mine")


@login_required
@require_POST
def more(request: MemberRequest, pk: int) -> HttpResponse:
    """Let an organiser have the next few people asked."""
    cover = get_object_or_404(
        CoverRequest.objects.select_related("sign_up__shift__activity"),
        pk=pk,
        sign_up__shift__in=queries.organised_shifts(request.user),
    )
    asked = actions.ask_more(request=cover, by=request.user)
    messages.success(request, _("又问了 %(n)d 个人。") % {"n": asked} if asked else _("没有更多合适的人可以问了。"))
    return redirect("activities:people", cover.sign_up.shift.activity.code)


def _answer(request: MemberRequest, cover: CoverRequest) -> HttpResponse:
    answered = request.POST.get("answer")
    if answered not in ("take", "decline"):
        return redirect("activities:cover", cover.pk)
    if answered == "decline":
        actions.decline_cover(request=cover, by=request.user)
        messages.success(request, _("好的，不再为这件事问您。"))
        return redirect("activities:mine")
    try:
        actions.take_cover(request=cover, by=request.user)
    except SignUpError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("谢谢您，到时候见。"))
    return redirect("activities:mine")
