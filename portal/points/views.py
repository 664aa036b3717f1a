from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from portal.points import queries
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_safe
def mine(request: MemberRequest) -> HttpResponse:
    """Show a member their points, each line with the rules that gave it."""
    context = {
        "balance": queries.balance(request.user),
        "page": page_of(request, queries.entries_of(request.user)),
        "rules": queries.rule_sets_on(timezone.localdate()).first(),
    }
    return render(request, "portal/points/mine.html", context)
