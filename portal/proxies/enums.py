from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class EntryKind(TextChoices):
    """What was entered for somebody."""

    TAKEN_UP = "taken_up", _("登记为本社区的人")
    REPORT_IN = "report_in", _("报到")
    SIGN_UP = "sign_up", _("报名活动")
    WITHDRAWAL = "withdrawal", _("退出活动")
    CORRECTION = "correction", _("更正资料")
    PROFILE = "profile", _("特长和想参加的服务")


class ConsentKind(TextChoices):
    """How the person said yes."""

    PAPER = "paper", _("本人在纸质表上签了字")
    SPOKEN = "spoken", _("本人当面口头同意")
    CALLED = "called", _("本人在电话里同意")


class EntryState(TextChoices):
    ENTERED = "entered", _("已录入")
    UNDONE = "undone", _("本人已撤销")
    OBJECTED = "objected", _("本人有异议")
    ANSWERED = "answered", _("异议已答复")


ENTRY_TRANSITIONS: Transitions = {
    EntryState.ENTERED: frozenset({EntryState.UNDONE, EntryState.OBJECTED}),
    EntryState.OBJECTED: frozenset({EntryState.ANSWERED}),
}


class HandOverState(TextChoices):
    """Where an account stands on its way from the community that keeps it to its person."""

    ASKED = "asked", _("等本人证明手机号")
    DONE = "done", _("已由本人接管")
    DECLINED = "declined", _("本人说不是自己的")
    WITHDRAWN = "withdrawn", _("社区已收回")


HAND_OVER_TRANSITIONS: Transitions = {
    HandOverState.ASKED: frozenset({HandOverState.DONE, HandOverState.DECLINED, HandOverState.WITHDRAWN}),
}


class FormKind(TextChoices):
    """Which paper form a code leads back from."""

    REPORT_IN = "report_in", _("报到表")
    SIGN_UP = "sign_up", _("活动报名表")
    LEAVE = "leave", _("活动请假单")
    CORRECTION = "correction", _("资料更正表")


SINGLE_USE = frozenset({FormKind.REPORT_IN, FormKind.LEAVE, FormKind.CORRECTION})
ABOUT_A_SHIFT = frozenset({FormKind.SIGN_UP, FormKind.LEAVE})


class InvitationKind(TextChoices):
    LINK = "link", _("邀请链接")
    CARDS = "cards", _("纸质邀请卡")


class JoiningState(TextChoices):
    """Where somebody who came by an invitation stands."""

    WAITING = "waiting", _("凭邀请加入，等联络员确认")
    JOINED = "joined", _("已加入")
    DECLINED = "declined", _("未确认")


JOINING_TRANSITIONS: Transitions = {
    JoiningState.WAITING: frozenset({JoiningState.JOINED, JoiningState.DECLINED}),
}
