"""A person's own calendar to subscribe to, and single activities to put into one's calendar."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urljoin

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from portal.activities.queries import visible_activities
from portal.calendars import actions, queries
from portal.members.models import User
from portal.report_in.queries import home_community
from portal.teams.queries import teams_of
from webui.htmx import MemberRequest
from webui.ical import CONTENT_TYPE, Entry, calendar_file, fingerprint
from webui.providers import community_feed
from webui.qr import qr_code

FRESH_FOR = "private, max-age=300"  # seconds a calendar may keep the file before it asks again


@login_required
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def own(request: MemberRequest) -> HttpResponse:
    """Say what a calendar address is; make one, shown on this one answer and kept nowhere."""
    feeds: list[dict[str, Any]] = []
    if request.method == "POST":
        secret = actions.renew_address(person=request.user)
        feeds = _feeds(secret, request.user)
    home = home_community(request.user)
    context = {
        "address": queries.address_of(request.user),
        "feeds": feeds,
        "home": home,
        "home_feed": community_feed(home.code) if home else "",
    }
    return render(request, "portal/calendars/own.html", context)


@login_required
@require_POST
def withdraw(request: MemberRequest) -> HttpResponse:
    actions.withdraw_address(person=request.user)
    messages.success(request, _("已停用。用这个地址订阅的日历不会再更新。"))
    return redirect("calendars:own")


@require_safe
def own_feed(request: HttpRequest, secret: str) -> HttpResponseBase:
    """Answer what the owner of the address is signed up for; the address alone opens it."""
    person = _owner(secret)
    now = timezone.now()
    entries = actions.numbered(queries.sign_ups_to_tell(person, now=now), now=now)
    return _answer(request, entries, name=_("我的活动"), file_name="mine.ics")


@require_safe
def team_feed(request: HttpRequest, secret: str, code: str) -> HttpResponseBase:
    """Answer what a team of the owner did lately and does next, as long as they are in it."""
    team = queries.team_of(_owner(secret), code)
    if team is None:
        raise Http404
    entries = queries.entries_of_team(team, now=timezone.now())
    return _answer(request, entries, name=team.name, file_name="team.ics")


@require_safe
def activity_file(request: HttpRequest, code: str) -> HttpResponseBase:
    """Answer one published activity the reader may see, to put into one's calendar by hand."""
    person = request.user if isinstance(request.user, User) else None
    published = visible_activities(person).filter(published_at__isnull=False)
    activity = get_object_or_404(published, code=code)
    entries = queries.entries_of_activity(activity)
    return _answer(request, entries, name=activity.title, file_name=f"{code}.ics")


def _owner(secret: str) -> User:
    person = queries.owner_of(secret)
    if person is None:
        raise Http404
    return person


def _feeds(secret: str, person: User) -> list[dict[str, Any]]:
    own_feed = reverse("calendars:own_feed", args=[secret])
    teams = [(team.name, reverse("calendars:team_feed", args=[secret, team.code])) for team in teams_of(person)]
    return [_feed(name, path) for name, path in [(_("我报名的活动"), own_feed), *teams]]


def _feed(name: str, path: str) -> dict[str, Any]:
    address = urljoin(settings.BASE_URL, path)
    return {"name": name, "address": address, "webcal": f"webcal:{address.partition(':')[2]}", "qr": qr_code(address)}


def _answer(request: HttpRequest, entries: Sequence[Entry], *, name: str, file_name: str) -> HttpResponseBase:
    etag = f'"{fingerprint(entries, name=name)}"'
    answer = get_conditional_response(request, etag=etag)
    if answer is None:
        file = calendar_file(entries, name=name, kind="Portal")
        answer = HttpResponse(file, content_type=CONTENT_TYPE)
        answer["Content-Disposition"] = f'inline; filename="{file_name}"'
    answer["ETag"], answer["Cache-Control"], answer["X-Robots-Tag"] = etag, FRESH_FOR, "noindex"
    return answer
