"""Why each minute counts or does not, and how it came about, in sentences that can be read three months later.

Everything is told from the rows themselves, which stay; the log, which goes after its time, is not asked. Offices are
named, not people.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING, NamedTuple

from django.db.models import F, Prefetch, Q, QuerySet
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from portal.activities.enums import OWN_ROADS, ActivityState, AttendanceState, Road, SignUpState
from portal.activities.models import Attendance, Shift, SignUp
from portal.activities.queries import no_shows_kept_from
from portal.records.enums import ObjectionState, OwnServiceState, RecordState
from portal.records.models import Objection, OwnService, ServiceRecord
from portal.records.queries.confirming import noted_since_reversal
from webui.templatetags.webui import duration

if TYPE_CHECKING:
    from portal.members.models import User


class Step(NamedTuple):
    """One thing that happened, in a sentence; ``when`` is missing where it was not kept."""

    when: datetime | None
    text: str


@dataclass(frozen=True)
class Story:
    """One line of a member's hours: ``why`` it counts or not, and its ``steps``, oldest first."""

    title: str
    day: date
    place: str
    minutes: int | None
    label: str
    kind: str
    why: str
    steps: list[Step]
    record: ServiceRecord | None = None
    service: OwnService | None = None


def records_with_stories(records: QuerySet[ServiceRecord]) -> QuerySet[ServiceRecord]:
    """Return ``records`` with everything a story tells; the number of queries is the same for one and for many."""
    answered = Objection.objects.order_by("created_at", "pk")
    return records.select_related("area", "attendance__sign_up", "corrects", "corrected_by").prefetch_related(
        Prefetch("objections", answered, to_attr="told_objections")
    )


def attendances_not_counted(member: "User") -> QuerySet[Attendance]:
    """Return what was noted of ``member`` and does not count: not completed or confirmed yet, absent, excused."""
    waits = Q(state=AttendanceState.COMPLETED, closed_at__isnull=True)
    did_not = Q(state__in=[AttendanceState.ABSENT, AttendanceState.EXCUSED])
    is_open = Q(state=AttendanceState.ARRIVED) | Q(state=AttendanceState.EXPECTED, sign_up__in=_places_past(member))
    left_open = is_open & Q(sign_up__shift__ends_at__lt=timezone.now())
    return (
        noted_since_reversal(Attendance.objects.filter(waits | did_not | left_open, sign_up__member=member))
        .select_related("sign_up__shift__activity__area")
        .order_by("-sign_up__shift__starts_at", "-pk")
    )


def places_nobody_noted(member: "User") -> list[Attendance]:
    """Return for each past place of ``member`` of which nothing was noted what is expected still; it is not saved.

    No further back than an absence is kept: a forgotten one looks as if nobody had noted it.
    """
    places = _places_past(member).filter(attendance__isnull=True, shift__starts_at__gte=no_shows_kept_from())
    places = places.select_related("shift__activity__area")
    return [Attendance(sign_up=place) for place in places]


def _places_past(member: "User") -> QuerySet[SignUp]:
    begun_before_the_end = Q(
        shift__activity__state=ActivityState.CANCELLED, shift__starts_at__lt=F("shift__activity__cancelled_at")
    )
    return SignUp.objects.filter(
        Q(shift__activity__state=ActivityState.PUBLISHED) | begun_before_the_end,
        member=member,
        state=SignUpState.CONFIRMED,
        shift__ends_at__lt=timezone.now(),
    ).order_by("-shift__starts_at", "-pk")


def own_services_not_counted(member: "User") -> QuerySet[OwnService]:
    """Return what ``member`` logged and no record has come of."""
    return (
        OwnService.objects.filter(member=member)
        .exclude(state__in=[OwnServiceState.CONFIRMED, OwnServiceState.WITHDRAWN])
        .select_related("area")
    )


