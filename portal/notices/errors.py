"""Why a message did not leave the house."""

from django.utils.translation import gettext_lazy as _


class SmsNotSentError(Exception):
    """The gateway is away or said no; its ``message`` is fit to show."""

    message = _("短信暂时发不出去，请过几分钟再试，或者用密码登录。")

    def __str__(self) -> str:
        return str(self.message)


class SmsRefusedError(SmsNotSentError):
    """The gateway will never send this one: there is no such number, or it wants no messages. Nothing tries again."""
