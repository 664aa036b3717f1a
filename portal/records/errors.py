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


class ReasonMissingError(RecordError):
    def __init__(self) -> None:
        super().__init__(_("请写明冲销的原因，本人会看到。"))
