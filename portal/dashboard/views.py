from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from portal.dashboard.queries.contacts import contact_desk
from portal.dashboard.queries.duties import duties_of
from portal.dashboard.queries.members import member_desk
from portal.dashboard.queries.organisers import organiser_desk
from portal.dashboard.queries.supervisors import supervisor_desk
from portal.organisations.queries import posts_read_once
from webui.htmx import MemberRequest


@login_required
@require_safe
@posts_read_once
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
