"""Areas merged and split, with what will happen said first."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.organisations import actions, queries
from portal.organisations.enums import Action
from portal.organisations.forms.places import MergeForm, SplitForm
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.views.asking import ask
from webui.htmx import MemberRequest

FEWEST_PARTS, MOST_PARTS = 2, 8


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def merge_area(request: MemberRequest, pk: int) -> HttpResponse:
    """End an area with a neighbour following."""
    managed = areas_for(request.user, Action.MANAGE_AREAS)
    area = get_object_or_404(managed, pk=pk)
    form = MergeForm(request.POST if request.method == "POST" else None, areas=queries.may_follow(area, managed))

    def act() -> None:
        chosen = form.cleaned_data
        actions.merge_areas(areas=[area], into=chosen["into"], by=request.user, on=chosen["on"], act=chosen["act"])

    return ask(
        request,
        form,
        act=act,
        done=_("已合并。"),
        to=reverse("organisations:area", args=[pk]),
        title=_("并入别的区域：%(area)s") % {"area": area},
        points=_what_happens(area, _("承接的区域")),
        submit=_("合并"),
        is_final=True,
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def split_area(request: MemberRequest, pk: int) -> HttpResponse:
    """End an area with new ones in its place; the form asks for one more when told to, and keeps what was typed."""
    area = get_object_or_404(areas_for(request.user, Action.MANAGE_AREAS), pk=pk)
    below = [place for place in queries.beneath(area) if place.is_open]
    form = _split_form(request, below)

    def act() -> None:
        said = form.cleaned_data
        parts = [actions.Part(code, name, below=own) for code, name, own in form.places()]
        actions.split_area(area=area, parts=parts, by=request.user, on=said["on"], act=said["act"])

    return ask(
        request,
        form,
        act=act,
        done=_("已拆分。"),
        to=reverse("organisations:area", args=[pk]),
        title=_("拆分：%(area)s") % {"area": area},
        points=_what_happens(area, _("第 1 部分")),
        submit=_("拆分"),
        more=_("再加一部分") if len(form.numbers) < MOST_PARTS else "",
        is_final=True,
    )


def _split_form(request: MemberRequest, below: list[Area]) -> SplitForm:
    typed, wanted = request.POST, request.POST.get("parts", "")
    parts = int(wanted) if wanted in {str(n) for n in range(FEWEST_PARTS, MOST_PARTS + 1)} else FEWEST_PARTS
    if "more" in typed:
        kept = {name: value for name, value in typed.items() if name != "parts"}
        return SplitForm(initial=kept, below=below, parts=min(parts + 1, MOST_PARTS))
    return SplitForm(typed if request.method == "POST" else None, below=below, parts=parts)


def _what_happens(area: Area, follower: str) -> list[str]:
    counts = queries.subtree_counts(area)
    posts, _past = queries.posts_at(area)
    below = sum(number for _kind, number in counts.areas)
    details = {"area": area, "to": follower, "posts": len(posts), "below": below, "units": counts.units}
    return [
        _("%(area)s从变动日期起停用，名称、编码和页面都保留；以前的活动和服务记录仍记在这里。") % details,
        _("报到在这里的人和居民志愿者随之转到%(to)s，不用再办手续，每个人都会收到消息。") % details,
        _("单位报到、由社区代管的人、团队、流动党员之家、还能用的邀请码和等答复的申请也转到%(to)s。") % details,
        _("还没开始的活动、草稿、系列和模板转到%(to)s，报了名的人名额不变，不另发消息。") % details,
        _("已经开始的活动、等确认的服务记录和异议仍记在%(area)s，由承接区域的工作人员接着办。") % details,
        _("现有的 %(posts)d 项职责在这里结束，在%(to)s接着担任；委托出去的一起结束。") % details,
        _("%(below)d 个下级和 %(units)d 个单位转到%(to)s（另外选定的除外）。") % details,
        _("合并和拆分以后不能撤销。"),
    ]
