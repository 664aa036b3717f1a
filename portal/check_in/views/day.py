"""The organiser's day: a page that works without scripts online, and with them offline."""

import json
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.middleware.csrf import get_token
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from portal.activities.models import Shift
from portal.check_in import actions, queries, tokens
from portal.check_in.enums import EventState
from portal.check_in.errors import NotYourShiftError
from portal.check_in.forms import BatchForm, EventForm
from portal.check_in.models import CheckInEvent
from portal.organisations.enums import Action
from portal.organisations.permissions import may_somewhere
from webui.htmx import MemberRequest

MOST_EVENTS = 500
MOST_BYTES = 512 * 1024
DEVICE_COOKIE = "check_in_day"  # as the portal's navigation knows it
DEVICE_SECONDS = 30 * 24 * 3600


@login_required
@require_safe
def day(request: MemberRequest) -> HttpResponse:
    """Show today's shifts, each with its ways of checking in.

    The device is marked as one that may hold taps: whoever logs out of it next is first told of them.
    """
    shifts = queries.day_of(request.user, timezone.localdate())
    context = {
        "shifts": [(shift, queries.counts(lines)) for shift, lines in shifts],
        "conflicts": queries.open_conflicts(request.user).count(),
        "has_refused": queries.refused(request.user).exists(),
        "account": tokens.account_tag(request.user.pk),
        "organises": may_somewhere(request.user, Action.RUN_ACTIVITIES),
    }
    response = render(request, "portal/check_in/day.html", context)
    response.set_cookie(
        DEVICE_COOKIE, "1", max_age=DEVICE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax"
    )
    return response


@require_safe
def data(request: HttpRequest) -> HttpResponse:
    """Give a device the lists of today, and a fresh token to answer with; 401 where nobody is logged in."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "login"}, status=401)
    person = request.user
    answer = {
        "account": tokens.account_tag(person.pk),
        "csrf": get_token(request),
        "shifts": [_stored(shift, lines) for shift, lines in queries.day_of(person, timezone.localdate())],
        "conflicts": queries.open_conflicts(person).count(),
    }
    return JsonResponse(answer, headers={"Cache-Control": "no-store"})


@require_POST
def sync(request: HttpRequest) -> HttpResponse:
    """Take in what a device noted, and say what became of each tap; 401 where nobody is logged in."""
    if not request.user.is_authenticated:
        return JsonResponse({"error": "login"}, status=401)
    read = _read(request)
    if read is None:
        return JsonResponse({"error": "form"}, status=400)
    sent, skew = read
    received = actions.receive(sent=sent, by=request.user, skew=skew)
    return JsonResponse(
        {"results": [_answer(key, event) for key, event in received]}, headers={"Cache-Control": "no-store"}
    )


def _answer(key: UUID, event: CheckInEvent | None) -> dict[str, str]:
    if event is None:
        return {"id": str(key), "state": EventState.REFUSED, "reason": NotYourShiftError().message}
    return {"id": str(key), "state": event.state, "reason": event.reason}


def _read(request: HttpRequest) -> tuple[list[actions.Sent], timedelta] | None:
    """Return the taps of a request and how far its clock is behind ours; ``None`` where it makes no sense."""
    body = _json(request)
    batch = BatchForm(body if isinstance(body, dict) else {})
    events = body.get("events") if isinstance(body, dict) else None
    if not batch.is_valid() or not isinstance(events, list) or len(events) > MOST_EVENTS:
        return None
    forms = [EventForm(event if isinstance(event, dict) else {}) for event in events]
    if not all(form.is_valid() for form in forms):
        return None
    device = batch.cleaned_data["device"]
    skew = timezone.now() - _moment(batch.cleaned_data["now"])
    return [_sent(form.cleaned_data, device) for form in forms], skew


def _sent(tap: dict[str, Any], device: UUID) -> actions.Sent:
    return actions.Sent(**(tap | {"device": device, "at": _moment(tap["at"])}))


def _json(request: HttpRequest) -> Any:
    try:
        return json.loads(request.body) if len(request.body) <= MOST_BYTES else None
    except ValueError:
        return None


def _moment(milliseconds: int) -> datetime:
    return datetime.fromtimestamp(milliseconds / 1000, tz=UTC)


def _stored(shift: Shift, lines: list[queries.Line]) -> dict[str, Any]:
    local = timezone.localtime
    return {
        "id": shift.pk,
        "title": shift.activity.title,
        "place": shift.activity.place,
        "time": f"{local(shift.starts_at):%H:%M}–{local(shift.ends_at):%H:%M}",
        "opens": int(shift.attendance_opens_at.timestamp() * 1000),
        "starts": int(shift.starts_at.timestamp() * 1000),
        "lines": [line.stored for line in lines],
    }
