from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.dashboard.queries.contacts import contact_desk, not_reported_in
from portal.dashboard.queries.duties import duties_of
from portal.dashboard.queries.members import member_desk
from portal.dashboard.queries.organisers import organiser_desk
from portal.dashboard.queries.supervisors import supervisor_desk
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    """Show a person what waits for them, one section for each thing they are."""
    person = request.user
    duties, member = duties_of(person), member_desk(person)
    context = {
        "duties": duties,
        "member": member if member.is_member or not duties else None,
        "organiser": organiser_desk(person) if duties.organises else None,
        "contact": contact_desk(person) if duties.is_contact else None,
        "supervisor": supervisor_desk(person) if duties.supervises else None,
    }
    return render(request, "portal/dashboard/home.html", context)


@login_required
@require_safe
def to_report_in(request: MemberRequest) -> HttpResponse:
    """Show a unit's contact whom they may still help to report in."""
    duties = duties_of(request.user)
    if not duties.is_contact:
        raise PermissionDenied
    context = {"duties": duties, "page": page_of(request, not_reported_in(request.user))}
    return render(request, "portal/dashboard/to_report_in.html", context)
