"""Why an action on an activity was refused. Each message is fit to show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext


class ActivityError(Exception):
    """A refusal; ``message`` is fit to show."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SignUpError(ActivityError):
    """A refusal met while signing up, withdrawing, or answering an offer."""


class AttendanceError(ActivityError):
    """A refusal met while recording who came."""


class NoticeItemsMissingError(ActivityError):
    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(_("还差这些内容才能发布：%(items)s。") % {"items": _("、").join(items)})
        self.items = list(items)


class ActivityCancelledError(SignUpError):
    def __init__(self) -> None:
        super().__init__(_("这个活动已经取消。"))


class ActivityNotPublishedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(_("这个活动还没有发布。"))


class ShiftHasStartedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(_("这一班已经开始，不能再改报名。"))


class ShiftsOverlapError(SignUpError):
    def __init__(self, title: str) -> None:
        super().__init__(_("这段时间您已经报名“%(title)s”，两边时间有重叠。") % {"title": title})


class OfferHasLapsedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(_("这个空位已经不再为您保留。如果还想参加，可以重新报名排队。"))


class AlreadyArrivedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(_("您已经登记到场，不能再退出。"))


class CapacityBelowTakenError(ActivityError):
    def __init__(self, taken: int) -> None:
        text = ngettext(
            "已有 %(taken)d 人占了名额，名额不能比这更少。", "已有 %(taken)d 人占了名额，名额不能比这更少。", taken
        )
        super().__init__(text % {"taken": taken})
        self.taken = taken


class ActivityIsOverError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("活动已经结束，不能再取消，也不能再加班次。"))


class ReasonMissingError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("请写明原因，报名的人会看到。"))


class ShiftIsFixedError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("活动发布以后，班次的时间不能再改。可以另加一个班次。"))


class NotSignedUpError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("这个人没有报上名，不能登记到场。"))


class AttendanceNotOpenError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("这一班还没到可以登记的时间。"))


class ShiftNotStartedError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("这一班还没开始，开始以后才能登记完成或未到。"))


class OwnAttendanceError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("不能给自己登记，请另一位工作人员来登记。"))


class MinutesMissingError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("登记完成时，请写 1 到 1440 之间的分钟数。"))


class AttendanceClosedError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("服务时长已经核定，不能再改。有错的话，请先冲销服务记录。"))


class NotCompletedError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("还没有登记完成，不能核定时长。"))
