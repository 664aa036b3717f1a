"""Appointing, ending, and standing in for each other."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.organisations import actions, queries
from portal.organisations.enums import Action
from portal.organisations.forms.posts import AppointForm, DelegateForm, EndPostForm
from portal.organisations.models import Area, Post, Unit
from portal.organisations.permissions import areas_for, may, units_for
from portal.organisations.views.asking import ask
from webui.htmx import MemberRequest


@login_required
@require_safe
def my_posts(request: MemberRequest) -> HttpResponse:
    """Show what one holds and held, and who stands in."""
    delegable = set(queries.posts_to_delegate(request.user).values_list("pk", flat=True))
    held = set(queries.posts_held(request.user).values_list("pk", flat=True))
    posts = list(queries.own_posts(request.user))
    context = {
        "current": [post for post in posts if post.pk in held or queries.is_to_come(post)],
        "past": [post for post in posts if post.pk not in held and not queries.is_to_come(post)],
        "delegable": delegable,
        "today": timezone.localdate(),
    }
    return render(request, "portal/organisations/my_posts.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def delegate(request: MemberRequest, pk: int) -> HttpResponse:
    """Hand one's own post on for some days."""
    post = get_object_or_404(queries.posts_to_delegate(request.user).select_related("area", "unit"), pk=pk)
    form = DelegateForm(request.POST if request.method == "POST" else None)

    def act() -> None:
        days = {name: form.cleaned_data[name] for name in ("starts_on", "ends_on")}
        if form.person:
            actions.delegate(post=post, to=form.person, by=request.user, **days)

    return ask(
        request,
        form,
        act=act,
        done=_("已委托，您和对方都会收到消息。"),
        to=reverse("organisations:my_posts"),
        title=_("委托职责：%(post)s") % {"post": post},
        lead=_(
            "委托期间两个人都可以处理这项职责的事。您随时可以收回；您的职责结束，委托也一起结束；对方不能再转给别人。"
        ),
        submit=_("委托"),
    )


@login_required
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    """Take back what one handed on."""
    delegation = get_object_or_404(Post, pk=pk, delegated_from__person=request.user)
    actions.revoke(delegation=delegation, by=request.user)
    messages.success(request, _("已收回，对方从现在起不再有这项职责。"))
    return redirect("organisations:my_posts")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appoint_at_area(request: MemberRequest, pk: int) -> HttpResponse:
    area = get_object_or_404(areas_for(request.user, Action.APPOINT), pk=pk)
    return _appoint(request, area, to=reverse("organisations:area", args=[pk]), area=area)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def appoint_at_unit(request: MemberRequest, pk: int) -> HttpResponse:
    unit = get_object_or_404(units_for(request.user, Action.APPOINT), pk=pk)
    return _appoint(request, unit, to=reverse("organisations:unit", args=[pk]), unit=unit)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_post(request: MemberRequest, pk: int) -> HttpResponse:
    """End a post at a place one appoints at."""
    post = get_object_or_404(Post.objects.select_related("area", "unit__area", "person"), pk=pk)
    place = post.area or post.unit
    if place is None or not may(request.user, Action.APPOINT, place):
        raise Http404
    form = EndPostForm(request.POST if request.method == "POST" else None)
    return ask(
        request,
        form,
        act=lambda: actions.end_post(post=post, by=request.user, ends_on=form.cleaned_data["ends_on"]),
        done=_("已结束。"),
        to=reverse(f"organisations:{'area' if post.area else 'unit'}", args=[place.pk]),
        title=_("结束任职：%(name)s，%(post)s") % {"name": post.person, "post": post},
        lead=_("本人会收到消息；由这项职责委托出去的，也一起结束。任职记录会保留。"),
        submit=_("结束任职"),
    )


def _appoint(
    request: MemberRequest, place: Area | Unit, *, to: str, area: Area | None = None, unit: Unit | None = None
) -> HttpResponse:
    form = AppointForm(request.POST if request.method == "POST" else None, place=place)

    def act() -> None:
        values = {name: form.cleaned_data[name] for name in ("role", "title", "act", "starts_on", "ends_on")}
        if form.person:
            actions.appoint(person=form.person, area=area, unit=unit, by=request.user, **values)

    return ask(
        request,
        form,
        act=act,
        done=_("已任命，本人会收到消息。"),
        to=to,
        title=_("任命：%(place)s") % {"place": place},
        submit=_("任命"),
    )
