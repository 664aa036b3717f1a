"""Why a report is refused. Each reason is a class of its own, with words fit to show."""

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ReportError(Exception):
    """A report, or the answer to one, is refused."""

    message: "StrPromise" = _("这份报告现在不能这样处理。")

    def __init__(self) -> None:
        super().__init__(str(self.message))


class YearNotOpenError(ReportError):
    message = _("这个年度现在不在填报时间内。")


class ReportAlreadySentError(ReportError):
    message = _("这份报告已经提交，不能再改，也不用再交一次。")


class HomeUnitMissingError(ReportError):
    message = _("还没有您的单位，请先选择单位，再提交报告。")


class HomeCommunityMissingError(ReportError):
    message = _("还没有社区接收您的报到，请先完成报到，再提交报告。")


class NotYourReportError(ReportError):
    message = _("这是别人的报告，您不能修改或提交。")


class NotARecipientError(ReportError):
    message = _("这份报告不是交给您所在的社区或单位的，您不能回复。")


class AlreadyAnsweredError(ReportError):
    message = _("这份报告已经回复过了。")


class ReplyMissingError(ReportError):
    message = _("请写一句回复。")
