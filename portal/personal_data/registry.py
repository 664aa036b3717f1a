"""What the site holds on a person, in one table: where, why, how long, who sees it, and what closing an account does.

Every way from a row to a person stands here once. A test compares the table with the models, so that a new foreign key
to a person is refused until somebody has said what it is.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.apps import apps
from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.personal_data.enums import OnClosing, Shown


@dataclass(frozen=True)
class Subject:
    """Rows that are held for one reason. Shown to the person in these words, and written in docs/personal-data.md."""

    name: Promise
    why: Promise
    kept: Promise
    seen_by: Promise
    basis: Promise


@dataclass(frozen=True)
class Holding:
    """One way from a row to a person: ``model`` as ``app.Model``, ``lookup`` the path of fields that ends at them.

    ``blank`` names the fields that are emptied when the account is closed and the row stays; ``hidden`` those the
    person is not given, such as a secret; ``also`` paths from the row to what makes it understood; ``ends`` the moment
    that is set where it is still open, so that nobody counts on a person who has left. Where no foreign
    key leads to the person, ``match`` says how the row is known to be theirs.
    """

    model: str
    lookup: str
    subject: Subject
    shown: Shown
    on_closing: OnClosing
    blank: tuple[str, ...] = ()
    hidden: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    ends: str = ""
    match: Callable[[Any], models.Q] | None = None

    @property
    def key(self) -> str:
        return f"{self.model}.{self.lookup}"

    @property
    def is_direct(self) -> bool:
        """Whether the row itself points to the person by a foreign key."""
        return self.match is None and self.lookup != "pk" and "__" not in self.lookup

    @cached_property
    def model_class(self) -> type[models.Model]:
        found: type[models.Model] = apps.get_model(self.model)
        return found

    def rows(self, person: Any) -> "models.QuerySet[Any]":
        """Return the rows that point to ``person``, oldest first."""
        condition = self.match(person) if self.match else models.Q(**{self.lookup: person.pk})
        return self.model_class._base_manager.filter(condition).order_by("pk")


BY_LAW = _("志愿服务条例第 19 条：如实记录")
BY_CONSENT = _("本人同意（个人信息保护法第 13、14 条）")
BY_DUTY = _("履行工作职责（个人信息保护法第 13 条）")
BY_CONTRACT = _("为本人提供服务所必需（个人信息保护法第 13 条）")
RECORDS_KEPT = _("长期；至少 10 年（GB/T 40143 对志愿服务记录的要求）")

ACCOUNT = Subject(
    _("账户"),
    _("登录，并认出您是谁。"),
    _("到注销账户为止"),
    _("本人；其他人在职责需要时看到姓名，手机号要另外说明用途"),
    BY_CONTRACT,
)
SECURITY = Subject(
    _("登录和安全"), _("保护您的账户不被别人使用。"), _("到注销账户为止；登录状态到期即删"), _("本人"), BY_CONTRACT
)
CONSENTS = Subject(
    _("同意记录"),
    _("证明您同意过什么、什么时候撤回。"),
    _("撤回后 3 年（个人信息保护法第 55、56 条的记录期限）"),
    _("本人"),
    BY_CONSENT,
)
READS = Subject(
    _("谁看过我的信息"),
    _("让您知道谁、为什么看过您的信息。"),
    _("3 年"),
    _("被查看的本人；审计时的管理员"),
    _("个人信息保护法第 51、54 条：安全措施和审计"),
)
UNIT = Subject(
    _("单位和名册"),
    _("知道您属于哪个单位，不用您再填。"),
    _("移出名册后 3 年；隶属关系的日期长期保留"),
    _("本人；单位联络员"),
    BY_DUTY,
)
REPORT_IN = Subject(
    _("报到"),
    _("让您居住的社区认识您、联系您。"),
    _("报到结束后长期保留日期，留言在注销时删除"),
    _("本人；所报到社区的工作者；单位联络员只看结果"),
    BY_CONSENT,
)
ACTIVITIES = Subject(
    _("活动报名和到场"), _("安排名额，记下您到场。"), RECORDS_KEPT, _("本人；活动所在社区的工作者"), BY_CONTRACT
)
TEAMS = Subject(
    _("团队"),
    _("知道您和谁一起服务，团队有活动时通知您。"),
    _("离开以后长期保留日期"),
    _("本人；团队的成员看到姓（您同意公开全名的看到全名）；所在社区的工作者"),
    BY_CONSENT,
)
RECORDS = Subject(
    _("服务记录"), _("如实记录您的服务，开具证明。"), RECORDS_KEPT, _("本人；服务所在社区的工作者"), BY_LAW
)
POINTS = Subject(_("积分"), _("告诉您服务换算成多少积分。"), _("长期；账目只增不改"), _("本人"), BY_LAW)
REPORTS = Subject(
    _("年度报告"), _("一次填写，社区和单位都收到。"), RECORDS_KEPT, _("本人；收到报告的社区和单位"), BY_DUTY
)
PROFILE = Subject(
    _("特长、空闲时间和愿望"),
    _("社区有合适的服务时想到您；您不填就没有。"),
    _("到您删掉它，或注销账户为止"),
    _("本人；您自己打开的部分，所在社区的工作者"),
    BY_CONSENT,
)
PROXIES = Subject(
    _("代为录入和凭邀请加入"),
    _("替您录入的每一件事都说得清是谁录的、您怎样同意的。"),
    RECORDS_KEPT,
    _("本人；所在社区的工作者；邀请您的单位的联络员"),
    BY_CONSENT,
)
LEAVES = Subject(
    _("请假"),
    _("请假期间不提醒您，也不算您不参加。"),
    RECORDS_KEPT,
    _("本人；原因只有答复的人；别人最多看到请假到哪一天"),
    BY_CONSENT,
)
MESSAGES = Subject(_("消息和通知"), _("告诉您办到哪一步了。"), _("2 年，或到注销账户为止"), _("本人"), BY_CONTRACT)
POSTS = Subject(_("担任的职责"), _("知道您能办哪些事。"), RECORDS_KEPT, _("本人；管理员"), BY_DUTY)
WORK = Subject(_("您经办的事"), _("每一次办理都说得清是谁办的。"), RECORDS_KEPT, _("本人；审计时的管理员"), BY_DUTY)
CONTENT = Subject(
    _("内容编辑"), _("说得清网页是谁写的、谁改的、谁发布的。"), _("和网页的历史一起保留"), _("编辑；管理员"), BY_DUTY
)
DESK = Subject(
    _("编辑时的个人设置和草稿"), _("记住您在内容管理里做到哪里。"), _("到注销账户为止"), _("本人；编辑"), BY_CONTRACT
)
AUDIT = Subject(
    _("操作日志"),
    _("出了问题能查清楚。"),
    _("不少于 183 天（网络安全法第 21 条），到期删除"),
    _("审计时的管理员"),
    _("网络安全法第 21 条"),
)


def _in_the_log(person: Any) -> models.Q:
    return models.Q(content_type__app_label="members", content_type__model="user", object_id=str(person.pk))


def _by_phone(field: str) -> Callable[[Any], models.Q]:
    # Nobody's phone is the empty one.
    return lambda person: models.Q(**{field: str(person.phone)}) if person.phone else models.Q(pk__in=[])


def _work(key: str, **rest: Any) -> Holding:
    model, _dot, field = key.rpartition(".")
    return Holding(model, field, WORK, Shown.OWN_PART, OnClosing.KEPT, **rest)


def _content(key: str) -> Holding:
    model, _dot, field = key.rpartition(".")
    return Holding(model, field, CONTENT, Shown.OWN_PART, OnClosing.KEPT)


def _desk(key: str) -> Holding:
    model, _dot, field = key.rpartition(".")
    return Holding(model, field, DESK, Shown.OWN_PART, OnClosing.DELETED)


def _own(key: str, subject: Subject, on_closing: OnClosing = OnClosing.KEPT, **rest: Any) -> Holding:
    model, _dot, lookup = key.rpartition(".")
    return Holding(model, lookup, subject, Shown.WHOLE, on_closing, **rest)


ROSTER_TEXTS = ("name", "phone", "employee_number", "branch", "note")
HOLDINGS: tuple[Holding, ...] = (
    _own("members.User.pk", ACCOUNT, hidden=("password",)),
    Holding("members.User_groups", "user", ACCOUNT, Shown.WHOLE, OnClosing.DELETED),
    Holding("members.User_user_permissions", "user", ACCOUNT, Shown.WHOLE, OnClosing.DELETED),
    _own("account.EmailAddress.user", SECURITY, OnClosing.DELETED),
    Holding("mfa.Authenticator", "user", SECURITY, Shown.OWN_PART, OnClosing.DELETED),
    _own("socialaccount.SocialAccount.user", SECURITY, OnClosing.DELETED, hidden=("extra_data",)),
    _own("usersessions.UserSession.user", SECURITY, OnClosing.DELETED, hidden=("session_key",)),
    _own("personal_data.AccountClosing.person", ACCOUNT),
    Holding("personal_data.LegalHold", "person", AUDIT, Shown.NOTHING, OnClosing.KEPT),
    _own("members.Consent.person", CONSENTS),
    _own("members.ReadLog.person", READS, hidden=("once",)),
    Holding("members.ReadLog", "reader", WORK, Shown.OWN_PART, OnClosing.KEPT),
    # Before the rows they are about, which lose their person.
    _own("rosters.RosterChange.entry__person", UNIT, blank=("name", "employee_number", "branch", "note")),
    _own("members.RosterEntry.person", UNIT, OnClosing.CUT, blank=ROSTER_TEXTS),
    _own("members.RosterEntry.phone", UNIT, OnClosing.CUT, blank=ROSTER_TEXTS, match=_by_phone("phone")),
    _own("rosters.StagedRow.phone", UNIT, OnClosing.DELETED, match=_by_phone("phone")),
    _own("members.HomeMembership.person", UNIT),
    _own("members.UnitMove.person", UNIT, also=("from_unit__name", "to_unit__name")),
    _own("members.Profile.person", PROFILE, OnClosing.DELETED),
    _own("members.ProfileSkill.profile__person", PROFILE, OnClosing.DELETED),
    _own("report_in.MemberReportIn.person", REPORT_IN, blank=("note", "reason", "end_reason")),
    _own("report_in.Leave.person", LEAVES, blank=("reason", "answer")),
    _own("report_in.GapReminder.phone", UNIT, OnClosing.DELETED, match=_by_phone("phone")),
    _own("teams.TeamMembership.person", TEAMS, also=("team__name",)),
    _own("activities.SignUp.member", ACTIVITIES, also=("shift__activity__title", "shift__starts_at")),
    _own("activities.Attendance.sign_up__member", ACTIVITIES, also=("sign_up__shift__activity__title",)),
    _own("records.ServiceRecord.member", RECORDS, blank=("reversal_reason",)),
    _own("points.Entry.member", POINTS),
    _own("annual_reports.AnnualReport.member", REPORTS, blank=("summary", "plan")),
    _own("annual_reports.Receipt.report__member", REPORTS, blank=("reply",)),
    _own("notices.Message.recipient", MESSAGES, OnClosing.DELETED),
    _own("notices.Delivery.recipient", MESSAGES, OnClosing.DELETED, hidden=("key", "once")),
    _own("notices.Delivery.phone", MESSAGES, OnClosing.DELETED, hidden=("key", "once"), match=_by_phone("phone")),
    _own("notices.Preference.person", MESSAGES, OnClosing.DELETED),
    _own("notices.MailboxEntry.recipient", MESSAGES, OnClosing.DELETED, match=_by_phone("recipient")),
    _own("organisations.Post.person", POSTS),
    _own("proxies.ManagedPerson.person", PROXIES, also=("area__name",)),
    _own("proxies.ResidentVolunteer.person", PROXIES, also=("area__name",), ends="left_at"),
    _own("proxies.ProxyEntry.person", PROXIES, blank=("objection", "answer"), also=("area__name",)),
    _own("proxies.Joining.person", PROXIES),
    _work("proxies.ManagedPerson.taken_up_by"),
    _work("proxies.ProxyEntry.entered_by"),
    _work("proxies.PaperForm.issued_by"),
    _work("proxies.Invitation.issued_by"),
    _work("report_in.MemberReportIn.decided_by"),
    _work("report_in.UnitReportIn.submitted_by"),
    _work("report_in.UnitReportIn.decided_by"),
    _work("report_in.Leave.decided_by", hidden=("reason", "answer")),
    _work("report_in.GapReminder.sent_by", hidden=("phone",)),
    _work("organisations.AreaChange.made_by"),
    _work("rosters.RosterImport.started_by"),
    _work("organisations.PlaceImport.made_by"),
    _work("activities.Activity.created_by"),
    _work("activities.Attendance.recorded_by"),
    _work("records.ServiceRecord.recorded_by"),
    _work("records.ServiceRecord.confirmed_by"),
    _work("annual_reports.Receipt.acknowledged_by"),
    _content("wagtailcore.Page.locked_by"),
    _content("wagtailcore.Page.owner"),
    _content("wagtailcore.Revision.user"),
    _content("wagtailcore.WorkflowState.requested_by"),
    _content("wagtailcore.TaskState.finished_by"),
    _content("wagtailcore.Comment.user"),
    _content("wagtailcore.Comment.resolved_by"),
    _content("wagtailcore.CommentReply.user"),
    _content("base.SiteDocument.uploaded_by_user"),
    _content("base.SiteImage.uploaded_by_user"),
    _content("wagtaildocs.Document.uploaded_by_user"),
    _content("wagtailimages.Image.uploaded_by_user"),
    _content("wagtail_localize.StringTranslation.last_translated_by"),
    _content("wagtail_localize.SegmentOverride.last_translated_by"),
    _content("services.ServicePage.keeper"),
    _content("services.ReviewReminder.keeper"),
    _content("people.Consent.recorded_by"),
    _content("people.Consent.withdrawal_recorded_by"),
    _content("public_notices.Objection.answered_by"),
    _content("feedback.Feedback.handled_by"),
    _content("service_lists.ImportRun.started_by"),
    _content("service_lists.ImportRun.undone_by"),
    _desk("imports.ImportDraft.owner"),
    _desk("wagtailusers.UserProfile.user"),
    _desk("wagtailadmin.EditingSession.user"),
    _desk("wagtailadmin.FormState.user"),
    _desk("wagtailcore.UploadedFile.uploaded_by_user"),
    _desk("wagtailcore.PageSubscription.user"),
    Holding("wagtailcore.APIToken", "user", SECURITY, Shown.NOTHING, OnClosing.DELETED),
    Holding("wagtailcore.ModelLogEntry", "user", AUDIT, Shown.OWN_PART, OnClosing.KEPT, also=("action",)),
    Holding("wagtailcore.PageLogEntry", "user", AUDIT, Shown.OWN_PART, OnClosing.KEPT, also=("action",)),
    Holding(
        "wagtailcore.ModelLogEntry",
        "object_id",
        AUDIT,
        Shown.OWN_PART,
        OnClosing.KEPT,
        also=("action",),
        match=_in_the_log,
    ),
)
