"""Somebody comes with a card or a link: the code, the phone, and they are in."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.members.errors import MemberError
from portal.members.queries import home_unit
from portal.proxies import actions, queries
from portal.proxies.errors import CodeNotUsableError, ProxyError
from portal.proxies.forms import JoinCodeForm, JoinForm
from portal.proxies.models import InvitationCode, Joining
from webui.htmx import MemberRequest

CARRIED = "join_code"  # the session's key to which code's row; never the code itself
ACTION = "join_code"


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def start(request: HttpRequest) -> HttpResponse:
    """Take the code. Every code that cannot be used is answered alike; only those count as tries."""
    form = JoinCodeForm(request.POST if request.method == "POST" else None)
    status = 200
    if form.is_bound and not ratelimit.consume(request, action=ACTION, dry_run=True):
        form.add_error(None, _("试的次数太多了，请过一会儿再试。"))
        status = 429
    elif form.is_valid():
        row = queries.code_row(form.cleaned_data["code"])
        if row:
            request.session[CARRIED] = row.pk
            return redirect("join:confirm" if request.user.is_authenticated else "join:who")
        ratelimit.consume(request, action=ACTION)
        form.add_error("code", str(CodeNotUsableError()))
    if form.errors and status == 200:
        status = 422
    return render(request, "portal/proxies/join_start.html", {"form": form}, status=status)


@never_cache
@require_http_methods(["GET", "HEAD"])
def who(request: HttpRequest) -> HttpResponse:
    """Say what the invitation is to, and lead to the log-in by phone."""
    row = _carried(request)
    if row is None:
        return redirect("join:start")
    return render(request, "portal/proxies/join_who.html", {"invitation": row.invitation})


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Say once more where one joins, take the name of somebody nobody has named yet, and join."""
    row = _carried(request)
    if row is None:
        return redirect("join:start")
    form = JoinForm(request.POST if request.method == "POST" else None, person=request.user)
    if form.is_valid():
        return _join(request, row, name=form.cleaned_data.get("name", ""))
    context = {"form": form, "invitation": row.invitation}
    return render(request, "portal/proxies/join_confirm.html", context, status=422 if form.errors else 200)


def _join(request: MemberRequest, row: InvitationCode, *, name: str) -> HttpResponse:
    request.session.pop(CARRIED, None)
    try:
        joining = actions.redeem(code=row, person=request.user, name=name)
    except (ProxyError, MemberError) as refusal:
        messages.error(request, str(refusal))
        return redirect("dashboard:home")
    messages.success(request, _welcome(joining))
    area = row.invitation.area
    if area and home_unit(request.user):
        return redirect("report_in:send", area.code)
    return redirect("dashboard:home")


def _carried(request: HttpRequest) -> InvitationCode | None:
    row = (
        InvitationCode.objects.filter(pk=request.session.get(CARRIED, 0))
        .select_related("invitation__area", "invitation__unit")
        .first()
    )
    return row if row and row.is_usable else None


def _welcome(joining: Joining) -> str:
    place = joining.code.invitation.place
    if joining.roster_entry:
        return _("已经告诉%(place)s的联络员，确认后您就是这个单位的成员。") % {"place": place}
    if joining.residency:
        return _("欢迎加入%(place)s。喜欢哪个活动，可以直接报名。") % {"place": place}
    return _("已经替您选好%(place)s，看一遍就可以报到。") % {"place": place}
