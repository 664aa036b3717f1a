"""Why an entry for somebody, a paper form or an invitation is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _


class ProxyError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class OwnEntryError(ProxyError):
    message = _("不能替自己录入。您自己的事，请在自己的页面上办。")


class NotOursError(ProxyError):
    message = _("这个人不在您的社区，不能替他录入。")


class CommunityEndedError(ProxyError):
    message = _("这个社区已经停用。请刷新页面，在承接它的社区里办理。")


class CannotBeTakenUpError(ProxyError):
    message = _("用这个姓名和手机号不能在本社区登记。请和本人核对，或者请本人用手机登录后自己报到。")


class NotManagedError(ProxyError):
    message = _("本人已经登录过，资料由本人自己更正。")


class PhoneTakenError(ProxyError):
    message = _("这个手机号已经有人在用，请和本人核对。如果就是本人的，请办理“交给本人自己管”。")


class HandOverClosedError(ProxyError):
    message = _("这次交接已经办完或者收回了，请刷新页面后再看。")


class PhoneNotProvedError(ProxyError):
    message = _("手机号还没有证明。请先填短信里的验证码，或者请本人用短信验证码登录。")


class ConsentMissingError(ProxyError):
    message = _("两个账户合并要本人同意。请先给本人看要合并的内容。")


class FormNotUsableError(ProxyError):
    message = _("这张表的编号已经用过或者过期，请重新打印一张。")


class ShiftNotOursError(ProxyError):
    message = _("请选一个本社区的班次。")


class SignedUpAlreadyError(ProxyError):
    message = _("本人已经报过名了，不用再录入。")


class NotSignedUpError(ProxyError):
    message = _("这个人没有报名，或者已经退出了。")


class CannotBeUndoneError(ProxyError):
    message = _("这一条已经办完，不能直接撤销。可以提出异议，社区会答复您。")


class ReasonMissingError(ProxyError):
    message = _("请写明原因，对方才知道怎么办。")


class CodeNotUsableError(ProxyError):
    """One answer for a code that never was, is used up, too old or taken back."""

    message = _("这个邀请码不对，或者已经不能用了。请再核对一遍，或者向发给您的人要一个新的。")


class LivesElsewhereError(ProxyError):
    message = _("您已经加入了另一个社区。想换社区，请先在“到社区报到”里离开原来的社区，已经报到的可以换社区。")


class JoinedAlreadyError(ProxyError):
    message = _("您已经在这里了，不用再加入。")


class VouchedForError(ProxyError):
    message = _("您的单位已经把您列进名册，请直接报到。")
