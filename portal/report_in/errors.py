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
