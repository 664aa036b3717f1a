"""How long each kind of row is kept: one entry a kind, with its setting, the least the law asks, and the source."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import partial
from typing import Any

from django.apps import apps
from django.conf import settings
from django.db.models import BigIntegerField, Case, Exists, F, OuterRef, Q, QuerySet, When
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import AttendanceState
from portal.activities.models import Attendance
from portal.personal_data.queries import held_by_law, logged_out_since, never_opened_since

Rows = QuerySet[Any]


@dataclass(frozen=True)
class Kept:
    """One kind of row. ``over`` says from which moment on a row is past its time; ``person`` is the path to whom it is
    about, so that a legal hold finds it. The city chooses ``setting`` (days), never below ``floor``. Where ``blank``
    names fields, they are emptied and the row stays; ``instead`` says what stands in them where it is not nothing.
    """

    key: str
    name: Promise
    model: str
    over: Callable[[datetime], Q]
    setting: str
    floor: int
    source: Promise
    person: str = ""
    blank: tuple[str, ...] = ()
    instead: Mapping[str, Any] = field(default_factory=dict)

    @property
    def emptied(self) -> Mapping[str, Any]:
        """Return what is written into a row that stays; nothing where it goes."""
        return self.instead or dict.fromkeys(self.blank)

    @property
    def days(self) -> int:
        """Return for how many days a row is kept."""
        return max(int(getattr(settings, self.setting)), self.floor)

    def due(self, now: datetime) -> Rows:
        """Return the rows that are past their time on ``now`` and that no law keeps, oldest first."""
        rows = (
            apps.get_model(self.model)._base_manager.filter(self.over(now - timedelta(days=self.days))).order_by("pk")
        )
        if self.blank:
            rows = rows.exclude(**{f"{name}__isnull": True for name in self.blank})
        if not self.person:
            return rows
        held = held_by_law(timezone.localdate(now)).filter(pk=OuterRef(self.person))
        return rows.filter(~Exists(held))


def _before(field: str, moment: datetime) -> Q:
    return Q(**{f"{field}__lt": moment})


def _on_a_day_before(field: str, moment: datetime) -> Q:
    return Q(**{f"{field}__lt": timezone.localdate(moment)})


def _absent_before(moment: datetime) -> Q:
    # An attendance with a record, be it reversed, is part of that record.
    return Q(state=AttendanceState.ABSENT, recorded_at__lt=moment, service_records__isnull=True)


def _of_absent_before(moment: datetime) -> Q:
    """Lines of the log that say of somebody that they were absent, or of what that was changed to.

    They go with the absence: also those written later. One changed since is past its time by the line's own moment.
    """
    absent, row = AttendanceState.ABSENT, Attendance.objects.filter(pk=Cast(OuterRef("object_id"), BigIntegerField()))
    kept = row.filter(
        Q(state=absent) & ~Q(pk__in=Attendance.objects.filter(_absent_before(moment)))
        | Q(sign_up__member__in=held_by_law(timezone.localdate()))
    )
    others = row.exclude(state=absent)
    says_so = Q(action__in=[LOGGED + "absent", EXPLAINED]) | Q(action__startswith=LOGGED, data__from=absent)
    return says_so & ~Q(object_id=NOBODY) & ~Exists(kept) & (Q(timestamp__lt=moment) | ~Exists(others))


LOGGED = "activities.attendance."
EXPLAINED = LOGGED + "explained"  # its actor is whom it is about
NOBODY = "0"
WITHOUT_THE_ABSENT = {
    "object_id": NOBODY,
    "label": "",
    "data": {},
    "user": Case(When(action=EXPLAINED, then=None), default=F("user")),
}
THREE_YEARS = 1096
HALF_A_YEAR = 183

KEPT: tuple[Kept, ...] = (
    Kept(
        "messages",
        _("收件箱里的消息"),
        "notices.Message",
        partial(_before, "created_at"),
        "MESSAGES_KEPT_DAYS",
        0,
        _("个人信息保护法第 19 条：最短必要时间"),
        person="recipient",
    ),
    Kept(
        "deliveries",
        _("发出过的短信和邮件"),
        "notices.Delivery",
        partial(_before, "created_at"),
        "MESSAGES_KEPT_DAYS",
        0,
        _("个人信息保护法第 19 条：最短必要时间"),
        person="recipient",
    ),
    Kept(
        "read_logs",
        _("谁看过谁的信息"),
        "members.ReadLog",
        partial(_before, "read_at"),
        "READ_LOGS_KEPT_DAYS",
        THREE_YEARS,
        _("个人信息保护法第 56 条：处理情况记录至少保存三年"),
        person="person",
    ),
    Kept(
        "consents",
        _("已经撤回的同意"),
        "members.Consent",
        partial(_before, "withdrawn_at"),
        "CONSENTS_KEPT_DAYS",
        THREE_YEARS,
        _("个人信息保护法第 56 条：处理情况记录至少保存三年"),
        person="person",
    ),
    Kept(
        "roster",
        _("已经移出的名册条目"),
        "members.RosterEntry",
        partial(_on_a_day_before, "left_on"),
        "ROSTER_LEFT_KEPT_DAYS",
        0,
        _("个人信息保护法第 19 条：最短必要时间"),
        person="person",
    ),
    Kept(
        "leave_reasons",
        _("请假的原因和答复"),
        "report_in.Leave",
        partial(_on_a_day_before, "ends_on"),
        "LEAVE_REASONS_KEPT_DAYS",
        0,
        _("个人信息保护法第 19、28 条：原因可能涉及健康，用完就清空"),
        person="person",
        blank=("reason", "answer"),
    ),
    Kept(
        "no_shows",
        _("没有到场的登记"),
        "activities.Attendance",
        _absent_before,
        "NO_SHOW_KEPT_DAYS",
        0,
        _("个人信息保护法第 19 条：最短必要时间；过期就当没有发生"),
        person="sign_up__member",
    ),
    Kept(
        "no_show_lines",
        _("日志里谁没有到场"),
        "wagtailcore.ModelLogEntry",
        _of_absent_before,
        "NO_SHOW_KEPT_DAYS",
        0,
        _("个人信息保护法第 19 条：最短必要时间；谁办的、什么时候办的还在日志里"),
        instead=WITHOUT_THE_ABSENT,
    ),
    Kept(
        "check_ins",
        _("离线签到的登记"),
        "check_in.CheckInEvent",
        partial(_before, "received_at"),
        "CHECK_INS_KEPT_DAYS",
        0,
        _("个人信息保护法第 19 条：最短必要时间"),
        person="sign_up__member",
    ),
    Kept(
        "tablets",
        _("用完的现场平板"),
        "check_in.Tablet",
        partial(_before, "expires_at"),
        "CHECK_INS_KEPT_DAYS",
        0,
        _("到期就没有用了"),
    ),
    Kept(
        "sheets",
        _("用完的现场名单"),
        "check_in.Sheet",
        partial(_before, "made_at"),
        "CHECK_INS_KEPT_DAYS",
        0,
        _("到期就没有用了"),
    ),
    Kept(
        "mailbox",
        _("演示信箱"),
        "notices.MailboxEntry",
        partial(_before, "created_at"),
        "MAILBOX_KEPT_DAYS",
        0,
        _("只在演示时使用"),
    ),
    Kept(
        "jobs",
        _("做完的后台任务"),
        "django_tasks_database.DBTaskResult",
        partial(_before, "finished_at"),
        "JOBS_KEPT_DAYS",
        0,
        _("个人信息保护法第 19 条：最短必要时间"),
    ),
    Kept(
        "sessions",
        _("到期的登录状态"),
        "sessions.Session",
        partial(_before, "expire_date"),
        "SESSIONS_KEPT_DAYS",
        0,
        _("到期就没有用了"),
    ),
    Kept(
        "devices",
        _("登录过的设备"),
        "usersessions.UserSession",
        logged_out_since,
        "SESSIONS_KEPT_DAYS",
        0,
        _("登录状态到期就没有用了"),
        person="user",
    ),
    Kept(
        "unproved_accounts",
        _("一直没有验证手机号的账户"),
        "members.User",
        never_opened_since,
        "UNPROVED_ACCOUNTS_KEPT_DAYS",
        1,  # a code may be on its way
        _("个人信息保护法第 19 条：最短必要时间；号码可能是别人填的"),
    ),
    Kept(
        "log",
        _("办理日志"),
        "wagtailcore.ModelLogEntry",
        partial(_before, "timestamp"),
        "LOGS_KEPT_DAYS",
        HALF_A_YEAR,
        _("网络安全法第 21 条：网络日志不少于六个月；办理过程随服务记录保存"),
        person="user",
    ),
    Kept(
        "page_log",
        _("网页的修改日志"),
        "wagtailcore.PageLogEntry",
        partial(_before, "timestamp"),
        "LOGS_KEPT_DAYS",
        HALF_A_YEAR,
        _("网络安全法第 21 条：网络日志不少于六个月"),
        person="user",
    ),
)
