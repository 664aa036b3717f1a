from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from webui.htmx import MemberRequest


@login_required
@require_safe
def home(request: MemberRequest) -> HttpResponse:
    return render(request, "portal/dashboard/home.html")
