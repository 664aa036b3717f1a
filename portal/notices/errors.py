"""Why a message did not leave the house, or was not written."""

from django.utils.translation import gettext_lazy as _


class SmsNotSentError(Exception):
    """The gateway is away or said no; its ``message`` is fit to show."""

    message = _("短信暂时发不出去，请过几分钟再试，或者用密码登录。")

    def __str__(self) -> str:
        return str(self.message)


class SmsTooSoonError(SmsNotSentError):
    """The number got a code for the same purpose within the minute."""

    message = _("刚往这个手机发过验证码，请等一分钟再发。")


class SmsRefusedError(SmsNotSentError):
    """The gateway will never send this one: there is no such number, or it wants no messages. Nothing tries again."""


class MailingError(Exception):
    """A mailing cannot be sent; its ``message`` is fit to show."""

    message = _("现在不能发送。")

    def __str__(self) -> str:
        return str(self.message)


class NobodyReachedError(MailingError):
    message = _("这里现在没有可以写给的人。")


class TooManyMailingsError(MailingError):
    message = _("您今天写的已经够多了，请明天再发。急事请打电话。")
