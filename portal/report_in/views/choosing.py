"""Choosing a community, to live in, to move to or to stay in for a time, and sending the report-in."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from portal.members.models import User
from portal.members.queries import home_unit, units_on_offer
from portal.organisations.models import Area
from portal.organisations.queries import communities, follower_of
from portal.report_in import actions, queries
from portal.report_in.enums import ReportInState, TemporaryReason
from portal.report_in.errors import ReportInError
from portal.report_in.forms.members import PlaceSearchForm, ReportInForm, StayForm
from portal.report_in.models import MemberReportIn
from webui.htmx import MemberRequest
from webui.pagination import page_of

COMMUNITIES_ON_A_PAGE = 40
UNPROCESSABLE = 422


@dataclass(frozen=True)
class Way:
    """One way of reporting in: what its pages say, and what sends it."""

    name: str
    title: Promise
    question: Promise
    form: type[ReportInForm]
    send: Callable[[User, Area, dict[str, Any]], MemberReportIn]

    @property
    def choose_url(self) -> str:
        return "report_in:start" if self.name == "send" else f"report_in:choose_{self.name}"

    @property
    def send_url(self) -> str:
        return f"report_in:{self.name}"


SEND = Way(
    "send",
    gettext_lazy("到社区报到"),
    gettext_lazy("您住在哪个社区？"),
    ReportInForm,
    lambda person, area, data: actions.submit_report_in(person=person, area=area, note=data["note"], grid=data["grid"]),
)
MOVE = Way(
    "move",
    gettext_lazy("搬家了，换一个社区"),
    gettext_lazy("您搬到哪个社区？"),
    ReportInForm,
    lambda person, area, data: actions.ask_to_move(person=person, area=area, note=data["note"], grid=data["grid"]),
)
STAY = Way(
    "stay",
    gettext_lazy("临时报到"),
    gettext_lazy("您临时住在哪个社区？"),
    StayForm,
    lambda person, area, data: actions.report_in_for_a_time(
        person=person,
        area=area,
        reason=TemporaryReason(data["reason"]),
        starts_on=data["starts_on"],
        expires_on=data["expires_on"],
        note=data["note"],
        station=data["station"],
        grid=data["grid"],
    ),
)


@login_required
@require_safe
def choose(request: MemberRequest, way: Way = SEND) -> HttpResponse:
    """Show the communities to choose from: by name, address, grid, or the list."""
    if units_on_offer(request.user).exists():
        return redirect("members:choose_unit")
    unit = home_unit(request.user)
    if unit is None:
        return render(request, "portal/report_in/no_unit.html")
    form = PlaceSearchForm(request.GET)
    page, is_guess = _places(request, form)
    context = {
        "way": way,
        "unit": unit,
        "form": form,
        "page": page,
        "is_guess": is_guess,
        "grid": form.cleaned_data.get("q") if len(page) == 1 else "",
        "neighbourhoods": queries.neighbourhoods(page),
        "districts": queries.districts(),
        "district": form.cleaned_data.get("district"),
    }
    return render(request, "portal/report_in/start.html", context)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: MemberRequest, code: str, way: Way = SEND) -> HttpResponse:
    """Say what the community will be told, take the consent, and send."""
    area = communities().filter(code=code).first()
    if area is None:
        return _to_follower(code, way)
    unit, elsewhere = home_unit(request.user), _elsewhere(request.user, area, way)
    if unit is None:
        return _without_unit(request, area, is_asked=way is SEND and not elsewhere)
    if elsewhere:
        return redirect(elsewhere, *([code] if elsewhere == MOVE.send_url else []))
    form = _form(way, area, request)
    if request.method == "POST" and form.is_valid():
        try:
            way.send(request.user, area, form.cleaned_data)
        except ReportInError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已经发给%(area)s，确认后会告诉您。") % {"area": area})
            return redirect("report_in:start")
    context = {"way": way, "form": form, "area": area, "unit": unit}
    return render(request, "portal/report_in/send.html", context, status=UNPROCESSABLE if form.is_bound else 200)


def _without_unit(request: MemberRequest, area: Area, *, is_asked: bool) -> HttpResponse:
    """Lead to the units to choose from; else, where ``is_asked``, offer to join ``area`` as a resident."""
    if units_on_offer(request.user).exists():
        return redirect(f"{reverse('members:choose_unit')}?{urlencode({'next': request.get_full_path()})}")
    if is_asked and request.method != "POST":
        return render(request, "portal/report_in/no_unit.html", {"area": area})
    return redirect("report_in:start")


def _to_follower(code: str, way: Way) -> HttpResponse:
    """Lead whoever followed the poster of a community that is no more to the one it was merged into."""
    follower = follower_of(code)
    if follower is None:
        raise Http404
    return redirect(way.send_url, follower.code)


def _form(way: Way, area: Area, request: MemberRequest) -> ReportInForm:
    asked: dict[str, Any] = {"grids": queries.grids_of(area), "initial": {"grid": request.GET.get("grid", "")}}
    if way is STAY:
        asked["stations"] = queries.stations_of(area)
    return way.form(request.POST or None, **asked)


def _elsewhere(person: User, area: Area, way: Way) -> str:
    """Return where somebody belongs who followed a link that is not for them, such as a poster's."""
    residence = queries.open_residence(person)
    is_settled = residence is not None and residence.state == ReportInState.ACCEPTED
    is_home = residence is not None and residence.area_id == area.pk
    if way is STAY:
        return "report_in:start" if is_home else ""
    if way is MOVE:
        return "" if is_settled and not is_home and not queries.open_move(person) else "report_in:start"
    if residence is None:
        return ""
    return MOVE.send_url if is_settled and not is_home else "report_in:start"


def _places(request: MemberRequest, form: PlaceSearchForm) -> "tuple[Page[Any], bool]":
    """Return a page of communities, and whether they were read out of an address."""
    form.is_valid()
    found: Any = communities()
    is_guess = False
    if text := form.cleaned_data.get("q"):
        found, is_guess = _matching(text)
    elif code := form.cleaned_data.get("district"):
        found = queries.communities_in(get_object_or_404(queries.districts(), code=code))
    return page_of(request, found, size=COMMUNITIES_ON_A_PAGE), is_guess


def _matching(text: str) -> tuple[Any, bool]:
    if place := queries.community_of_grid(text):
        return [place], False
    named = queries.communities_named(text)
    return (named, False) if named.exists() else (queries.communities_at(text), True)
