"""Why a notice is not published, or an objection not taken."""

from datetime import date

from django.core.exceptions import ValidationError
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class NoticeIncomplete(ValidationError):  # noqa: N818 -- a refusal, named as one
    """A 公示 may not be published yet. Names the field at fault."""


class EndIsMissing(NoticeIncomplete):
    def __init__(self) -> None:
        super().__init__({"ends_on": _("公示要写明结束日期。")})


class RunsTooShort(NoticeIncomplete):
    def __init__(self, *, days: int, earliest: date) -> None:
        message = ngettext(
            "公示不少于 %(days)d 个工作日（开始当天和周末不算）。最早到%(day)s结束。",
            "公示不少于 %(days)d 个工作日（开始当天和周末不算）。最早到%(day)s结束。",
            days,
        )
        super().__init__({"ends_on": message % {"days": days, "day": date_format(earliest)}})


class ResponsibleIsMissing(NoticeIncomplete):
    def __init__(self) -> None:
        super().__init__({"responsible": _("公示要写明由谁负责。")})


class PhoneIsMissing(NoticeIncomplete):
    def __init__(self) -> None:
        super().__init__({"phone": _("公示要写明联系电话。")})


class MatterIsMissing(NoticeIncomplete):
    def __init__(self) -> None:
        super().__init__({"body": _("公示要写明公示的是什么事。")})


class ObjectionRefused(Exception):  # noqa: N818 -- a refusal, named as one
    """An objection cannot be taken or changed; its text is fit to show."""


class NoticeIsClosed(ObjectionRefused):
    def __str__(self) -> str:
        return _("这份公示现在不收意见。")


class ObjectionIsClosed(ObjectionRefused):
    def __str__(self) -> str:
        return _("这条意见已经办结，不能再改。")
