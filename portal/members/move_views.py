"""The units of a person: where they were, where they are, and whether they have moved."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.members import actions, queries
from portal.members.enums import Ending
from portal.members.errors import MemberError
from portal.members.models import HomeMembership, UnitMove
from portal.members.move_forms import RETIRED_STAYS, EndMembershipForm, MoveForm
from portal.organisations.enums import Action
from portal.organisations.permissions import may
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest


@login_required
@require_safe
def units(request: MemberRequest) -> HttpResponse:
    """List the units one belonged to, and ask about moves that wait."""
    return _units(request)


@login_required
@require_POST
def confirm_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that one has moved, and when."""
    unit_move = _own(request, pk)
    form = MoveForm(request.POST, has_home=queries.home_unit(request.user) is not None)
    if not form.is_valid():
        return _units(request, asked=unit_move, form=form)
    day = form.cleaned_data["starts_on"]
    return _do(
        request,
        lambda: actions.confirm_move(unit_move=unit_move, by=request.user, starts_on=day),
        _("已确认：从 %(day)s 起，您属于%(unit)s。") % {"day": day, "unit": unit_move.to_unit},
    )


@login_required
@require_POST
def decline_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Say that one has not moved."""
    unit_move = _own(request, pk)
    return _do(
        request,
        lambda: actions.decline_move(unit_move=unit_move, by=request.user),
        _("已告诉%(unit)s，您没有调动。") % {"unit": unit_move.to_unit},
    )


@login_required
@require_POST
def take_back_move(request: MemberRequest, pk: int) -> HttpResponse:
    """Take a confirmation back before its day."""
    unit_move = _own(request, pk)
    home = queries.home_unit(request.user)
    done = _("已收回，您仍属于%(unit)s。") % {"unit": home} if home else _("已收回。")
    return _do(request, lambda: actions.take_back_move(unit_move=unit_move, by=request.user), done)


@login_required
@require_http_methods(["GET", "HEAD", "POST"])
def end_membership(request: MemberRequest, pk: int) -> HttpResponse:
    """Let a unit's contact note that somebody has retired or left."""
    membership = get_object_or_404(HomeMembership.objects.select_related("person", "unit"), pk=pk)
    if not may(request.user, Action.KEEP_ROSTER, membership.unit):
        raise Http404
    form = EndMembershipForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        try:
            _end(request, membership, form)
        except MemberError as error:
            form.add_error(None, str(error))
        else:
            messages.success(request, _("已登记。%(name)s的记录都还在。") % {"name": membership.person})
            return redirect("dashboard:home")
    context = {"form": form, "membership": membership}
    return render(request, "portal/members/end_membership.html", context, status=422 if form.errors else 200)


def _end(request: MemberRequest, membership: HomeMembership, form: EndMembershipForm) -> None:
    how, on = form.cleaned_data["how"], form.cleaned_data["on"]
    if how == Ending.LEFT:
        actions.leave_unit(membership=membership, on=on, by=request.user)
    else:
        actions.retire(membership=membership, on=on, stays=how == RETIRED_STAYS, by=request.user)


def _own(request: MemberRequest, pk: int) -> UnitMove:
    return get_object_or_404(UnitMove.objects.select_related("person", "to_unit"), pk=pk, person=request.user)


def _do(request: MemberRequest, change: Callable[[], object], done: str) -> HttpResponse:
    try:
        change()
    except (MemberError, IllegalMoveError) as error:
        messages.error(request, str(error))
    else:
        messages.success(request, done)
    return redirect("members:units")


def _units(request: MemberRequest, *, asked: UnitMove | None = None, form: MoveForm | None = None) -> HttpResponse:
    home, naming = queries.home_and_naming(request.user)
    moves = [
        (one, form if one == asked else MoveForm(auto_id=f"id_{one.pk}_%s", has_home=home is not None))
        for one in queries.open_moves(request.user)
        if home or not one.waits or one.to_unit in naming  # without a home, only where one could go
    ]
    context = {"moves": moves, "home": home, "memberships": queries.memberships_of(request.user), "form": form}
    return render(request, "portal/members/units.html", context, status=422 if form else 200)
