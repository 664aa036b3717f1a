"""An organiser confirms what somebody else noted: by activity, by person, or what members logged themselves."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required, permission_required
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from portal.activities.models import Attendance, Shift
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.permissions import areas_for
from portal.records import queries
from portal.records.actions import Choice, Outcome, confirm_many
from portal.records.actions.in_background import confirm_chosen, said
from portal.records.forms import FilterForm
from portal.records.models import OwnService
from portal.records.views.choosing import Waiting, chosen_of, summary_of
from webui.htmx import MemberRequest
from webui.keyset import KeysetPage, keyset_page

GROUPS_ON_A_PAGE = 10
TABS = ("activity", "person", "own")


@dataclass(frozen=True)
class Line:
    """One attendance or own service in the queue, and why the reader may not confirm it."""

    attendance: Attendance | None
    service: OwnService | None
    refusal: str

    @property
    def source(self) -> Attendance | OwnService | None:
        return self.attendance or self.service

    @property
    def member(self) -> User | None:
        if self.attendance:
            return self.attendance.sign_up.member
        return self.service.member if self.service else None


@dataclass(frozen=True)
class Group:
    """What waits of one shift, of one person, or what members logged themselves."""

    lines: list[Line]
    shift: Shift | None = None
    person: User | None = None

    @property
    def confirmable(self) -> int:
        return sum(not line.refusal for line in self.lines)

    @property
    def minutes(self) -> int:
        return sum(line.source.minutes or 0 for line in self.lines if line.source and not line.refusal)


@dataclass
class Desk:
    """What one request shows: whose queue, and what was refused just now."""

    person: User
    waiting: Waiting
    outcome: Outcome = field(default_factory=Outcome)

    def of_attendance(self, attendance: Attendance) -> Line:
        refusal = queries.why_not_confirm(attendance, by=self.person)
        text = self.outcome.attendances.get(attendance.pk) or (refusal.message if refusal else "")
        return Line(attendance, None, text)

    def of_service(self, service: OwnService) -> Line:
        refusal = queries.why_not_confirm_own(service, by=self.person)
        text = self.outcome.services.get(service.pk) or (refusal.message if refusal else "")
        return Line(None, service, text)


@login_required
@permission_required("records.confirm_records", raise_exception=True)
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: MemberRequest) -> HttpResponse:
    """Show what waits for a second person; say what many at once come to, then confirm, and say beside each why not."""
    areas = areas_for(request.user, Action.CONFIRM_RECORDS)
    filters = FilterForm(request.GET, areas=areas)
    area = filters.cleaned_data["area"] if filters.is_valid() else None
    desk = Desk(request.user, Waiting.of(request.user, area=area))
    if request.method == "POST":
        choice, is_sure = chosen_of(request.POST, desk.waiting, by=request.user)
        if len(choice) > 1 and not is_sure:
            context = {"summary": summary_of(choice, desk.waiting, by=request.user), "back": request.get_full_path()}
            return render(request, "portal/records/confirm_summary.html", context)
        if _confirm(request, choice, desk):
            return redirect(request.get_full_path())
    context = _shown(request, desk) | {"filters": filters, "area": area, "has_areas": areas.count() > 1}
    return render(request, "portal/records/confirm.html", context, status=422 if desk.outcome.reasons else 200)


def _confirm(request: MemberRequest, choice: Choice, desk: Desk) -> bool:
    """Confirm, or let the worker confirm; return whether all went well."""
    if len(choice) > settings.CONFIRM_AT_ONCE:
        confirm_chosen.enqueue(request.user.pk, list(choice.attendances), list(choice.services))
        messages.success(request, _("共 %(n)d 条，正在确认。办好以后您会收到一条消息。") % {"n": len(choice)})
        return True
    desk.outcome = confirm_many(choice=choice, by=request.user)
    if desk.outcome.confirmed:
        messages.success(request, said(desk.outcome))
    elif not desk.outcome.reasons:
        messages.info(request, _("请先勾选要确认的服务。"))
    return not desk.outcome.reasons


def _shown(request: MemberRequest, desk: Desk) -> dict[str, Any]:
    tab = request.GET.get("by", "")
    tab = tab if tab in TABS else TABS[0]
    page, groups = SHOWN[tab](request, desk)
    return {
        "tab": tab,
        "page": page,
        "groups": groups,
        "may_confirm": any(group.confirmable for group in groups),
        "number": desk.waiting.number,
        "minutes": desk.waiting.minutes,
        "own_number": desk.waiting.own_number,
        "reasons": desk.outcome.reasons,
    }


def _by_activity(request: MemberRequest, desk: Desk) -> tuple[KeysetPage, list[Group]]:
    rows = desk.waiting.shifts
    page = keyset_page(request, rows, order=("starts_at", "pk"), size=GROUPS_ON_A_PAGE)
    attendances = desk.waiting.attendances.filter(sign_up__shift__in=list(page))
    by_shift = groupby(attendances, key=lambda attendance: attendance.sign_up.shift)
    return page, [Group(list(map(desk.of_attendance, group)), shift=shift) for shift, group in by_shift]


def _by_person(request: MemberRequest, desk: Desk) -> tuple[KeysetPage, list[Group]]:
    page = keyset_page(request, desk.waiting.people, order=("pk",), size=GROUPS_ON_A_PAGE)
    people = list(page)
    lines: dict[int, list[Line]] = {person.pk: [] for person in people}
    for attendance in desk.waiting.attendances.filter(sign_up__member__in=people):
        lines[attendance.sign_up.member_id].append(desk.of_attendance(attendance))
    for service in desk.waiting.services.filter(member__in=people):
        lines[service.member_id].append(desk.of_service(service))
    return page, [Group(lines[person.pk], person=person) for person in people]


def _own(request: MemberRequest, desk: Desk) -> tuple[KeysetPage, list[Group]]:
    page = keyset_page(request, desk.waiting.services, order=("submitted_at", "pk"))
    lines: Iterable[Line] = map(desk.of_service, page)
    shown = list(lines)
    return page, [Group(shown)] if shown else []


SHOWN = {"activity": _by_activity, "person": _by_person, "own": _own}
