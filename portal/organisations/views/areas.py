"""Areas: looked through, shown, opened, renamed, ended."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.organisations import actions, queries
from portal.organisations.enums import Action, AreaKind
from portal.organisations.forms.places import AreaForm, EndPlaceForm, OpenAreaForm
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for, may, may_somewhere, reach_of
from portal.organisations.queries import posts_read_once
from portal.organisations.views.asking import ask
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
@posts_read_once
def areas(request: MemberRequest) -> HttpResponse:
    """List the areas one may see: the top of them, or what a name or a code finds."""
    words = request.GET.get("q", "").strip()[:60]
    visible = areas_for(request.user, Action.VIEW_AREA)
    paths, _units = reach_of(request.user, Action.VIEW_AREA)
    found = queries.matching(visible, words) if words else queries.tops(visible, paths)
    context = {
        "page": page_of(request, found),
        "words": words,
        "manages": may_somewhere(request.user, Action.MANAGE_AREAS),
    }
    return render(request, "portal/organisations/areas.html", context)


@login_required
@require_safe
@posts_read_once
def area(request: MemberRequest, pk: int) -> HttpResponse:
    """Show an area: its facts, who serves there, its grids, what lies below, and what it came from."""
    visible = areas_for(request.user, Action.VIEW_AREA)
    place = get_object_or_404(visible, pk=pk)
    posts, past_posts = queries.posts_at(place)
    before, after = queries.changes_of(place)
    above = queries.lineage(place)
    others = {*above, *(change.before for change in before), *(change.after for change in after)}
    context = {
        "area": place,
        "above": above,
        "visible": set(visible.filter(pk__in=[other.pk for other in others]).values_list("pk", flat=True)),
        "posts": posts,
        "past_posts": past_posts,
        "cards": queries.grid_cards(place) if place.kind in {AreaKind.COMMUNITY, AreaKind.GRID} else [],
        "counts": queries.subtree_counts(place),
        "page": page_of(request, queries.beneath(place)),
        "came_from": before,
        "became": after,
        "manages": may(request.user, Action.MANAGE_AREAS, place),
        "appoints": may(request.user, Action.APPOINT, place),
        "has_narrower": place.kind != AreaKind.GRID,
    }
    return render(request, "portal/organisations/area.html", context)


@login_required
@require_safe
def grid_signs(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the signs of a community's grids, made to be printed: who is responsible, and which number to call."""
    place = get_object_or_404(areas_for(request.user, Action.VIEW_AREA), pk=pk)
    if place.kind not in {AreaKind.COMMUNITY, AreaKind.GRID}:
        raise Http404
    context = {"area": place, "cards": queries.grid_cards(place), "above": queries.lineage(place)}
    return render(request, "portal/organisations/grid_signs.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_area(request: MemberRequest, pk: int) -> HttpResponse:
    """Open an area below another."""
    above = _managed(request, pk)
    form = OpenAreaForm(request.POST if request.method == "POST" else None, above=above)
    return ask(
        request,
        form,
        act=lambda: actions.open_area(above=above, by=request.user, **form.cleaned_data),
        done=_("已启用。"),
        to=_address(above),
        title=_("在%(area)s下面新建区域") % {"area": above},
        submit=_("启用"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_area(request: MemberRequest, pk: int) -> HttpResponse:
    """Give an area another name, phone or middle."""
    place = _managed(request, pk)
    known = {name: getattr(place, name) for name in ("name", "phone", "latitude", "longitude")}
    form = AreaForm(request.POST if request.method == "POST" else None, initial=known)
    return ask(
        request,
        form,
        act=lambda: actions.change_area(area=place, by=request.user, **form.cleaned_data),
        done=_("已保存。"),
        to=_address(place),
        title=_("修改：%(area)s") % {"area": place},
        submit=_("保存"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_area(request: MemberRequest, pk: int) -> HttpResponse:
    """End an area with nobody following."""
    place = _managed(request, pk)
    form = EndPlaceForm(request.POST if request.method == "POST" else None)
    return ask(
        request,
        form,
        act=lambda: actions.end_area(area=place, by=request.user, on=form.cleaned_data["on"]),
        done=_("已停用。"),
        to=_address(place),
        title=_("停用：%(area)s") % {"area": place},
        lead=_("这里的职责会一起结束，记录都保留。如果有别的区域来承接，请改用“并入”。"),
        submit=_("停用"),
        is_final=True,
    )


def _managed(request: MemberRequest, pk: int) -> Area:
    return get_object_or_404(areas_for(request.user, Action.MANAGE_AREAS), pk=pk)


def _address(place: Area) -> str:
    return reverse("organisations:area", args=[place.pk])
