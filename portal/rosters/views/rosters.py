"""Whose rosters one keeps, and one of them."""

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from portal.rosters import queries
from portal.rosters.enums import Listing
from portal.rosters.forms import RosterSearchForm
from webui.htmx import MemberRequest
from webui.pagination import page_of

IMPORTS_SHOWN = 5


@login_required
@require_safe
def index(request: MemberRequest) -> HttpResponse:
    """List the units whose rosters one keeps; a single one opens at once."""
    units = queries.units_kept_by(request.user)
    first = list(units[:2])
    if not first:
        raise Http404
    if len(first) == 1:
        return redirect("rosters:roster", first[0].code)
    form = RosterSearchForm(request.GET)
    form.is_valid()
    if text := form.cleaned_data.get("q"):
        units = queries.units_named(request.user, text)
    context = {"page": page_of(request, units), "words": form.cleaned_data.get("q", "")}
    return render(request, "portal/rosters/index.html", context)


@login_required
@require_safe
def roster(request: MemberRequest, code: str) -> HttpResponse:
    """Show who stands on a unit's roster, phones masked."""
    unit = get_object_or_404(queries.units_kept_by(request.user), code=code)
    form = RosterSearchForm(request.GET)
    form.is_valid()
    listing, words = form.cleaned_data.get("listing", Listing.ALL), form.cleaned_data.get("q", "")
    context = {
        "unit": unit,
        "page": page_of(request, queries.listed(unit, listing=listing, text=words)),
        "listing": listing,
        "listings": Listing,
        "words": words,
        "imports": queries.imports_of(unit, reader=request.user)[:IMPORTS_SHOWN],
    }
    return render(request, "portal/rosters/roster.html", context)
