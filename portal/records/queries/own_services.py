"""What members log themselves, and what may stand in its way."""

from collections.abc import Collection
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet, Sum
from django.utils import timezone
from django.utils.formats import date_format

from portal.activities.enums import AttendanceState
from portal.activities.models import Attendance
from portal.organisations.models import Area
from portal.organisations.queries import with_past
from portal.records.enums import COUNTS, HOLDS_TIME, OwnServiceState
from portal.records.errors import (
    DayTooLongError,
    InTheFutureError,
    RecordError,
    ServiceOverlapsError,
    TooLongAgoError,
)
from portal.records.models import OwnService, ServiceRecord
from portal.report_in.enums import ReportInState
from webui.templatetags.webui import duration

if TYPE_CHECKING:
    from portal.members.models import User

LONGEST_DAY = 24 * 60


def communities_of(member: "User") -> QuerySet[Area]:
    """Return the communities where ``member`` was received, and still is."""
    return Area.objects.filter(report_ins__person=member, report_ins__state=ReportInState.ACCEPTED).distinct()


def communities_since(member: "User") -> QuerySet[Area]:
    """Return the same with what they came from, merged or split: what was served there is still a matter of theirs."""
    return with_past(communities_of(member))


def communities_for(service: OwnService) -> QuerySet[Area]:
    """Return where ``service`` may be confirmed: where it was said to be, and where its member was received."""
    return Area.objects.filter(Q(pk=service.area_id) | Q(pk__in=communities_of(service.member).values("pk")))


def own_services_of(member: "User") -> QuerySet[OwnService]:
    return OwnService.objects.filter(member=member).select_related("area", "recorded_by")


def same_own_service(member: "User", *, starts_at: datetime, minutes: int, title: str) -> OwnService | None:
    """Return the same thing sent before: a form sent twice."""
    return (
        OwnService.objects.filter(member=member, starts_at=starts_at, minutes=minutes, title=title.strip())
        .exclude(state=OwnServiceState.WITHDRAWN)
        .first()
    )


def why_not_send(service: OwnService) -> RecordError | None:
    """Return why the time of ``service`` cannot be logged: it is to come, or too long ago."""
    if service.ends_at > timezone.now():
        return InTheFutureError()
    earliest = timezone.localdate() - timedelta(days=settings.OWN_SERVICE_DAYS)
    is_new = service.submitted_at is None
    if is_new and timezone.localdate(service.starts_at) < earliest:
        return TooLongAgoError(settings.OWN_SERVICE_DAYS)
    return None


def refuse_overlap(member: "User", *, starts_at: datetime, ends_at: datetime, but: OwnService | None = None) -> None:
    """Refuse time that lies within what ``member`` has served elsewhere; end to start is no overlap.

    Raises:
        ServiceOverlapsError: names what is there.
    """
    others = _own(member, starts_at, ends_at, states=HOLDS_TIME)
    _refuse((others.exclude(pk=but.pk) if but and but.pk else others).first())
    completed = Q(sign_up__member=member, state=AttendanceState.COMPLETED)
    _refuse(_attended(completed | _counted(member), starts_at, ends_at).first())


def refuse_counted_twice(member: "User", attendance: Attendance) -> None:
    """Refuse minutes of a time for which ``member`` has a record already.

    Shifts were compared when they signed up, and who goes from one to the next is noted a little early or late. So
    only of shifts that share time, as those of two accounts put together may, is it asked when they were there.

    Raises:
        ServiceOverlapsError: names what is there.
    """
    came, left = time_of_attendance(attendance)
    _refuse(_own(member, came, left, states=(OwnServiceState.CONFIRMED,)).first())
    shift = attendance.sign_up.shift
    others = _attended(_counted(member), came, left).exclude(pk=attendance.pk)
    _refuse(
        others.filter(sign_up__shift__starts_at__lt=shift.ends_at, sign_up__shift__ends_at__gt=shift.starts_at).first()
    )


def refuse_long_day(service: OwnService) -> None:
    """Refuse what would make the day of ``service`` longer than a day.

    Raises:
        DayTooLongError: says how much the day already holds.
    """
    begins = timezone.localtime(service.starts_at).replace(hour=0, minute=0, second=0, microsecond=0)
    ends = begins + timedelta(days=1)
    others = OwnService.objects.filter(
        member=service.member_id, state__in=HOLDS_TIME, starts_at__gte=begins, starts_at__lt=ends
    ).exclude(pk=service.pk)
    attended = Attendance.objects.filter(
        sign_up__member=service.member_id,
        state=AttendanceState.COMPLETED,
        sign_up__shift__starts_at__gte=begins,
        sign_up__shift__starts_at__lt=ends,
    )
    held = sum(rows.aggregate(total=Sum("minutes", default=0))["total"] for rows in (others, attended))
    if held + service.minutes > LONGEST_DAY:
        raise DayTooLongError(duration(held))


def time_of_attendance(attendance: Attendance) -> tuple[datetime, datetime]:
    """Return when somebody came and left, or what the shift says where that is not known."""
    shift = attendance.sign_up.shift
    return attendance.arrived_at or shift.starts_at, attendance.left_at or shift.ends_at


def _own(
    member: "User", starts_at: datetime, ends_at: datetime, *, states: Collection[OwnServiceState]
) -> QuerySet[OwnService]:
    return OwnService.objects.filter(member=member, state__in=states, starts_at__lt=ends_at, ends_at__gt=starts_at)


def _counted(member: "User") -> Q:
    # By the record: after two accounts were put together, its sign-up may be the other account's still.
    return Q(pk__in=ServiceRecord.objects.filter(member=member, state__in=COUNTS).values("attendance"))


def _attended(whose: Q, starts_at: datetime, ends_at: datetime) -> QuerySet[Attendance]:
    return Attendance.objects.filter(
        whose,
        Q(left_at__gt=starts_at) | Q(left_at__isnull=True, sign_up__shift__ends_at__gt=starts_at),
        Q(arrived_at__lt=ends_at) | Q(arrived_at__isnull=True, sign_up__shift__starts_at__lt=ends_at),
    ).select_related("sign_up__shift__activity")


def _refuse(there: OwnService | Attendance | None) -> None:
    if isinstance(there, OwnService):
        raise ServiceOverlapsError(title=there.title, when=_span(there.starts_at, there.ends_at))
    if there:
        title = there.sign_up.shift.activity.title
        raise ServiceOverlapsError(title=title, when=_span(*time_of_attendance(there)))


def _span(starts_at: datetime, ends_at: datetime) -> str:
    begins, ends = timezone.localtime(starts_at), timezone.localtime(ends_at)
    day, since, until = date_format(begins, "MONTH_DAY_FORMAT"), date_format(begins, "H:i"), date_format(ends, "H:i")
    return f"{day} {since}–{until}"
