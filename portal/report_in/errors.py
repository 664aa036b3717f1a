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


class ReasonMissingError(ReportInError):
    message = _("请写明需要补充什么，对方才知道怎么改。")


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
