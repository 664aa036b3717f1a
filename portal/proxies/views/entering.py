"""An organiser finds somebody of their community, or takes somebody up, and enters what is on the paper."""

from collections.abc import Callable
from typing import Any

from allauth.core import ratelimit
from django import forms
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities.errors import ActivityError
from portal.members.enums import OF_THE_COMMUNITY
from portal.members.models import User
from portal.members.reveal import Phone, masked_phone_of, reveal_phone
from portal.organisations.models import Area
from portal.proxies import actions, queries
from portal.proxies.actions import Mandate
from portal.proxies.enums import ConsentKind, EntryKind, FormKind
from portal.proxies.errors import ProxyError
from portal.proxies.forms import FindForm, TakeUpForm
from portal.proxies.models import PaperForm, ProxyEntry
from portal.proxies.views.sections import Section, paper_of, sections_for
from portal.report_in.errors import ReportInError
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest

REFUSALS = (ProxyError, ReportInError, ActivityError, IllegalMoveError)
Entering = Callable[[dict[str, Any]], ProxyEntry]


@login_required
@permission_required("proxies.enter_for_person", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: MemberRequest) -> HttpResponse:
    """Find somebody of one's community; what one types travels in the form and never in the address."""
    paper = paper_of(request)
    form = FindForm(request.POST if request.method == "POST" else None)
    people: list[User] | None = None
    if form.is_valid():
        if ratelimit.consume(request, action="find_person", user=request.user):
            people = queries.find_people(request.user, **form.wanted())
        else:
            form.add_error(None, _("查找得太频繁了，请等一分钟再试。"))
    context = {"form": form, "people": people, "paper": paper, "recent": queries.entries_in(request.user)[:5]}
    return render(request, "portal/proxies/find.html", context, status=422 if form.errors else 200)


