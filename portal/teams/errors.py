"""Why a change to a team is refused, in words fit to show."""

from django.utils.translation import gettext_lazy as _
from django_stubs_ext import StrOrPromise


class TeamError(Exception):
    """A refusal; its ``message`` is fit to show."""

    message: StrOrPromise = _("暂时不能这样做。")

    def __str__(self) -> str:
        return str(self.message)


class NotYoursError(TeamError):
    message = _("您不管理这个团队。")


class TeamEndedError(TeamError):
    message = _("这个团队已经结束。")


class OnlyByInvitationError(TeamError):
    message = _("这个团队由队长邀请加入。想参加，请先和队长或者社区联系。")


class NameTakenError(TeamError):
    message = _("这里已经有同名的团队。")


class WrongAreaError(TeamError):
    message = _("团队只能建在开放的社区或者街道。")


class NotInTeamError(TeamError):
    message = _("这个人不在团队里。")


class AccountClosedError(TeamError):
    message = _("这个账号已经停用，不能加入。")


class NeverDeletedError(TeamError):
    message = _("团队只能结束，不能删除：以前的记录还要用到它。")
