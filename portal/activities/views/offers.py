"""An offer answered from a link, and a draw anybody can check."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from portal.activities import actions, queries
from portal.activities.errors import SignUpError
from portal.activities.models import Draw, SignUp
from portal.members.models import User
from webui.htmx import HtmxRequest


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def offer(request: HtmxRequest, token: str) -> HttpResponse:
    """Show the offer the link was made for; only a button answers it. Nobody else's log-in opens it."""
    sign_up = queries.offer_of(token)
    if sign_up is None or (isinstance(request.user, User) and request.user.pk != sign_up.member_id):
        raise Http404
    if request.method == "POST":
        return _answer(request, sign_up, token)
    return render(request, "portal/activities/offer.html", {"sign_up": sign_up})


@require_safe
def draw(request: HtmxRequest, code: str) -> HttpResponse:
    """Show the fingerprint, and once drawn the seed, the order and how to compute it again."""
    person = request.user if isinstance(request.user, User) else None
    activity = get_object_or_404(queries.visible_activities(person), code=code)
    lot = get_object_or_404(Draw, activity=activity)
    shifts = {shift.pk: shift for shift in activity.shifts.prefetch_related("positions")}
    names = {position.pk: position.name for shift in shifts.values() for position in shift.positions.all()}
    rows = [
        {"shift": shifts.get(queue["shift"]), "position": names.get(queue["position"]), "numbers": queue["numbers"]}
        for queue in lot.result
    ]
    mine = set(queries.sign_ups_on(activity, member=person).values_list("pk", flat=True)) if person else set()
    return render(
        request, "portal/activities/draw.html", {"activity": activity, "draw": lot, "rows": rows, "mine": mine}
    )


def _answer(request: HtmxRequest, sign_up: SignUp, token: str) -> HttpResponse:
    accepts = request.POST.get("answer") == "accept"
    if not accepts and request.POST.get("answer") != "decline":
        return redirect("activities:offer", token)  # no button was pressed: nobody loses a place by silence
    action = actions.accept_offer if accepts else actions.decline_offer
    try:
        action(sign_up=sign_up, by=sign_up.member)
    except SignUpError as refusal:
        messages.error(request, refusal.message)
    else:
        messages.success(request, _("报名成功，到时候见。") if accepts else _("空位已经让给下一位。"))
    if request.user.is_authenticated:
        return redirect("activities:mine")
    return redirect("activities:offer", token)
