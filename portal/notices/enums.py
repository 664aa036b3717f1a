"""What a message is about, by which ways it leaves the house, and what becomes of it there."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from portal.states import Transitions


class Channel(TextChoices):
    SMS = "sms", _("短信")
    EMAIL = "email", _("邮件")


class MessageKind(TextChoices):
    """What a message is about; people choose by kind how it reaches them."""

    SIGN_UP = "sign_up", _("报名和活动变动")
    OFFER = "offer", _("排到空位")
    REMINDER = "reminder", _("活动前提醒")
    MAILING = "mailing", _("社区写给我的话")
    REPORT_IN = "report_in", _("报到")
    TEAM = "team", _("志愿服务团队")
    UNIT = "unit", _("单位和名册")
    RECORDS = "records", _("服务记录")
    REPORTS = "reports", _("年度报告")
    WORK = "work", _("等我办理的工作")
    PROGRESS = "progress", _("单位成员报到的进展")
    ENTRY = "entry", _("社区代我录入")
    SECURITY = "security", _("账户安全")
    NOTICE = "notice", _("其他")


# Neither muted nor turned off: what guards the account, and what somebody else entered in one's name.
MUST: frozenset[MessageKind] = frozenset({MessageKind.SECURITY, MessageKind.ENTRY})
# Waits neither for the morning nor for a digest.
AT_ANY_HOUR: frozenset[MessageKind] = frozenset({MessageKind.SECURITY})
# Waits for no digest: tomorrow it would be of no use.
URGENT: frozenset[MessageKind] = frozenset(
    {MessageKind.SIGN_UP, MessageKind.OFFER, MessageKind.REMINDER, MessageKind.ENTRY, MessageKind.SECURITY}
)

# By which ways a kind may leave at all, and whether it does where its person has chosen nothing.
WAYS: Mapping[MessageKind, Mapping[Channel, bool]] = {
    MessageKind.SIGN_UP: {Channel.EMAIL: True, Channel.SMS: True},
    MessageKind.OFFER: {Channel.EMAIL: True, Channel.SMS: True},
    MessageKind.REMINDER: {Channel.EMAIL: True, Channel.SMS: True},
    MessageKind.MAILING: {Channel.EMAIL: True, Channel.SMS: False},
    MessageKind.REPORT_IN: {Channel.EMAIL: True, Channel.SMS: False},
    MessageKind.TEAM: {Channel.EMAIL: True},
    MessageKind.UNIT: {Channel.EMAIL: True},
    MessageKind.RECORDS: {Channel.EMAIL: False},
    MessageKind.REPORTS: {Channel.EMAIL: True},
    MessageKind.WORK: {Channel.EMAIL: True},
    MessageKind.PROGRESS: {Channel.EMAIL: True},
    MessageKind.ENTRY: {Channel.EMAIL: True, Channel.SMS: True},
    MessageKind.SECURITY: {Channel.EMAIL: True},
    MessageKind.NOTICE: {Channel.EMAIL: True},
}


class Lead(TextChoices):
    """How long before a shift its people are reminded."""

    EVENING_BEFORE = "evening", _("前一天")
    THREE_HOURS = "3h", _("开始前 3 小时")
    ONE_HOUR = "1h", _("开始前 1 小时")
    NONE = "none", _("不提醒")


EVENING_HOURS = range(17, 22)  # at which of them one is reminded of what is tomorrow


class Digest(TextChoices):
    """How often mails about what can wait are gathered into one."""

    AT_ONCE = "at_once", _("有消息就发")
    DAILY = "daily", _("每天一封，合在一起")
    WEEKLY = "weekly", _("每周一封，星期一")


class DeliveryState(TextChoices):
    QUEUED = "queued", _("等待发送")
    SENDING = "sending", _("正在发送")
    SENT = "sent", _("已发出")
    FAILED = "failed", _("没有发出，会再试")
    GATHERED = "gathered", _("合在一封里")
    SKIPPED = "skipped", _("不用再发")
    GIVEN_UP = "given_up", _("没能发出")


WAITS = (DeliveryState.QUEUED, DeliveryState.FAILED)

# SENDING goes to SENDING, or to SKIPPED, when the worker that held it was lost. These moves are conditional updates and
# not lines in the log: there would be one for each attempt at each message, and the row itself says when, how often
# and why not.
DELIVERY_TRANSITIONS: Transitions = {
    DeliveryState.QUEUED: frozenset({DeliveryState.SENDING, DeliveryState.GATHERED, DeliveryState.SKIPPED}),
    DeliveryState.FAILED: frozenset({DeliveryState.SENDING, DeliveryState.SKIPPED}),
    DeliveryState.SENDING: frozenset(
        {
            DeliveryState.SENDING,
            DeliveryState.SENT,
            DeliveryState.FAILED,
            DeliveryState.GIVEN_UP,
            DeliveryState.SKIPPED,
        }
    ),
}


class MailingState(TextChoices):
    QUEUED = "queued", _("等待发送")
    SENT = "sent", _("已送进收件箱")
    STOPPED = "stopped", _("没有发完：发信人已没有这项职责")


MAILING_TRANSITIONS: Transitions = {
    "": frozenset({MailingState.QUEUED}),
    MailingState.QUEUED: frozenset({MailingState.SENT, MailingState.STOPPED}),
}
