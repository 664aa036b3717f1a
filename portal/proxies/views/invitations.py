"""Whoever keeps a roster, or organises a community, invites and sees who came."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.members.errors import MemberError
from portal.proxies import actions, codes, queries
from portal.proxies.enums import InvitationKind
from portal.proxies.errors import ProxyError
from portal.proxies.forms import InvitationForm
from portal.proxies.models import Invitation
from portal.states import IllegalMoveError
from webui.htmx import MemberRequest
from webui.pagination import page_of
from webui.qr import qr_code


@login_required
@permission_required("proxies.invite", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def invitations(request: MemberRequest) -> HttpResponse:
    """List the invitations, and make one. Its codes are shown on this one answer and kept nowhere."""
    form = InvitationForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.has_places and form.is_valid():
        try:
            return _made(request, form)
        except ProxyError as refusal:
            form.add_error(None, str(refusal))
    page = page_of(request, queries.invitations_of(request.user))
    context = {"form": form, "page": page, "waiting": queries.joinings_to_confirm(request.user).count()}
    return render(request, "portal/proxies/invitations.html", context, status=422 if form.errors else 200)


@login_required
@require_safe
def invitation(request: MemberRequest, pk: int) -> HttpResponse:
    """Show one invitation and who came by it."""
    one = _ours(request, pk)
    page = page_of(request, queries.joinings_by(one))
    return render(request, "portal/proxies/invitation.html", {"invitation": one, "page": page})


@login_required
@require_POST
def revoke(request: MemberRequest, pk: int) -> HttpResponse:
    actions.revoke(invitation=_ours(request, pk), by=request.user)
    messages.success(request, _("已收回。没有用过的邀请码都不能再用。"))
    return redirect("proxies:invitations")


@login_required
@permission_required("proxies.invite", raise_exception=True)
@require_safe
def joinings(request: MemberRequest) -> HttpResponse:
    """List who came by invitation and waits for the unit's contact."""
    page = page_of(request, queries.joinings_to_confirm(request.user))
    return render(request, "portal/proxies/joinings.html", {"page": page})


@login_required
@require_POST
def settle(request: MemberRequest, pk: int) -> HttpResponse:
    """Confirm or decline somebody who came by invitation."""
    joining = get_object_or_404(queries.joinings_to_confirm(request.user), pk=pk)
    is_confirmed = request.POST.get("answer") == "confirm"
    settled = actions.confirm_joining if is_confirmed else actions.decline_joining
    try:
        settled(joining=joining, by=request.user)
    except (ProxyError, MemberError, IllegalMoveError) as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("已确认，名册上有这个人了。") if is_confirmed else _("已从名册上去掉。"))
    return redirect("proxies:joinings")


def _made(request: MemberRequest, form: InvitationForm) -> HttpResponse:
    data, address = form.cleaned_data, request.build_absolute_uri(reverse("join:start"))
    if data["kind"] == InvitationKind.LINK:
        made, code = actions.invite_by_link(
            place=form.place(), by=request.user, max_uses=data["max_uses"], days=data["days"]
        )
        shown = [code]
    else:
        made, shown = actions.invite_by_cards(place=form.place(), by=request.user, days=data["days"])
    # After the hash: browsers keep it to themselves, so no log of any server on the way has the code.
    cards = [(codes.shown(code), f"{address}#{code}", qr_code(f"{address}#{code}")) for code in shown]
    context = {"invitation": made, "cards": cards, "address": address}
    template = "invitation_link" if made.kind == InvitationKind.LINK else "invitation_cards"
    return render(request, f"portal/proxies/{template}.html", context)


def _ours(request: MemberRequest, pk: int) -> Invitation:
    return get_object_or_404(queries.invitations_of(request.user), pk=pk)
