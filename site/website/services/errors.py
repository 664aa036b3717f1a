from django.utils.translation import gettext_lazy as _


class ServiceError(Exception):
    """Something that may not be done to a service now, with words fit to show."""

    message = _("现在不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class LockedError(ServiceError):
    message = _("这一页被锁定了，请锁定它的人解锁后再核对。")


class UnpublishedError(ServiceError):
    message = _("这一页还没有发布，请先发布。")


class InvalidError(ServiceError):
    """The page breaks a rule that came after it was published; the editor has to look."""

    def __init__(self, reasons: list[str]) -> None:
        super().__init__()
        self.reasons = reasons

    def __str__(self) -> str:
        return "".join(self.reasons)
