"""A person's inbox."""

from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from portal.notices import actions, queries
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def inbox(request: MemberRequest) -> HttpResponse:
    """List the messages; those shown are read from now on."""
    page = page_of(request, queries.inbox_of(request.user))
    page.object_list = list(page.object_list)
    if request.method == "GET":
        actions.mark_read(recipient=request.user, messages=page.object_list)
    return render(request, "portal/notices/inbox.html", {"page": page})


@login_required
@require_POST
def open_message(request: MemberRequest, pk: int) -> HttpResponse:
    """Read one message and go where it leads."""
    message = get_object_or_404(queries.inbox_of(request.user), pk=pk)
    actions.mark_read(recipient=request.user, messages=[message])
    return redirect(message.url or "notices:inbox")
