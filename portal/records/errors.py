"""Why an action on a service record was refused. Each message is fit to show."""

from django.utils.translation import gettext as _


class RecordError(Exception):
    """A refusal; ``message`` is fit to show."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class NothingToConfirmError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("还没有登记完成，没有可确认的时长。"))


class AlreadyConfirmedError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这条时长已经由别的同事确认过了。"))


class OwnServiceError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("不能确认自己的服务，请另一位工作人员来确认。"))


class RecorderConfirmsError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("到场是您登记的，请另一位工作人员来确认。"))


class TakenOutError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这条时长已经冲销。要重新计入，请先把到场登记改好，再由另一位工作人员确认。"))


class ReasonMissingError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("请写明冲销的原因，本人会看到。"))


class NotConfirmableHereError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这条服务不在您负责的社区，不能确认。"))


class ServiceOverlapsError(RecordError):
    """``title`` and ``when`` name what is already there."""

    def __init__(self, *, title: str, when: str) -> None:
        super().__init__(
            _("这段时间和“%(title)s”（%(when)s）重叠，同一段时间只能算一次。") % {"title": title, "when": when}
        )


class InTheFutureError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这段服务还没有结束，做完以后再来登记。"))


class TooLongAgoError(RecordError):
    def __init__(self, days: int) -> None:
        super().__init__(_("只能登记最近 %(days)s 天的服务。更早的请联系社区。") % {"days": days})


class DayTooLongError(RecordError):
    """``minutes`` is what the day already holds."""

    def __init__(self, minutes: str) -> None:
        super().__init__(_("一天加起来不能超过 24 小时，这一天已经有 %(minutes)s。") % {"minutes": minutes})


class NotReportedInHereError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("只能登记在已经报到的社区做的服务。"))


class NotConfirmedError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这条记录已经冲销，或者还没有确认，不能再更正。"))


class SameMinutesError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("更正后的分钟数和原来一样。只是不应计入的，请选冲销。"))


class PeriodOverError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("公示已经结束，不能再提出异议。有不对的地方，请联系社区更正。"))


class MayNotObjectError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("只有本人和在这个社区报到的人可以提出异议。"))


class AnswersOwnWorkError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这条记录是您登记、确认或提出异议的，请另一位工作人员来答复。"))


class AlreadyAnsweredError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这条异议已经答复过了。"))


class CorrectionRefusedError(RecordError):
    """The attendance cannot be noted anew; ``message`` is its own reason."""


class HintAboutOneselfError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("这条提示和您自己有关，请另一位工作人员来看。"))


class NoteMissingError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("请写明还要了解什么。"))
