"""Why an account cannot be closed now, in words fit to show."""

from django.utils.translation import gettext_lazy as _


class PersonalDataError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class HoldsPostsError(PersonalDataError):
    message = _("您还担任着职责。请先请管理员结束您的任职，再注销账户。")


class IsSuperuserError(PersonalDataError):
    message = _("您是系统管理员。请先把管理权限交给另一位管理员，再注销账户。")


class OfficialAccountError(PersonalDataError):
    message = _("代管的账户担任过职责，或者经办过别人的事，不能合并。请联系管理员。")


class ActedForError(PersonalDataError):
    message = _(
        "这个手机号的账户替这位居民办过或确认过事情。自己不能给自己办，所以两个账户不能合并。请换一个本人的手机号，或联系管理员。"
    )


class OwnAccountClosedError(PersonalDataError):
    message = _("这个手机号的账户已经停用或者正在注销，不能合并。请先和社区联系。")


class AskedElsewhereError(PersonalDataError):
    message = _("这一项要在报到的时候同意：请到“报到”里选好社区。")
