"""What is shown for objection, who objects, and who answers."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.records import actions, queries
from portal.records.enums import ObjectionState
from portal.records.errors import AlreadyAnsweredError, RecordError
from portal.records.forms import AnswerForm, FilterForm, ObjectionForm
from portal.records.models import Objection
from webui.htmx import MemberRequest
from webui.keyset import keyset_page
from webui.pagination import page_of

ORDER = ("-served_on", "-pk")


@login_required
@require_safe
def announced(request: MemberRequest) -> HttpResponse:
    """Show the records of one's communities that are open to objection: masked, by day, without sums or ranks."""
    areas = queries.announced_areas(request.user)
    filters = FilterForm(request.GET, areas=areas)
    area = filters.cleaned_data["area"] if filters.is_valid() else None
    records = queries.announced_records(request.user)
    context = {
        "page": keyset_page(request, records.filter(area=area) if area else records, order=ORDER),
        "filters": filters,
        "has_areas": areas.count() > 1,
        "may_correct": set(areas_for(request.user, Action.CONFIRM_RECORDS).values_list("pk", flat=True)),
        "to_answer": queries.objections_to_answer(request.user).count(),
    }
    return render(request, "portal/records/announced.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def file_objection(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask what is wrong with a record, and keep it for whoever answers."""
    seen = queries.announced_records(request.user) | queries.own_announced(request.user)
    record = get_object_or_404(seen, pk=pk)
    form = ObjectionForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            actions.file_objection(record=record, by=request.user, reason=form.cleaned_data["reason"])
        except RecordError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已收到您的异议，答复之前这条公示暂停。"))
            return redirect("records:objections_mine")
    context = {"form": form, "record": record, "is_own": record.member_id == request.user.pk}
    return render(request, "portal/records/object.html", context, status=422 if form.is_bound else 200)


@login_required
@require_safe
def objections_mine(request: MemberRequest) -> HttpResponse:
    """Show what one objected to, what became of it, and what waits for one's own answer."""
    context = {
        "page": page_of(request, queries.objections_of(request.user)),
        "to_answer": queries.objections_to_answer(request.user),
    }
    return render(request, "portal/records/objections.html", context)


@login_required
@require_POST
def objection_withdraw(request: MemberRequest, pk: int) -> HttpResponse:
    objection = get_object_or_404(queries.objections_of(request.user), pk=pk)
    actions.withdraw_objection(objection=objection, by=request.user)
    messages.success(request, _("已收回，公示继续。"))
    return redirect("records:objections_mine")


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def objection_answer(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the objection with what is known of the record; correct, reverse, or say why it stays."""
    objection = get_object_or_404(queries.objections_free_to(request.user), pk=pk)
    if objection.state != ObjectionState.OPEN:
        messages.info(request, AlreadyAnsweredError().message)
        return redirect("records:objections_mine")
    form = AnswerForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            _answer(objection, by=request.user, form=form)
        except RecordError as refusal:
            form.add_error(None, refusal.message)
        else:
            messages.success(request, _("已答复，双方都会收到通知。"))
            return redirect("records:objections_mine")
    record = queries.records_with_stories(type(objection.record).objects.filter(pk=objection.record_id)).get()
    context = {"form": form, "objection": objection, "story": queries.story_of_record(record)}
    return render(request, "portal/records/objection_answer.html", context, status=422 if form.is_bound else 200)


def _answer(objection: Objection, *, by: User, form: AnswerForm) -> None:
    given = form.cleaned_data
    if given["outcome"] == "reject":
        actions.reject_objection(objection=objection, by=by, answer=given["answer"])
    else:
        minutes = given["minutes"] if given["outcome"] == "correct" else None
        actions.uphold_objection(objection=objection, by=by, answer=given["answer"], minutes=minutes)
