"""An organiser's list of one shift: one tap a person, or one for all."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST

from portal.activities.errors import ActivityError
from portal.activities.models import Shift, SignUp
from portal.activities.queries import organised_shifts
from portal.check_in import actions, queries
from portal.check_in.forms import LastDigitsForm
from portal.members.models import User
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest

MOVES = frozenset({"arrived", "completed", "left", "absent", "excused", "undo"})


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def desk(request: MemberRequest, pk: int) -> HttpResponse:
    """Show the list of a shift by masked name; note what one button says."""
    shift = shift_of(request, pk)
    refusal = ""
    if request.method == "POST":
        refusal = _note(request, shift)
        if not refusal:
            return redirect(f"{reverse('check_in:desk', args=[shift.pk])}#line-{request.POST.get('sign_up', '')}")
    lines = queries.lines_of(shift, viewer=request.user)
    context = {
        "shift": shift,
        "activity": shift.activity,
        "lines": lines,
        "counts": queries.counts(lines),
        "conflicts": queries.open_conflicts(request.user).filter(sign_up__shift=shift).count(),
        "tablets": queries.open_tablets(shift),
        "refusal": refusal,
    }
    return render(request, "portal/check_in/desk.html", context, status=422 if refusal else 200)


@login_required
@require_POST
def everybody(request: MemberRequest, pk: int) -> HttpResponse:
    """Note all who are expected as arrived, or complete all who have arrived."""
    shift = shift_of(request, pk)
    act = actions.complete_everybody if request.POST.get("move") == "completed" else actions.everybody_arrived
    try:
        noted = act(shift=shift, by=request.user)
    except (ActivityError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        text = ngettext("已登记 %(n)d 人。", "已登记 %(n)d 人。", noted) % {"n": noted}
        messages.success(request, text if noted else _("没有要登记的人。"))
    return redirect("check_in:desk", shift.pk)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def walk_in(request: MemberRequest, pk: int) -> HttpResponse:
    """Find somebody of the community who came without a place, by four digits, and give them a free one."""
    shift = shift_of(request, pk)
    is_sent = request.method == "POST"
    form = LastDigitsForm(request.POST if is_sent else None)
    found: list[User] | None = None
    if form.is_valid():
        found = queries.walk_in_candidates(shift, form.cleaned_data["digits"], by=request.user)
        chosen = next((person for person in found if str(person.pk) == request.POST.get("person")), None)
        if chosen and (done := _add(request, shift, chosen, form)):
            return done
    context = {"shift": shift, "activity": shift.activity, "form": form, "found": found}
    return render(request, "portal/check_in/walk_in.html", context, status=422 if form.errors else 200)


def shift_of(request: MemberRequest, pk: int) -> Shift:
    """Return the shift if the person who asks organises it; else it does not exist."""
    return get_object_or_404(organised_shifts(request.user), pk=pk)


def _note(request: MemberRequest, shift: Shift) -> str:
    move = request.POST.get("move", "")
    key = request.POST.get("sign_up", "")
    people = SignUp.objects.filter(shift=shift)
    sign_up = people.filter(pk=key).first() if key.isascii() and key.isdigit() else None
    if sign_up is None or move not in MOVES:
        return _("没有这一条，请刷新页面后再看。")
    try:
        actions.note(sign_up=sign_up, by=request.user, move=move)
    except (ActivityError, IllegalMoveError) as refusal:
        return str(refusal)
    return ""


def _add(request: MemberRequest, shift: Shift, person: User, form: LastDigitsForm) -> HttpResponse | None:
    try:
        actions.walk_in_arrived(shift=shift, member=person, by=request.user)
    except (ActivityError, IllegalMoveError) as refusal:
        form.add_error(None, str(refusal))
        return None
    messages.success(request, _("已加进名单，并登记到场。"))
    return redirect("check_in:desk", shift.pk)