def story_of_record(record: ServiceRecord) -> Story:
    """Tell a record that came from ``records_with_stories``."""
    label, kind, why = _state_of(record)
    return Story(
        title=record.title,
        day=record.served_on,
        place=record.area.name,
        minutes=record.minutes,
        label=label,
        kind=kind,
        why=why,
        steps=[*_steps_of_source(record), *_steps_of_record(record)],
        record=record,
    )


def story_of_attendance(attendance: Attendance) -> Story:
    shift = attendance.sign_up.shift
    label, kind, why = _state_of_attendance(attendance)
    return Story(
        title=shift.activity.title,
        day=timezone.localdate(shift.starts_at),
        place=shift.activity.area.name,
        minutes=attendance.minutes,
        label=label,
        kind=kind,
        why=why,
        steps=_steps_of_attendance(attendance),
    )


def story_of_service(service: OwnService) -> Story:
    label, kind, why = _state_of_service(service)
    return Story(
        title=service.title,
        day=timezone.localdate(service.starts_at),
        place=service.area.name,
        minutes=service.minutes,
        label=label,
        kind=kind,
        why=why,
        steps=_steps_of_service(service),
        service=service,
    )


def _state_of(record: ServiceRecord) -> tuple[str, str, str]:
    if record.state == RecordState.POSTED:
        return _("已入账"), "good", _("公示期满，没有未答复的异议，已计入。")
    if record.state == RecordState.REVERSED:
        return _("不计入"), "bad", _("已冲销：%(reason)s") % {"reason": record.reversal_reason}
    if record.state == RecordState.RECORDED:
        return _("还没计入"), "warn", _("等工作人员确认。")
    if record.is_paused:
        since = _day(record.paused_on)
        return _("公示暂停"), "warn", _("%(since)s有人提出异议，答复之前公示暂停。") % {"since": since}
    until = _day(record.objections_until)
    return _("已确认"), "good", _("公示到 %(day)s，没有异议就入账。") % {"day": until}


def _state_of_attendance(attendance: Attendance) -> tuple[str, str, str]:
    if attendance.state == AttendanceState.ABSENT:
        return _("不计入"), "bad", _("登记为未到，没有时长。")
    if attendance.state == AttendanceState.EXCUSED:
        return _("不计入"), "", _("登记为请假，没有时长。")
    if attendance.state == AttendanceState.EXPECTED:
        return _("还没计入"), "warn", _("还没有人登记您是否到场。到过场的，请告诉社区。")
    if attendance.state == AttendanceState.ARRIVED and attendance.sign_up.shift.was_called_off:
        return _("不计入"), "", _("活动取消了，这次到场不计时长。照样做了服务的，可以自己登记。")
    if attendance.state == AttendanceState.ARRIVED:
        return _("还没计入"), "warn", _("到场已经记下，还没有登记完成。")
    since = _day_of(attendance.recorded_at)
    return _("等确认"), "warn", _("%(since)s登记完成，从那时起等另一位工作人员确认。") % {"since": since}


def _state_of_service(service: OwnService) -> tuple[str, str, str]:
    if service.state == OwnServiceState.ASKED_BACK:
        return _("请补充"), "bad", _("社区退回：%(reason)s") % {"reason": service.reason}
    if service.state == OwnServiceState.DRAFT:
        return _("草稿"), "", _("还没有提交，提交以后才有人确认。")
    since = _day_of(service.submitted_at)
    return (
        _("等确认"),
        "warn",
        _("%(since)s提交，等%(area)s的工作人员确认。")
        % {
            "since": since,
            "area": service.area.name,
        },
    )


def _steps_of_source(record: ServiceRecord) -> list[Step]:
    """Tell what was noted then, from the record itself: a correction notes its source anew."""
    noted = duration(record.minutes)
    if record.attendance:
        said = _("%(area)s登记完成，%(duration)s。") % {"area": record.area.name, "duration": noted}
        return [*_steps_of_presence(record.attendance), Step(record.recorded_at, said)]
    is_own = record.recorded_by_id == record.member_id
    who = _("自己登记，%(duration)s。") if is_own else _("社区代为登记，%(duration)s。")
    return [Step(record.recorded_at, who % {"duration": noted})]


