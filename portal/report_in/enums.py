from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class ReportInKind(TextChoices):
    """``MOVE`` waits beside the residence it is to follow, and becomes the residence when it is accepted."""

    RESIDENCE = "residence", _("居住地报到")
    MOVE = "move", _("迁居报到")
    TEMPORARY = "temporary", _("临时报到")


class TemporaryReason(TextChoices):
    """Why one is away from home for a time."""

    BUSINESS = "business", _("出差")
    SECONDED = "seconded", _("借调")
    FAMILY = "family", _("探亲")
    OTHER = "other", _("其他")


class ReportInState(TextChoices):
    SUBMITTED = "submitted", _("等待社区确认")
    ASKED_BACK = "asked_back", _("请补充")
    ACCEPTED = "accepted", _("已报到")
    WITHDRAWN = "withdrawn", _("已撤回")
    MOVED = "moved", _("已迁出")
    ENDED = "ended", _("已结束")


PENDING = (ReportInState.SUBMITTED, ReportInState.ASKED_BACK)
OPEN = (*PENDING, ReportInState.ACCEPTED)

REPORT_IN_TRANSITIONS: Transitions = {
    ReportInState.SUBMITTED: frozenset({ReportInState.ACCEPTED, ReportInState.ASKED_BACK, ReportInState.WITHDRAWN}),
    ReportInState.ASKED_BACK: frozenset({ReportInState.SUBMITTED, ReportInState.WITHDRAWN}),
    ReportInState.ACCEPTED: frozenset({ReportInState.MOVED, ReportInState.ENDED}),
}


class UnitReportInState(TextChoices):
    SUBMITTED = "submitted", _("等待社区确认")
    ASKED_BACK = "asked_back", _("请补充")
    ACCEPTED = "accepted", _("已报到")
    WITHDRAWN = "withdrawn", _("已撤回")
    ENDED = "ended", _("已结束")


PENDING_UNITS = (UnitReportInState.SUBMITTED, UnitReportInState.ASKED_BACK)
OPEN_UNITS = (*PENDING_UNITS, UnitReportInState.ACCEPTED)

UNIT_REPORT_IN_TRANSITIONS: Transitions = {
    UnitReportInState.SUBMITTED: frozenset(
        {UnitReportInState.ACCEPTED, UnitReportInState.ASKED_BACK, UnitReportInState.WITHDRAWN}
    ),
    UnitReportInState.ASKED_BACK: frozenset({UnitReportInState.SUBMITTED, UnitReportInState.WITHDRAWN}),
    UnitReportInState.ACCEPTED: frozenset({UnitReportInState.ENDED}),
}


class LeaveKind(TextChoices):
    LEAVE = "leave", _("请假")
    ILLNESS = "illness", _("病假")
    POSTED_AWAY = "posted_away", _("外派")
    EXEMPTION = "exemption", _("免予报到和活动")


class LeaveState(TextChoices):
    REQUESTED = "requested", _("等待答复")
    GRANTED = "granted", _("已同意")
    DECLINED = "declined", _("没有同意")
    ENDED = "ended", _("已结束")


LEAVE_TRANSITIONS: Transitions = {
    LeaveState.REQUESTED: frozenset({LeaveState.GRANTED, LeaveState.DECLINED, LeaveState.ENDED}),
    LeaveState.GRANTED: frozenset({LeaveState.ENDED}),
}


class BulkAnswerState(TextChoices):
    RUNNING = "running", _("正在确认")
    DONE = "done", _("已办完")
    FAILED = "failed", _("没有办完")


BULK_ANSWER_TRANSITIONS: Transitions = {
    BulkAnswerState.RUNNING: frozenset({BulkAnswerState.DONE, BulkAnswerState.FAILED}),
    BulkAnswerState.FAILED: frozenset({BulkAnswerState.RUNNING}),
}
