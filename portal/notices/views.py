"""A person's inbox, and how they want to be told."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.notices import actions, queries
from portal.notices.forms import PreferenceForm
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


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def preferences(request: MemberRequest) -> HttpResponse:
    """Show and change by which ways, and when, one is told."""
    mine = queries.preference_of(request.user)
    form = PreferenceForm(
        request.POST if request.method == "POST" else None, instance=mine, kinds=queries.kinds_for(request.user)
    )
    if request.method == "POST" and form.is_valid():
        actions.set_preference(person=request.user, choices=form.choices(), **form.parts())
        messages.success(request, _("已保存。"))
        return redirect("notices:preferences")
    about = {"form": form, "gets_sms": queries.gets_sms(request.user)}
    return render(request, "portal/notices/preferences.html", about, status=422 if form.errors else 200)
