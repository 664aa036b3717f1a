"""Asking for leave, and the answer. The person is locked first, then the leave."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.members.queries import counted_elsewhere, home_unit
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.enums import Role
from portal.organisations.errors import EndInFutureError
from portal.organisations.models import Area, Unit
from portal.organisations.queries import nearest_holders
from portal.report_in.enums import LEAVE_TRANSITIONS, LeaveKind, LeaveState
from portal.report_in.errors import (
    LeaveDaysError,
    LeaveOverlapsError,
    LeaveWaitsError,
    NobodyDecidesError,
    OwnLeaveError,
)
from portal.report_in.models import Leave
from portal.report_in.queries.leaves import leaves_over, overlapping, waiting_for
from portal.report_in.queries.report_ins import home_community
from portal.states import lock, logged_together, move, note, save

LONGEST = timedelta(days=366)


@dataclass(frozen=True)
class Days:
    """From the first day to the last, both included."""

    starts_on: date
    ends_on: date


@transaction.atomic
def request_leave(*, person: User, kind: LeaveKind, days: Days, reason: str = "") -> Leave:
    """Ask the unit for leave, or unit and community for an exemption. Tells who answers, without the reason.

    Raises:
        LeaveDaysError: the days end before they begin or before today, or are more than a year.
        NobodyDecidesError: the person has neither a unit nor, for an exemption, a community.
        LeaveWaitsError: another request waits.
        LeaveOverlapsError: a granted leave covers one of the days.
    """
    if not _are_sound(days):
        raise LeaveDaysError
    person = lock(person)
    unit = home_unit(person)
    area = home_community(person) if kind == LeaveKind.EXEMPTION else None
    if unit is None and area is None:
        raise NobodyDecidesError
    if Leave.objects.filter(person=person, state=LeaveState.REQUESTED).exists():
        raise LeaveWaitsError
    if overlapping(person, days.starts_on, days.ends_on).exists():
        raise LeaveOverlapsError
    leave = Leave(
        person=person,
        kind=kind,
        starts_on=days.starts_on,
        ends_on=days.ends_on,
        reason=reason.strip() or None,
        unit=unit,
        area=area,
    )
    save(leave, action=LeaveState.REQUESTED, by=person)
    _ask(leave, _deciders(person, unit, area))
    return leave


@transaction.atomic
def answer_leave(*, leave: Leave, grants: bool, by: User, answer: str = "") -> Leave:
    """Grant or decline a request; ``answer`` is for the person alone. Answering the same again changes nothing.

    Raises:
        OwnLeaveError: nobody answers themselves.
        LeaveOverlapsError: another leave was granted for one of the days.
    """
    leave = _hold(leave)
    if leave.person_id == by.pk:
        raise OwnLeaveError
    to = LeaveState.GRANTED if grants else LeaveState.DECLINED
    if leave.state == to:
        return leave
    if grants and overlapping(leave.person, leave.starts_on, leave.ends_on).exists():
        raise LeaveOverlapsError
    leave.decided_by, leave.decided_at, leave.answer = by, timezone.now(), answer.strip() or None
    _move(leave, to=to, by=by)
    text = _("您的请假已同意，到 %(day)s 为止不会提醒您。") if grants else _("您的请假没有同意，请看答复。")
    tell(
        recipient=leave.person,
        kind=MessageKind.REPORT_IN,
        title=text % {"day": leave.ends_on},
        url=reverse("report_in:leaves"),
    )
    return leave


@transaction.atomic
def end_leave(*, leave: Leave, by: User) -> Leave:
    """End one's leave early, or take a request back. Idempotent."""
    leave = _hold(leave)
    if leave.state == LeaveState.ENDED:
        return leave
    if leave.state == LeaveState.GRANTED:
        leave.ends_on = max(leave.starts_on, min(leave.ends_on, timezone.localdate()))
    _move(leave, to=LeaveState.ENDED, by=by)
    return leave


def end_leaves_over(*, today: date) -> int:
    """End the leaves whose last day has passed; return how many. Whose request nobody answered is told."""
    return sum(_end_if_over(leave, today) for leave in leaves_over(today))


@transaction.atomic
def _end_if_over(leave: Leave, today: date) -> bool:
    leave = _hold(leave)
    if not leave.is_open or leave.ends_on >= today:
        return False
    was_answered = leave.state == LeaveState.GRANTED
    _move(leave, to=LeaveState.ENDED, by=None)
    if not was_answered:
        tell(
            recipient=leave.person,
            kind=MessageKind.REPORT_IN,
            title=_("您的请假没有等到答复，日期已过，现已结束。"),
            body=_("不用做什么。还要请假，可以重新申请，或者直接联系答复的人。"),
            url=reverse("report_in:leaves"),
        )
    return True


