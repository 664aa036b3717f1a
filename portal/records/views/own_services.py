"""A member logs what they did outside the listed activities, or an organiser enters it for them."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.records import actions, queries
from portal.records.enums import OwnServiceState
from portal.records.errors import RecordError
from portal.records.forms import AskBackForm, OwnServiceForm
from portal.records.models import OwnService
from portal.report_in.enums import ReportInState
from portal.report_in.models import MemberReportIn
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_new(request: MemberRequest) -> HttpResponse:
    """Ask a member what they did; keep it as a draft or send it."""
    return _form(request, member=request.user, areas=queries.communities_of(request.user))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_for(request: MemberRequest, report_in_pk: int) -> HttpResponse:
    """Let an organiser enter it for somebody of their community; another organiser then confirms."""
    areas = areas_for(request.user, Action.ENTER_FOR_PERSON)
    report_ins = MemberReportIn.objects.filter(area__in=areas, state=ReportInState.ACCEPTED).exclude(
        person=request.user
    )
    report_in = get_object_or_404(report_ins.select_related("person", "area"), pk=report_in_pk)
    return _form(request, member=report_in.person, areas=areas.filter(pk=report_in.area_id))


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_edit(request: MemberRequest, pk: int) -> HttpResponse:
    """Change a draft, or what was asked back, and send it."""
    service = get_object_or_404(queries.own_services_of(request.user), pk=pk)
    if not service.may_be_changed:
        messages.info(request, _("这次服务已经提交，不能再改。需要改的话，先撤回再登记一次。"))
        return redirect("records:mine")
    return _form(request, member=request.user, areas=queries.communities_for(service), service=service)


@login_required
@require_POST
def own_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    service = get_object_or_404(queries.own_services_of(request.user), pk=pk)
    try:
        actions.withdraw_own_service(service=service, by=request.user)
    except IllegalMoveError as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已撤回。"))
    return redirect("records:mine")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def own_ask_back(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask an organiser what is missing, then give it back to its member."""
    service = get_object_or_404(queries.own_services_sent_to(request.user), pk=pk)
    if service.state != OwnServiceState.SUBMITTED:
        messages.info(request, _("这一条已经处理过了。"))
        return redirect("records:confirm")
    form = AskBackForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.ask_back_own_service(service=service, by=request.user, reason=form.cleaned_data["reason"])
        except (RecordError, IllegalMoveError) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已退回，本人会收到通知。"))
            return redirect("records:confirm")
    context = {"form": form, "service": service}
    return render(request, "portal/records/own_ask_back.html", context, status=422 if form.is_bound else 200)


def _form(request: MemberRequest, *, member: User, areas: Any, service: OwnService | None = None) -> HttpResponse:
    form = OwnServiceForm(request.POST if request.method == "POST" else None, areas=areas, initial=_initial(service))
    if form.is_valid():
        is_sent = "draft" not in request.POST
        try:
            kept = actions.save_own_service(
                member=member, by=request.user, service=service, submit=is_sent, **form.fields_given
            )
        except RecordError as refusal:
            form.add_error(None, refusal.message)
        except IllegalMoveError as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _said(kept))
            return redirect("records:mine" if member == request.user else "records:confirm")
    context = {
        "form": form,
        "member": member,
        "is_own": member == request.user,
        "service": service,
        "has_areas": areas.exists(),
    }
    return render(request, "portal/records/own_form.html", context, status=422 if form.is_bound else 200)


def _said(service: OwnService) -> str:
    if service.state == OwnServiceState.DRAFT:
        return _("已存为草稿。")
    if service.state == OwnServiceState.ASKED_BACK:
        return _("已保存。")
    return _("已提交，等%(area)s的工作人员确认。") % {"area": service.area.name}


def _initial(service: OwnService | None) -> dict[str, Any]:
    if service is None:
        return {"day": timezone.localdate()}
    starts_at = timezone.localtime(service.starts_at)
    return {
        "title": service.title,
        "place": service.place,
        "area": service.area_id,
        "minutes": service.minutes,
        "day": starts_at.date(),
        "since": starts_at.time(),
    }
