"""What a community keeps: its list of members, its poster, and the names by which people know where they live."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.members.queries import visible_profiles
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import may
from portal.organisations.queries import communities, posts_read_once
from portal.report_in import actions, queries
from portal.report_in.forms.desk import AddressNamesForm, MemberFilterForm
from webui.htmx import MemberRequest
from webui.keyset import keyset_page
from webui.pagination import page_of
from webui.qr import qr_code


@login_required
@require_safe
@posts_read_once
def members(request: MemberRequest, code: str = "") -> HttpResponse:
    """List who has reported in to one community; whoever looks after several chooses first."""
    reached = queries.communities_with_members(request.user)
    if not code:
        return _choose(request)
    area = get_object_or_404(reached, code=code)
    form, sort = MemberFilterForm(request.GET), _sort_of(request)
    form.is_valid()
    only, grids = request.GET.get("only", ""), list(queries.grids_of(area))
    grid = next((one for one in grids if one.code == request.GET.get("grid")), None)
    months = queries.months_of(area)
    month = next((one for one in months if f"{one:%Y-%m}" == request.GET.get("month")), None)
    said = {"name": form.cleaned_data.get("name", ""), "unit": form.cleaned_data.get("unit", "")}
    rows = queries.members_of(area, **said, grid=grid, month=month, only=only)
    page = keyset_page(request, rows, order=queries.SORTS[sort][1])
    profiles = visible_profiles([row.person for row in page])
    context = {
        "area": area,
        "form": form,
        "page": page,
        "rows": [(row, profiles.get(row.person.pk)) for row in page],
        "sort": sort,
        "sorts": [(key, label) for key, (label, _order) in queries.SORTS.items()],
        "only": only,
        "grids": grids,
        "grid": grid,
        "months": months,
        "month": month,
        "filters": [(key, one.label) for key, one in queries.member_filters().items()],
        "may_keep_names": may(request.user, Action.KEEP_ADDRESS_NAMES, area),
    }
    return render(request, "portal/report_in/members.html", context)


@login_required
@require_safe
def poster(request: MemberRequest, code: str) -> HttpResponse:
    """Show the page a community prints and puts up: its code leads to reporting in right there."""
    area = _community(request, code, Action.VIEW_AREA_MEMBERS)
    address = request.build_absolute_uri(reverse("report_in:send", args=[area.code]))
    return render(request, "portal/report_in/poster.html", {"area": area, "address": address, "qr": qr_code(address)})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def address_names(request: MemberRequest, code: str) -> HttpResponse:
    """Let the estates and roads of a community be written down, one a line."""
    area = _community(request, code, Action.KEEP_ADDRESS_NAMES)
    kept = area.address_names.order_by("text").values_list("text", flat=True)
    form = AddressNamesForm(request.POST or None, initial={"names": "\n".join(kept)})
    if request.method == "POST":
        form = AddressNamesForm(request.POST)
        if form.is_valid():
            actions.keep_address_names(area=area, names=form.cleaned_data["names"], by=request.user)
            messages.success(request, _("已保存。居民粘贴地址时就能找到%(area)s。") % {"area": area})
            return redirect("report_in:address_names", code)
    context = {"area": area, "form": form}
    return render(request, "portal/report_in/address_names.html", context, status=422 if form.errors else 200)


def _choose(request: MemberRequest) -> HttpResponse:
    page = page_of(request, queries.communities_with_members(request.user), size=40)
    if not page.object_list:
        raise PermissionDenied
    if len(page.object_list) == 1 and not page.has_other_pages():
        return redirect("report_in:members_of", page.object_list[0].code)
    context = {"page": page, "neighbourhoods": queries.neighbourhoods(page)}
    return render(request, "portal/report_in/choose_members.html", context)


def _sort_of(request: MemberRequest) -> str:
    wanted = request.GET.get("sort", "")
    return wanted if wanted in queries.SORTS else next(iter(queries.SORTS))


def _community(request: MemberRequest, code: str, action: Action) -> Area:
    area = get_object_or_404(communities(), code=code)
    if not may(request.user, action, area):
        raise Http404
    return area