@transaction.atomic
def follow_requests(*, before: Area, after: Area, by: User | None) -> int:
    """Let the requests that wait for ``before`` wait for ``after``; return how many. Idempotent."""
    found = Leave.objects.filter(area=before, state=LeaveState.REQUESTED).select_related("person").order_by("pk")
    for request in found:
        leave = _hold(request)
        if leave.state != LeaveState.REQUESTED:  # answered this very moment
            continue
        leave.area = after
        save(leave, action="redirected", by=by, data={"from": before.code, "to": after.code})
    return len(found)


@transaction.atomic
@logged_together()
def release_requests(*, unit: Unit, on: date, by: User | None) -> int:
    """Let nobody wait for the answer of ``unit``, which ends; return how many did.

    An exemption that was addressed to a community too is left to it. Anything else was written to the unit alone,
    often about health, and ends unread. Their people are told. The caller holds the unit and them.

    Raises:
        EndInFutureError: the day is still to come, and somebody waits.
    """
    found = waiting_for(unit).select_related("person", "area").select_for_update(no_key=True, of=("self",))
    waiting = list(found.order_by("pk"))
    if waiting and on > timezone.localdate():
        raise EndInFutureError(_("日期不能晚于今天：还有请假等这个单位答复，先答复，或者到了那一天再操作。"))
    _leave_to_communities([(leave, leave.area) for leave in waiting if leave.area], unit=unit, by=by)
    _end_unanswered([leave for leave in waiting if leave.area is None], unit=unit, by=by)
    return len(waiting)


def _leave_to_communities(asked: list[tuple[Leave, Area]], *, unit: Unit, by: User | None) -> None:
    for leave, area in asked:
        leave.unit = None
        note(leave, "report_in.leave.redirected", by=by, data={"from": unit.code, "to": area.code})
    leaves = [leave for leave, _area in asked]
    Leave.objects.bulk_update(leaves, ["unit"])
    title = _("%(unit)s已经停用，您的免予报到申请只由社区答复。") % {"unit": unit}
    _tell_people(leaves, Note(title=title, url=reverse("report_in:leaves"), kind=MessageKind.REPORT_IN))


def _end_unanswered(leaves: list[Leave], *, unit: Unit, by: User | None) -> None:
    data = {"from": str(LeaveState.REQUESTED), "to": str(LeaveState.ENDED)}
    for leave in leaves:
        note(leave, "report_in.leave.ended", by=by, data=data)
    waiting_for(unit).update(state=LeaveState.ENDED)  # those left to communities wait for it no more
    elsewhere = counted_elsewhere([leave.person_id for leave in leaves], but=unit)
    for is_counted, body in (
        (True, _("申请已经结束，没有转给别人看。需要时可以重新申请。")),
        (False, _("申请已经结束，没有转给别人看。没有所属单位时，不会有人提醒您报到；到了新单位，需要时再申请。")),
    ):
        told = [leave for leave in leaves if (leave.person_id in elsewhere) == is_counted]
        title = _("%(unit)s已经停用，您的请假不用再等答复。") % {"unit": unit}
        url = reverse("report_in:leaves")
        _tell_people(told, Note(title=title, body=body, url=url, kind=MessageKind.REPORT_IN))


def _tell_people(leaves: list[Leave], what: Note) -> None:
    tell_each([leave.person for leave in leaves], what)


def _are_sound(days: Days) -> bool:
    return timezone.localdate() <= days.ends_on and days.starts_on <= days.ends_on <= days.starts_on + LONGEST


def _ask(leave: Leave, deciders: Iterable[User]) -> None:
    title = _("%(name)s的请假等您答复。") % {"name": leave.person.name}
    url = reverse("report_in:leave_review", args=[leave.pk])
    tell_each(deciders, Note(title=title, url=url, kind=MessageKind.WORK))


def _deciders(person: User, unit: Unit | None, area: Area | None) -> list[User]:
    contacts = nearest_holders(unit, role=Role.UNIT_CONTACT, exclude=person) if unit else []
    organisers = nearest_holders(area, role=Role.ORGANISER, exclude=person) if area else []
    return list(dict.fromkeys([*contacts, *organisers]))


def _hold(leave: Leave) -> Leave:
    lock(leave.person)
    return lock(leave, "person", "unit", "area")


def _move(leave: Leave, *, to: LeaveState, by: User | None) -> None:
    move(leave, to=to, by=by, transitions=LEAVE_TRANSITIONS)
