"""Why an action on an activity was refused. Each message is fit to show."""

from collections.abc import Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.activities.enums import Refusal


class ActivityError(Exception):
    """A refusal; ``message`` is fit to show."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class SignUpError(ActivityError):
    """A refusal met while signing up, withdrawing, or answering an offer; ``reason`` says which of the known ones.

    ``facts`` fill the gaps in the words of the reason.
    """

    def __init__(self, reason: Refusal, **facts: object) -> None:
        super().__init__(str(reason.label) % facts)
        self.reason = reason


class AttendanceError(ActivityError):
    """A refusal met while recording who came."""


class NoticeItemsMissingError(ActivityError):
    def __init__(self, items: Sequence[str]) -> None:
        super().__init__(_("还差这些内容才能发布：%(items)s。") % {"items": _("、").join(items)})
        self.items = list(items)


class ActivityCancelledError(SignUpError):
    def __init__(self) -> None:
        super().__init__(Refusal.CANCELLED)


class ActivityNotPublishedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(Refusal.NOT_PUBLISHED)


class ShiftCalledOffError(SignUpError):
    def __init__(self) -> None:
        super().__init__(Refusal.CALLED_OFF)


class ShiftHasStartedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(Refusal.STARTED)


class ShiftsOverlapError(SignUpError):
    def __init__(self, title: str) -> None:
        super().__init__(Refusal.OVERLAP, title=title)


class OfferHasLapsedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(Refusal.OFFER_LAPSED)


class AlreadyArrivedError(SignUpError):
    def __init__(self) -> None:
        super().__init__(Refusal.ARRIVED)


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
        super().__init__(_("这一班已经开始或者已经发布，不能这样改。可以另加一个班次。"))


class ShiftHasBegunError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这一班已经开始，不能再取消。"))


class LastShiftError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("别的班次都不办了，请取消整个活动。"))


class NothingToConfirmError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这次报名现在不用再确认。"))


class AudienceMissingError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("请至少选一个区域、单位或团队，不然谁也看不到。"))


class NoShiftError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("请先加一个班次，才知道从哪天开始重复。"))


class AlreadyInSeriesError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这个活动已经在一个系列里，请在系列里加长。"))


class NoDatesError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("按这样的规则没有新的日期，请改一改次数、截止日期或者跳过的日期。"))


class CommunityEndedError(ActivityError):
    """The place of an activity ended with nobody following."""

    def __init__(self) -> None:
        super().__init__(_("这个社区已经停用，不能再办新的活动。"))


class TemplateEndedError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这个模板已经停用。"))


class TemplateOutOfReachError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这个模板不能用在这个社区。"))


class PublishTimeError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("定时发布的时间要在现在以后、第一个班次开始以前。"))


class PolicyIsFixedError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("已经有人报名，报名方式和名额怎么分不能再改。"))


class DrawTimeError(ActivityError):
    """The lot would fall at a moment that makes no sense; the field that says when shows it."""


class DrawTimeOverError(DrawTimeError):
    def __init__(self) -> None:
        super().__init__(_("抽签时间已经过了，请改成还没到的时间。"))


class DrawTooLateError(DrawTimeError):
    def __init__(self) -> None:
        super().__init__(_("抽签要在第一个班次开始以前。请把抽签时间提前，或者把班次推后。"))


class ShiftHasPositionsError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这一班分岗位，名额和坐着站着请在岗位里改。"))


class ShiftHasSignUpsError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这一班已经有人报名，或者有单位留了名额，不能再分岗位。可以另加一个班次。"))


class MinimumAboveCapacityError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("最少人数不能多于名额。"))


class PositionNamedTwiceError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这一班已有同名的岗位。"))


class PositionInUseError(ActivityError):
    def __init__(self) -> None:
        super().__init__(_("这个岗位已经有人报过名，或者有单位留过名额，不能删除。"))


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


class NothingToUndoError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("没有可以撤销的上一步。"))


class AlreadyNotedError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("工作人员已经登记过您。如果不对，请当面告诉工作人员。"))


class NotArrivedError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("还没有登记到场，不能登记离开。"))


class ShiftIsOverError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("这一班已经结束，不能再登记到场。请联系工作人员。"))


class NoPlaceLeftError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("这一班没有空余的名额了。"))


class NotMissedError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("这一条没有登记为未到，不用说明。"))


class NeedsConsentError(AttendanceError):
    def __init__(self) -> None:
        super().__init__(_("这个活动的报名要社区工作者同意，请当面找工作人员。"))
