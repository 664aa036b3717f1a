"""A person's own pages."""

from allauth.account.utils import get_next_redirect_url
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from portal.members import actions, queries
from portal.members.errors import MemberError
from portal.members.forms import ChooseUnitForm
from webui.htmx import MemberRequest
from webui.pagination import page_of


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def choose_unit(request: MemberRequest) -> HttpResponse:
    """Say which of several units is home, and go on to where one was going."""
    going_to = get_next_redirect_url(request) or reverse("dashboard:home")
    if not queries.units_on_offer(request.user).exists():
        return redirect(going_to)
    form = ChooseUnitForm(request.POST or None, person=request.user)
    if form.is_valid():
        try:
            actions.choose_unit(person=request.user, unit=form.cleaned_data["unit"])
        except MemberError as error:
            messages.error(request, str(error))
        else:
            messages.success(request, _("所属单位已登记：%(unit)s。") % form.cleaned_data)
        return redirect(going_to)
    return render(request, "portal/members/choose_unit.html", {"form": form}, status=422 if form.is_bound else 200)


@login_required
@require_safe
def reads_of_me(request: MemberRequest) -> HttpResponse:
    """Show who looked at one's data, in which office, what and why."""
    years = queries.years_read(request.user)
    year = next((year for year in years if str(year) == request.GET.get("year")), None)
    page = page_of(request, queries.reads_of(request.user, year=year))
    return render(request, "portal/members/reads_of_me.html", {"page": page, "years": years, "year": year})