def _steps_of_attendance(attendance: Attendance) -> list[Step]:
    area = attendance.sign_up.shift.activity.area.name
    steps = [*_steps_of_presence(attendance), *_steps_of_call_off(attendance.sign_up.shift)]
    said = {
        AttendanceState.COMPLETED: _("%(area)s登记完成，%(duration)s。"),
        AttendanceState.ABSENT: _("%(area)s登记为未到。"),
        AttendanceState.EXCUSED: _("%(area)s登记为请假。"),
    }.get(AttendanceState(attendance.state))
    if said:
        steps.append(Step(attendance.recorded_at, said % {"area": area, "duration": duration(attendance.minutes)}))
    return steps


def _steps_of_presence(attendance: Attendance) -> list[Step]:
    steps = [Step(attendance.sign_up.created_at, _("报名。"))]
    if attendance.arrived_at:
        steps.append(Step(attendance.arrived_at, _arrived(attendance)))
    if attendance.left_at:
        steps.append(Step(attendance.left_at, _("离开。")))
    return steps


def _steps_of_call_off(shift: Shift) -> list[Step]:
    if not shift.was_called_off:
        return []
    off_at = shift.called_off_at or shift.activity.cancelled_at
    return [Step(off_at, _("活动取消，原因：%(reason)s") % {"reason": shift.off_reason})]


def _arrived(attendance: Attendance) -> str:
    if attendance.how in OWN_ROADS:
        return _("到场（%(how)s）。") % {"how": Road(attendance.how).label}
    return _("到场。")


def _steps_of_service(service: OwnService) -> list[Step]:
    who = _("社区代为登记，%(duration)s。") if service.is_by_another else _("自己登记，%(duration)s。")
    steps = [Step(service.recorded_at, who % {"duration": duration(service.minutes)})]
    if service.submitted_at and service.submitted_at > service.recorded_at:
        steps.append(Step(service.submitted_at, _("提交给%(area)s。") % {"area": service.area.name}))
    return steps


def _steps_of_record(record: ServiceRecord) -> list[Step]:
    area = record.area.name
    steps = [Step(record.confirmed_at, _("%(area)s另一位工作人员确认。") % {"area": area})]
    if record.corrects:
        before = duration(record.corrects.minutes)
        steps.append(Step(None, _("这条更正了原来的 %(before)s。") % {"before": before}))
    steps += _steps_of_objections(getattr(record, "told_objections", ()))
    if record.objections_until and record.state == RecordState.CONFIRMED and not record.is_paused:
        steps.append(Step(None, _("公示到 %(day)s。") % {"day": _day(record.objections_until)}))
    if record.state == RecordState.POSTED or record.posted_at:
        steps.append(Step(record.posted_at, _("公示期满，入账。")))
    if record.state == RecordState.REVERSED:
        steps.append(Step(record.reversed_at, _("冲销，原因：%(reason)s") % {"reason": record.reversal_reason}))
        if corrected := getattr(record, "corrected_by", None):
            steps.append(Step(corrected.confirmed_at, _("更正为 %(after)s。") % {"after": duration(corrected.minutes)}))
    return steps


def _steps_of_objections(objections: Iterable[Objection]) -> list[Step]:
    steps = []
    for objection in objections:
        steps.append(Step(objection.created_at, _("有人提出异议，公示暂停。")))
        if objection.state == ObjectionState.WITHDRAWN:
            steps.append(Step(None, _("异议收回。")))
        elif objection.state != ObjectionState.OPEN:
            said = {"state": objection.get_state_display(), "answer": objection.answer}
            steps.append(Step(objection.answered_at, _("异议已答复（%(state)s）：%(answer)s") % said))
    return steps


def _day(day: date | None) -> str:
    return date_format(day, "MONTH_DAY_FORMAT") if day else ""


def _day_of(moment: datetime | None) -> str:
    return _day(timezone.localdate(moment)) if moment else ""
