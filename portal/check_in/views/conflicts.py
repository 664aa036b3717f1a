"""Where two devices say different things, a person decides."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from portal.activities.errors import ActivityError
from portal.check_in import actions, queries
from portal.check_in.errors import CheckInError
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest


@login_required
@require_safe
def conflicts(request: MemberRequest) -> HttpResponse:
    """Show what stands beside what a device said, and what was refused of late."""
    context = {
        "conflicts": queries.open_conflicts(request.user),
        "refused": queries.refused(request.user)[: queries.REFUSED_SHOWN],
    }
    return render(request, "portal/check_in/conflicts.html", context)


@login_required
@require_POST
def resolve(request: MemberRequest, pk: object) -> HttpResponse:
    """Decide; where a colleague was quicker, say so."""
    event = get_object_or_404(queries.events_of(request.user), pk=pk)
    try:
        actions.resolve(event=event, by=request.user, take="take" in request.POST)
    except (CheckInError, ActivityError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已处理。"))
    return redirect("check_in:conflicts")
