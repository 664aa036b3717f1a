"""One person on a roster: listed by hand, corrected, taken off."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from portal.members.enums import PhonePurpose
from portal.members.models import HomeMembership, RosterEntry, User
from portal.members.queries import open_membership
from portal.members.reveal import Phone, masked_phone_of, reveal_phone
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.rosters import actions, queries
from portal.rosters.errors import RosterError
from portal.rosters.forms import CorrectForm, EntryForm, ExemptForm
from webui.htmx import MemberRequest

PURPOSES = (PhonePurpose.ROSTER,)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def add(request: MemberRequest, code: str) -> HttpResponse:
    """List one person."""
    unit = get_object_or_404(queries.units_kept_by(request.user), code=code)
    form = EntryForm(request.POST or None)
    if form.is_valid():
        said = form.cleaned_data
        try:
            actions.add_entry(unit=unit, phone=said["phone"], name=said["name"], details=form.details, by=request.user)
        except RosterError as error:
            form.add_error("phone", str(error))
        else:
            messages.success(request, _("%(name)s已列入名册。") % said)
            return redirect("rosters:roster", unit.code)
    context = {"form": form, "unit": unit}
    return render(request, "portal/rosters/add.html", context, status=422 if form.is_bound else 200)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def correct(request: MemberRequest, pk: int) -> HttpResponse:
    """Correct what the roster says of one person."""
    entry = get_object_or_404(queries.entries_kept_by(request.user), pk=pk, left_on__isnull=True)
    form = CorrectForm(request.POST or None, entry=entry)
    if form.is_valid():
        said = form.cleaned_data
        phone = said.get("phone", str(entry.phone))
        try:
            actions.correct_entry(entry=entry, phone=phone, name=said["name"], details=form.details, by=request.user)
        except RosterError as error:
            form.add_error("phone" if "phone" in form.fields else None, str(error))
        else:
            messages.success(request, _("已更正。"))
            _say_whose_name_stays(request, entry, said["name"])
            return redirect("rosters:roster", entry.unit.code)
    return _entry_page(request, entry, form=form)


@login_required
@require_POST
def show_phone(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the row's whole number once, in this answer only; whoever has met the row sees who looked and why."""
    entry = get_object_or_404(queries.entries_kept_by(request.user), pk=pk, left_on__isnull=True)
    phone = reveal_phone(request, whose=entry, address=_phone_address(entry), place=entry.unit, purposes=PURPOSES)
    return _entry_page(request, entry, phone=phone)


@login_required
@require_POST
def exempt(request: MemberRequest, pk: int) -> HttpResponse:
    """Expect no report-in of somebody without an account until a day."""
    entry = get_object_or_404(queries.entries_kept_by(request.user), pk=pk, left_on__isnull=True)
    form = ExemptForm(request.POST)
    if form.is_valid():
        try:
            actions.exempt_entry(entry=entry, until=form.cleaned_data["until"], by=request.user)
        except RosterError as error:
            form.add_error("until", str(error))
        else:
            messages.success(request, _("已保存。"))
            return redirect("rosters:roster", entry.unit.code)
    return _entry_page(request, entry, exempt=form)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def left(request: MemberRequest, pk: int) -> HttpResponse:
    """Ask first, then take one person off the roster."""
    entry = get_object_or_404(queries.entries_kept_by(request.user), pk=pk)
    if request.method == "POST":
        actions.mark_left(entry=entry, by=request.user)
        messages.success(request, _("%(name)s已移出名册。") % {"name": entry.name})
        return redirect("rosters:roster", entry.unit.code)
    return render(request, "portal/rosters/left.html", {"entry": entry})


def _say_whose_name_stays(request: MemberRequest, entry: RosterEntry, name: str) -> None:
    if entry.person_id and User.objects.filter(pk=entry.person_id).exclude(name=name).exists():
        messages.info(request, _("只改了名册：本人账户上的姓名不是从这份名册来的，没有跟着改。"))


def _phone_address(entry: RosterEntry) -> str:
    return reverse("rosters:show_phone", args=[entry.pk])


def _entry_page(
    request: MemberRequest,
    entry: RosterEntry,
    *,
    form: CorrectForm | None = None,
    exempt: ExemptForm | None = None,
    phone: Phone | None = None,
) -> HttpResponse:
    form = form or CorrectForm(entry=entry)
    exempt = exempt or ExemptForm(initial={"until": entry.exempt_until})
    phone = phone or masked_phone_of(entry, address=_phone_address(entry), purposes=PURPOSES)
    is_wrong = form.is_bound or exempt.is_bound or bool(phone.form.errors)
    context = {
        "form": form,
        "exempt": exempt,
        "entry": entry,
        "phone": phone,
        "membership": _membership(request, entry),
    }
    return render(request, "portal/rosters/correct.html", context, status=422 if is_wrong else 200)


def _membership(request: MemberRequest, entry: RosterEntry) -> HomeMembership | None:
    """Return the membership that whoever keeps the roster may end, once the person has an account."""
    membership = open_membership(entry.person) if entry.person else None
    return membership if membership and may(request.user, Action.KEEP_ROSTER, membership.unit) else None