@login_required
@permission_required("proxies.enter_for_person", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def take_up(request: MemberRequest) -> HttpResponse:
    """Take up somebody no community has yet."""
    paper, areas = paper_of(request), queries.areas_entered_for(request.user)
    own = queries.community_of_paper(request.user, paper) if paper else None
    initial = {"area": own.code} if own else {}
    form = TakeUpForm(request.POST if request.method == "POST" else None, areas=areas, initial=initial)
    if form.is_valid():
        data = form.cleaned_data
        try:
            mandate = _mandate(request, form.area(), data, paper)
            entry = actions.take_up(mandate=mandate, name=data["name"], phone=data["phone"], note=data["note"])
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已登记。本人会看到是谁、为什么代为录入的。"))
            return redirect("proxies:person", entry.person_id)
    context = {"form": form, "paper": paper, "areas": areas}
    return render(request, "portal/proxies/take_up.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def person(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one person of one's community, and what can be entered for them."""
    return _page(request, _person(request, pk))


@login_required
@require_POST
def show_phone(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the whole number once, in this answer only, and note who saw it and why."""
    someone = _person(request, pk)
    address, place = _phone_address(request, someone), queries.community_of(someone)
    phone = reveal_phone(request, whose=someone, address=address, place=place, purposes=OF_THE_COMMUNITY)
    return _page(request, someone, phone=phone, status=200 if phone.is_whole else 422)


@login_required
@require_POST
def report_in(request: MemberRequest, pk: int) -> HttpResponse:
    someone, paper = _person(request, pk), paper_of(request)
    area = queries.community_of_paper(request.user, paper) if paper else queries.community_of(someone)

    def enter(data: dict[str, Any]) -> ProxyEntry:
        mandate = _mandate(request, area, data, paper)
        return actions.report_in_for(person=someone, mandate=mandate, note=data["note"])

    return _enter(request, someone, FormKind.REPORT_IN, enter)


@login_required
@require_POST
def sign_up(request: MemberRequest, pk: int) -> HttpResponse:
    someone, paper = _person(request, pk), paper_of(request)

    def enter(data: dict[str, Any]) -> ProxyEntry:
        mandate = _mandate(request, data["shift"].activity.area, data, paper)
        said = {"position": data.get("position"), "meets_age": data.get("meets_age", False)}
        return actions.sign_up_for(person=someone, shift=data["shift"], mandate=mandate, **said)

    return _enter(request, someone, FormKind.SIGN_UP, enter)


@login_required
@require_POST
def leave(request: MemberRequest, pk: int) -> HttpResponse:
    someone, paper = _person(request, pk), paper_of(request)

    def enter(data: dict[str, Any]) -> ProxyEntry:
        mandate = _mandate(request, data["sign_up"].shift.activity.area, data, paper)
        return actions.withdraw_for(sign_up=data["sign_up"], mandate=mandate)

    return _enter(request, someone, FormKind.LEAVE, enter)


@login_required
@require_POST
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    someone, paper = _person(request, pk), paper_of(request)

    def enter(data: dict[str, Any]) -> ProxyEntry:
        mandate = _mandate(request, queries.community_of(someone), data, paper)
        return actions.correct_for(person=someone, mandate=mandate, name=data["name"], phone=data["phone"])

    return _enter(request, someone, FormKind.CORRECTION, enter)


@login_required
@require_POST
def profile(request: MemberRequest, pk: int) -> HttpResponse:
    someone = _person(request, pk)

    def enter(data: dict[str, Any]) -> ProxyEntry:
        mandate = _mandate(request, queries.community_of(someone), data, None)
        said = {name: data[name] for name in ("skills", "own_skills", "wishes")}
        return actions.profile_for(person=someone, mandate=mandate, **said)

    return _enter(request, someone, EntryKind.PROFILE, enter)


@login_required
@require_POST
def moved_away(request: MemberRequest, pk: int) -> HttpResponse:
    someone = _person(request, pk)
    try:
        actions.say_moved_away(person=someone, by=request.user)
    except ProxyError as refusal:
        messages.error(request, str(refusal))
        return redirect("proxies:person", someone.pk)
    messages.success(request, _("已结束登记，本人会收到通知。"))
    return redirect("proxies:find")


def _person(request: MemberRequest, pk: int) -> User:
    return get_object_or_404(queries.people_entered_for(request.user), pk=pk)


def _mandate(request: MemberRequest, area: Area | None, data: dict[str, Any], paper: PaperForm | None) -> Mandate:
    if area is None:  # they left it a moment ago
        raise ProxyError
    return Mandate(by=request.user, area=area, consent=ConsentKind(data["consent"]), paper_form=paper)


def _enter(request: MemberRequest, someone: User, kind: Section, enter: Entering) -> HttpResponse:
    form = sections_for(request, someone, bound=kind).get(kind)
    if form is None:
        messages.error(request, _("现在没有可以录入的，请刷新页面后再看。"))
        return redirect("proxies:person", someone.pk)
    if form.is_valid():
        try:
            entry = enter(form.cleaned_data)
        except REFUSALS as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(request, _("已录入。本人会收到通知，可以撤销或者提出异议。"))
            return redirect(_next(entry))
    return _page(request, someone, bound={kind: form}, status=422)


def _next(entry: ProxyEntry) -> str:
    """Return to the sheet while it has more lines, else to the person."""
    if entry.paper_form and not entry.paper_form.is_single_use:
        return f"{reverse('proxies:find')}?form={entry.paper_form.code}"
    return reverse("proxies:person", args=[entry.person_id])


def _phone_address(request: MemberRequest, someone: User) -> str:
    """Return where the click goes; the paper one is entering stays at hand."""
    paper, address = paper_of(request), reverse("proxies:show_phone", args=[someone.pk])
    return f"{address}?form={paper.code}" if paper else address


def _page(
    request: MemberRequest,
    someone: User,
    *,
    bound: dict[Section, forms.Form] | None = None,
    phone: Phone | None = None,
    status: int = 200,
) -> HttpResponse:
    paper, sections = paper_of(request), sections_for(request, someone) | (bound or {})
    context = {
        "someone": someone,
        "phone": phone or masked_phone_of(someone, address=_phone_address(request, someone), purposes=OF_THE_COMMUNITY),
        "community": queries.community_of(someone),
        "paper": paper,
        "is_managed": queries.is_managed(someone),
        "may_end": bool(queries.ties_to(request.user, someone)),
        "sections": [
            (kind, form, bool(form.errors) or (paper is not None and paper.kind == kind))
            for kind, form in sections.items()
        ],
        "entries": queries.entries_in(request.user).filter(person=someone)[:10],
    }
    return render(request, "portal/proxies/person.html", context, status=status)
