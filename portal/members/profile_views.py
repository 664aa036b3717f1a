"""The page on which a member says what they can, when and what they would like."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.members import actions, queries
from portal.members.profile_forms import ProfileForm
from webui.htmx import MemberRequest


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def profile(request: MemberRequest) -> HttpResponse:
    """Show and write one's own profile."""
    mine = queries.profile_of(request.user)
    form = ProfileForm(
        request.POST if request.method == "POST" else None, instance=mine, initial={"skills": queries.skills_of(mine)}
    )
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(person=request.user, skills=form.cleaned_data["skills"], parts=form.parts())
        messages.success(request, _("已保存。"))
        return redirect("members:profile")
    return render(request, "portal/members/profile.html", {"form": form}, status=422 if form.errors else 200)
