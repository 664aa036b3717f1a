"""Why a way of checking in was refused. Each message is fit to show."""

from django.utils.translation import gettext as _


class CheckInError(Exception):
    """A refusal; ``message`` is fit to show."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class TokenExpiredError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("这个二维码已经过期。请在现场重新扫一次，或者请工作人员帮您登记。"))


class TokenForgedError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("这个二维码不是本系统的。请在现场重新扫一次，或者请工作人员帮您登记。"))


class CodeWrongError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("口令不对，或者已经换了新的。请再听一遍现场的口令。"))


class TooManyTriesError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("试的次数太多了，请过一会儿再试，或者请工作人员帮您登记。"))


class NoShiftNowError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("您现在没有可以签到的活动。没有报名的，请扫现场的二维码，或者找工作人员。"))


class NotYourShiftError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("这个班次现在不归您组织，这条登记没有生效。请告诉现在的社区工作者。"))


class TabletClosedError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("这台平板的签到已经结束。"))


class EndCodeWrongError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("结束码不对。"))


class NothingToResolveError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("这一条已经处理过了。"))


class SheetUnknownError(CheckInError):
    def __init__(self) -> None:
        super().__init__(_("没有这张名单，请再核对一遍编号。"))
