"""Why a change to an activity's report is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class ActivityReportError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message: StrOrPromise = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class NotYoursError(ActivityReportError):
    message = _("这个活动不由您组织。")


class NotOverError(ActivityReportError):
    message = _("活动结束以后才能写总结。")


class AlreadySubmittedError(ActivityReportError):
    message = _("总结已经完成，数字已固定，不能再改。")


class NotSubmittedError(ActivityReportError):
    message = _("先完成总结，再起草稿子。")


class NoDeskError(ActivityReportError):
    message = _("网站还没有放通知的栏目，请先和编辑联系。")
