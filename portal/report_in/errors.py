"""Why a report-in is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _


class ReportInError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class NoHomeUnitError(ReportInError):
    message = _("您还没有所属单位。请联系单位联络员，把您的手机号列入名册。")


class NotACommunityError(ReportInError):
    message = _("请选择一个社区。这个地方现在不能报到。")


class AlreadyReportedInError(ReportInError):
    message = _("您已经有一份报到，一个人同一时间只能在一个社区报到。")


class OwnReportInError(ReportInError):
    message = _("不能处理自己的报到，请另一位工作人员来处理。")


class NotYoursToAnswerError(ReportInError):
    message = _("这份报到已经不在您这里，可能别人已经处理。")


class ReasonMissingError(ReportInError):
    message = _("请写明需要补充什么，对方才知道怎么改。")


class StationNameTakenError(ReportInError):
    message = _("这个社区已经有一个同名的，请换一个名称。")


class StationElsewhereError(ReportInError):
    message = _("请从这个社区的流动党员之家里选。")


class GridElsewhereError(ReportInError):
    message = _("这个网格不在这个社区，或者已经撤并了。请从列表里另选一个。")


class NothingToMoveFromError(ReportInError):
    message = _("您还没有确认过的报到，不用办迁居，直接报到就可以。")


class SameCommunityError(ReportInError):
    message = _("您已经在这个社区报到了。")


class AlreadyMovingError(ReportInError):
    message = _("您已经有一份迁居报到在等社区确认。要换一个社区，请先撤回它。")


class TooLongError(ReportInError):
    message = _("临时报到的时间太长了。请把结束日期提前一些。")


class DaysInOrderError(ReportInError):
    message = _("结束日期要在今天以后，也不能早于开始日期。")


class ExtendedOnceError(ReportInError):
    message = _("一份临时报到只能申请延长一次。需要更久，请到期后重新报到。")


class NothingAskedError(ReportInError):
    message = _("这份报到没有等待答复的延长申请。")


class UnitHasReportedInError(ReportInError):
    message = _("这个单位在这个社区已经有一份报到。")


class NoCommunityChosenError(ReportInError):
    message = _("请至少选一个社区。")


class OwnUnitReportInError(ReportInError):
    message = _("不能处理自己提交的单位报到，请另一位工作人员来处理。")


class NobodyDecidesError(ReportInError):
    message = _("您还没有所属单位，也没有报到的社区，没有人要向您请假。")


class LeaveWaitsError(ReportInError):
    message = _("您已经有一份申请在等答复。")


class LeaveOverlapsError(ReportInError):
    message = _("这段时间已经请过假了。请换一段日期，或者先结束那一段。")


class LeaveDaysError(ReportInError):
    message = _("结束日期不能早于开始日期，也不能早于今天，一次最长一年。")


class OwnLeaveError(ReportInError):
    message = _("不能答复自己的请假，请另一位工作人员来答复。")


class TooManyMessagesError(ReportInError):
    message = _("这一次要发的短信太多了。请先按部门或姓名筛选，分几次提醒。")


class NumbersChangedError(ReportInError):
    message = _("名单刚刚有变化，请再看一遍人数。")
