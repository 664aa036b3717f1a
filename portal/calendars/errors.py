"""Why a change to a service day is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class ServiceDayError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message: StrOrPromise = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class NotYoursError(ServiceDayError):
    message = _("这里的服务日不由您发起。")


class DayTakenError(ServiceDayError):
    message = _("这一天已经有服务日。")


class DayIsPastError(ServiceDayError):
    message = _("服务日不能定在过去。")


class DayCalledOffError(ServiceDayError):
    message = _("这个服务日已经取消。")


class NotOnOfferError(ServiceDayError):
    message = _("只能加入您组织的、已经发布的、在这个范围里的活动。")
