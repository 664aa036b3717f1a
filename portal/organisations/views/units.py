"""Units: looked through, shown, opened, changed, ended."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.organisations import actions, queries
from portal.organisations.enums import Action
from portal.organisations.forms.places import EndPlaceForm, OpenUnitForm, UnitForm
from portal.organisations.models import Unit
from portal.organisations.permissions import areas_for, may, may_somewhere, units_for
from portal.organisations.signals import unit_end_asked
from portal.organisations.views.asking import ask
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def units(request: MemberRequest) -> HttpResponse:
    """List the units one may see, all or those a name or a code finds."""
    words = request.GET.get("q", "").strip()[:80]
    visible = units_for(request.user, Action.VIEW_UNIT).select_related("area")
    context = {
        "page": page_of(request, queries.matching(visible, words) if words else visible.order_by("path")),
        "words": words,
        "manages": may_somewhere(request.user, Action.MANAGE_UNITS),
    }
    return render(request, "portal/organisations/units.html", context)


@login_required
@require_safe
def unit(request: MemberRequest, pk: int) -> HttpResponse:
    """Show a unit: its facts, who serves there, and its branches."""
    visible = units_for(request.user, Action.VIEW_UNIT)
    place = get_object_or_404(visible.select_related("area"), pk=pk)
    above = queries.lineage(place)
    posts, past_posts = queries.posts_at(place)
    context = {
        "unit": place,
        "above": above,
        "visible": set(visible.filter(pk__in=[unit.pk for unit in above]).values_list("pk", flat=True)),
        "posts": posts,
        "past_posts": past_posts,
        "page": page_of(request, queries.beneath(place)),
        "manages": may(request.user, Action.MANAGE_UNITS, place),
        "appoints": may(request.user, Action.APPOINT, place),
    }
    return render(request, "portal/organisations/unit.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_unit(request: MemberRequest) -> HttpResponse:
    """Open a unit."""
    if not may_somewhere(request.user, Action.MANAGE_UNITS):
        raise Http404
    return _open(request, None, to=reverse("organisations:units"))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def open_branch(request: MemberRequest, pk: int) -> HttpResponse:
    """Open a branch of a unit."""
    above = _managed(request, pk)
    return _open(request, above, to=_address(above))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def change_unit(request: MemberRequest, pk: int) -> HttpResponse:
    """Say something else about a unit."""
    place = _managed(request, pk)
    known = {name: getattr(place, name) for name in ("name", "kind", "credit_code", "phone")}
    known["area_code"] = place.area.code if place.area else ""
    managed = areas_for(request.user, Action.MANAGE_UNITS)
    form = UnitForm(request.POST if request.method == "POST" else None, initial=known, areas=managed)
    return ask(
        request,
        form,
        act=lambda: actions.change_unit(unit=place, by=request.user, **form.facts()),
        done=_("已保存。"),
        to=_address(place),
        title=_("修改：%(unit)s") % {"unit": place},
        submit=_("保存"),
    )


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_unit(request: MemberRequest, pk: int) -> HttpResponse:
    """End a unit."""
    place = _managed(request, pk)
    form = EndPlaceForm(request.POST if request.method == "POST" else None)
    return ask(
        request,
        form,
        act=lambda: actions.end_unit(unit=place, by=request.user, on=form.cleaned_data["on"]),
        done=_("已停用。"),
        to=_address(place),
        title=_("停用：%(unit)s") % {"unit": place},
        points=_what_happens(place),
        submit=_("停用"),
        is_final=True,
    )


def _open(request: MemberRequest, above: Unit | None, *, to: str) -> HttpResponse:
    managed = areas_for(request.user, Action.MANAGE_UNITS)
    known = {"area_code": above.area.code} if above and above.area else {}
    form = OpenUnitForm(request.POST if request.method == "POST" else None, areas=managed, initial=known)
    return ask(
        request,
        form,
        act=lambda: actions.open_unit(above=above, by=request.user, **form.facts()),
        done=_("已启用。"),
        to=to,
        title=_("新建%(unit)s的下属单位") % {"unit": above} if above else _("新建单位"),
        submit=_("启用"),
    )


def _what_happens(unit: Unit) -> list[str]:
    posts, _past = queries.posts_at(unit)
    said = [sentence for _room, found in unit_end_asked.send(Unit, unit=unit) for sentence in found or ()]
    return [
        *said,
        _("%(number)d 项职责一起结束。") % {"number": len(posts)},
        _("以前的报到、服务记录和积分都保留。停用以后不能撤销。"),
    ]


def _managed(request: MemberRequest, pk: int) -> Unit:
    return get_object_or_404(units_for(request.user, Action.MANAGE_UNITS).select_related("area"), pk=pk)


def _address(place: Unit) -> str:
    return reverse("organisations:unit", args=[place.pk])
