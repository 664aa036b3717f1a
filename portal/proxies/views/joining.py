"""Somebody comes with a card or a link: the code, the phone, and they are in. Or by a poster, without a code."""

from allauth.core import ratelimit
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from portal.members.errors import MemberError
from portal.members.queries import home_unit, is_vouched_for
from portal.organisations.models import Area, Unit
from portal.organisations.queries import communities, follower_of
from portal.proxies import actions, queries
from portal.proxies.errors import CodeNotUsableError, ProxyError
from portal.proxies.forms import JoinCodeForm, JoinForm
from portal.proxies.models import InvitationCode, Joining
from portal.report_in.errors import ReportInError
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
    return _ask(request, form, row.invitation.place)


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def community(request: MemberRequest, code: str) -> HttpResponse:
    """Let whoever followed a community's poster join it as a resident; whom a unit vouches for reports in."""
    area = communities().filter(code=code).first()
    if area is None:
        return _to_follower(code)
    if is_vouched_for(request.user):
        return redirect("report_in:send", area.code)
    form = JoinForm(request.POST if request.method == "POST" else None, person=request.user)
    if not form.is_valid():
        return _ask(request, form, area)
    if not ratelimit.consume(request, action="join_community", user=request.user):
        form.add_error(None, _("试的次数太多了，请过一会儿再试。"))
        return _ask(request, form, area, status=429)
    try:
        actions.join_community(area=area, person=request.user, name=form.cleaned_data.get("name", ""))
    except (ProxyError, ReportInError) as refusal:
        messages.error(request, str(refusal))
        return redirect("report_in:start")
    messages.success(request, _("欢迎加入%(place)s。喜欢哪个活动，可以直接报名。") % {"place": area})
    return redirect("dashboard:home")


def _ask(request: MemberRequest, form: JoinForm, place: Area | Unit, *, status: int = 200) -> HttpResponse:
    context = {"form": form, "place": place, "is_unit": isinstance(place, Unit)}
    status = 422 if form.errors and status == 200 else status
    return render(request, "portal/proxies/join_confirm.html", context, status=status)


def _to_follower(code: str) -> HttpResponse:
    follower = follower_of(code)
    if follower is None:
        raise Http404
    return redirect("join:community", follower.code)


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
