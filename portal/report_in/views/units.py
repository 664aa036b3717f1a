"""A unit's contact reports the unit in, and sees where it stands."""

from collections.abc import Callable
from typing import Any

import rules
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.organisations.models import Area, Unit
from portal.organisations.queries import communities
from portal.report_in import actions, queries
from portal.report_in.actions import UnitOffer
from portal.report_in.errors import ReportInError
from portal.report_in.forms.members import PlaceSearchForm
from portal.report_in.forms.units import UnitOfferForm
from portal.report_in.models import UnitReportIn
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of
from webui.qr import qr_code

COMMUNITIES_ON_A_PAGE = 40
MOST_COMMUNITIES = 20  # in one go


@login_required
@permission_required("report_in.report_units", raise_exception=True)
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """List where one's units have reported in."""
    context = {"page": page_of(request, queries.report_ins_of_units(request.user))}
    return render(request, "portal/report_in/unit_list.html", context)


@login_required
@permission_required("report_in.report_units", raise_exception=True)
@require_safe
def choose(request: MemberRequest) -> HttpResponse:
    """Show the communities to tick, those ticked before among them."""
    unit = _unit(request)
    form = PlaceSearchForm(request.GET)
    form.is_valid()
    text, chosen = form.cleaned_data.get("q"), _chosen(request)
    found = queries.communities_named(text) if text else communities()
    there = set(queries.open_areas_of(unit).values_list("pk", flat=True))
    page = page_of(request, found.exclude(pk__in=[area.pk for area in chosen]), size=COMMUNITIES_ON_A_PAGE)
    context = {
        "unit": unit,
        "units": queries.units_to_report_in(request.user),
        "form": form,
        "chosen": chosen,
        "page": page,
        "neighbourhoods": queries.neighbourhoods(page),
        "there": there,
    }
    return render(request, "portal/report_in/unit_choose.html", context)


@login_required
@permission_required("report_in.report_units", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: MemberRequest) -> HttpResponse:
    """Say what the communities will be told, and send."""
    unit, chosen = _unit(request), _chosen(request)
    if not chosen:
        messages.error(request, _("请至少选一个社区。"))
        return redirect("report_in:unit_choose")
    initial = {"contact_name": request.user.name, "contact_phone": unit.phone}
    form = UnitOfferForm(request.POST if request.method == "POST" else None, initial=initial)
    if request.method == "POST" and form.is_valid():
        try:
            actions.report_unit_in(unit=unit, areas=chosen, offer=UnitOffer(**form.cleaned_data), by=request.user)
        except ReportInError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已经发给 %(total)s 个社区，确认后会告诉您。") % {"total": len(chosen)})
            return redirect("report_in:unit_list")
    context = {"form": form, "unit": unit, "chosen": chosen}
    return render(request, "portal/report_in/unit_send.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def one(request: MemberRequest, pk: int) -> HttpResponse:
    """Show where one report-in of one's unit stands."""
    return _one(request, _own(request, pk))


@login_required
@require_POST
def send_again(request: MemberRequest, pk: int) -> HttpResponse:
    """Send again what the community asked back."""
    report_in = _own(request, pk)
    form = UnitOfferForm(request.POST)
    if not form.is_valid():
        return _one(request, report_in, form)
    return _do(
        request,
        report_in,
        lambda: actions.resubmit_unit(report_in=report_in, offer=UnitOffer(**form.cleaned_data), by=request.user),
        _("已经再次发给%(area)s。"),
    )


@login_required
@require_POST
def withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a report-in back while it waits."""
    report_in = _own(request, pk)
    return _do(
        request, report_in, lambda: actions.withdraw_unit(report_in=report_in, by=request.user), _("已从%(area)s撤回。")
    )


@login_required
@require_POST
def end(request: MemberRequest, pk: int) -> HttpResponse:
    """End a report-in that stands."""
    report_in = _own(request, pk)
    return _do(
        request,
        report_in,
        lambda: actions.end_unit(report_in=report_in, by=request.user),
        _("在%(area)s的单位报到已结束，记录和编号都保留。"),
    )


@login_required
@require_safe
def receipt(request: MemberRequest, number: str) -> HttpResponse:
    """Show the receipt to the unit and the community; to nobody else."""
    report_in = get_object_or_404(_rows(), number=number)
    if not rules.has_perm("report_in.view_unit", request.user, report_in):
        raise Http404
    code = queries.receipt_code(number)
    address = request.build_absolute_uri(reverse("report_in:verify", args=[number, code]))
    context = {"report_in": report_in, "code": code, "qr": qr_code(address)}
    return render(request, "portal/report_in/unit_receipt.html", context)


def _rows() -> QuerySet[UnitReportIn]:
    return UnitReportIn.objects.select_related("unit", "area")


def _unit(request: MemberRequest) -> Unit:
    units = queries.units_to_report_in(request.user)
    code = request.GET.get("unit")
    unit = get_object_or_404(units, code=code) if code else units.first()
    if unit is None:
        raise Http404
    return unit


def _chosen(request: MemberRequest) -> list[Area]:
    codes = request.GET.getlist("to")[:MOST_COMMUNITIES]
    return list(communities().filter(code__in=codes)) if codes else []


def _own(request: MemberRequest, pk: int) -> UnitReportIn:
    report_in = get_object_or_404(_rows(), pk=pk)
    # Asked of the posts alone: the superuser's ``has_perm`` says yes to everything.
    if not rules.has_perm("report_in.change_unit", request.user, report_in):
        raise Http404
    return report_in


def _do(request: MemberRequest, report_in: UnitReportIn, change: Callable[[], Any], done: str) -> HttpResponse:
    try:
        change()
    except (ReportInError, IllegalMoveError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done % {"area": report_in.area})
    return redirect("report_in:unit_one", pk=report_in.pk)


def _one(request: MemberRequest, report_in: UnitReportIn, form: UnitOfferForm | None = None) -> HttpResponse:
    fields = ("contact_name", "contact_phone", "offer", "members_expected")
    shown = form or UnitOfferForm(initial={name: getattr(report_in, name) for name in fields})
    context = {"report_in": report_in, "form": shown}
    return render(request, "portal/report_in/unit_one.html", context, status=422 if form else 200)
