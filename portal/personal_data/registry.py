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

from portal.personal_data.enums import OnClosing, Shown
from portal.personal_data.subjects import (
    ACCOUNT,
    ACTIVITIES,
    AUDIT,
    CALENDARS,
    CHECK_INS,
    CONSENTS,
    CONTENT,
    DESK,
    LEAVES,
    MESSAGES,
    POINTS,
    POSTS,
    PROFILE,
    PROXIES,
    READS,
    RECORDS,
    REPORT_IN,
    REPORTS,
    SECURITY,
    TEAMS,
    UNIT,
    WORK,
    Subject,
)


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


ROSTER_TEXTS = ("name", "phone", "former_phone", "employee_number", "branch", "note")
CHANGE_TEXTS = ("name", "employee_number", "branch", "note")
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
    _own("rosters.RosterChange.entry__person", UNIT, blank=CHANGE_TEXTS),
    _own("rosters.RosterChange.entry__phone", UNIT, blank=CHANGE_TEXTS, match=_by_phone("entry__phone")),
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
    _own("calendars.CalendarAddress.person", CALENDARS, OnClosing.DELETED, hidden=("digest",)),
    _own("calendars.SentEvent.sign_up__member", CALENDARS, OnClosing.DELETED, hidden=("digest",)),
    _own(
        "activities.Attendance.sign_up__member",
        ACTIVITIES,
        blank=("reply",),
        also=("sign_up__shift__activity__title",),
    ),
    _own("check_in.CheckInEvent.sign_up__member", CHECK_INS, hidden=("device",)),
    _own(
        "activities.SignUp.member",
        ACTIVITIES,
        also=("shift__activity__title", "shift__starts_at"),
        blank=("answer", "override_reason"),
    ),
    _own("activities.Qualification.holder", ACTIVITIES, also=("area__name",)),
    _own("activities.AgeDeclaration.person", ACTIVITIES, OnClosing.DELETED),
    _own("activities.CoverRequest.sign_up__member", ACTIVITIES, blank=("reason",)),
    _own("activities.CoverAsk.member", ACTIVITIES, OnClosing.DELETED),
    _own("activities.Invitation.member", ACTIVITIES, OnClosing.DELETED),
    _own("records.ServiceRecord.member", RECORDS, blank=("reversal_reason",)),
    _own("records.OwnService.member", RECORDS, blank=("place", "reason"), also=("area__name",)),
    _own("records.Objection.objector", RECORDS, blank=("reason", "answer"), also=("record__title",)),
    _own("records.Hint.member", RECORDS, OnClosing.DELETED, hidden=("note", "key")),
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
    _own("proxies.HandOver.person", PROXIES, hidden=("phone",), also=("area__name",)),
    _own("proxies.HandOver.own", PROXIES, hidden=("phone",), also=("area__name",)),
    _own("proxies.HandOver.phone", PROXIES, OnClosing.DELETED, match=_by_phone("phone")),
    _own("proxies.ResidentVolunteer.person", PROXIES, also=("area__name",), ends="left_at"),
    _own("proxies.ProxyEntry.person", PROXIES, blank=("objection", "answer"), also=("area__name",)),
    _own("proxies.Joining.person", PROXIES),
    _work("proxies.ManagedPerson.taken_up_by"),
    _work("proxies.ProxyEntry.entered_by"),
    _work("proxies.HandOver.asked_by", hidden=("phone",)),
    _work("proxies.PaperForm.issued_by"),
    _work("proxies.Invitation.issued_by"),
    _work("report_in.MemberReportIn.decided_by"),
    _work("report_in.UnitReportIn.submitted_by"),
    _work("report_in.UnitReportIn.decided_by"),
    _work("report_in.Leave.decided_by", hidden=("reason", "answer")),
    _work("report_in.BulkAnswer.asker", hidden=("token",)),
    _work("report_in.GapReminder.sent_by", hidden=("phone",)),
    _work("notices.Mailing.sender", hidden=("token",)),
    _work("organisations.AreaChange.made_by"),
    _work("rosters.RosterImport.started_by"),
    _work("organisations.PlaceImport.made_by"),
    _work("activities.Activity.created_by"),
    _work("activity_reports.ActivityReport.submitted_by"),
    _work("activities.ActivityTemplate.created_by"),
    _work("activities.Series.created_by"),
    _work("activities.Qualification.granted_by"),
    _work("activities.MaterialChange.made_by"),
    _work("activities.Attendance.recorded_by", hidden=("reply",)),
    _work("check_in.CheckInEvent.sent_by"),
    _work("check_in.CheckInEvent.resolved_by"),
    _work("check_in.Tablet.opened_by", hidden=("digest",)),
    _work("check_in.Sheet.made_by", hidden=("lines",)),
    _work("activities.CoverRequest.taken_by"),
    _work("activities.GroupPlaces.held_by"),
    _work("activities.Invitation.invited_by"),
    _work("activities.SignUp.overridden_by"),
    _work("records.ServiceRecord.recorded_by"),
    _work("records.ServiceRecord.confirmed_by"),
    _work("records.OwnService.recorded_by"),
    _work("records.Hint.recorder", hidden=("note", "key")),
    _work("records.Hint.confirmer", hidden=("note", "key")),
    _work("records.Hint.looked_by"),
    _work("records.Objection.answered_by", hidden=("reason",)),
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
