from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.organisations.enums import AreaKind
from portal.organisations.models import Area, Unit
from portal.report_in.enums import OPEN, PENDING, ReportInKind, ReportInState, TemporaryReason
from portal.report_in.models.stations import Station


class MemberReportIn(models.Model):
    """A member of a unit reports in to the community where they live, move to, or stay for a time.

    A move waits beside the residence it leaves (``moves_from``); accepted, it becomes the residence and the other has
    moved. The grid is one of the community's, said by whoever knows it, and kept while the report-in waits or stands.
    A temporary one has first and last day; ``extended_until`` is the later last day asked for, once. What the
    two sides write to each other may speak of health or family, and rests encrypted.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报到人"), on_delete=models.PROTECT, related_name="report_ins"
    )
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="report_ins", null=True, blank=True
    )
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="report_ins")
    grid = models.ForeignKey(
        Area,
        verbose_name=_("网格"),
        on_delete=models.PROTECT,
        related_name="report_ins_of_grid",
        null=True,
        blank=True,
        limit_choices_to={"kind": AreaKind.GRID},
    )
    kind = models.CharField(_("类别"), max_length=12, choices=ReportInKind.choices, default=ReportInKind.RESIDENCE)
    state = models.CharField(_("状态"), max_length=12, choices=ReportInState.choices, default=ReportInState.SUBMITTED)
    number = models.CharField(_("回执编号"), max_length=24, unique=True, null=True, blank=True)
    note = EncryptedTextField(_("给社区的话"), blank=True, null=True)
    reason = EncryptedTextField(_("请补充的原因"), blank=True, null=True)
    submitted_at = models.DateTimeField(_("提交时间"), default=timezone.now)
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("处理人"),
        on_delete=models.PROTECT,
        related_name="report_ins_decided",
        null=True,
        blank=True,
    )
    moves_from = models.ForeignKey(
        "self", verbose_name=_("迁自"), on_delete=models.PROTECT, related_name="moves_to", null=True, blank=True
    )
    temporary_reason = models.CharField(_("来这里的原因"), max_length=12, choices=TemporaryReason.choices, blank=True)
    station = models.ForeignKey(
        Station, verbose_name=_("联络站"), on_delete=models.PROTECT, related_name="stays", null=True, blank=True
    )
    starts_on = models.DateField(_("开始日"), null=True, blank=True)
    expires_on = models.DateField(_("到期日"), null=True, blank=True)
    extended_until = models.DateField(_("申请延长到"), null=True, blank=True)
    extension_decided_at = models.DateTimeField(_("延长申请的答复时间"), null=True, blank=True)
    reminded_at = models.DateTimeField(_("到期提醒时间"), null=True, blank=True)
    escalated_at = models.DateTimeField(_("超时上报时间"), null=True, blank=True)
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)
    end_reason = EncryptedTextField(_("结束原因"), blank=True, null=True)

    class Meta:
        verbose_name = _("报到")
        ordering = ["-submitted_at", "-pk"]
        indexes = [
            models.Index(fields=["area", "state", "-decided_at", "-id"], name="report_in_of_area"),
            models.Index(
                fields=["submitted_at"],
                condition=Q(state=ReportInState.SUBMITTED, escalated_at__isnull=True),
                name="report_in_unanswered",
            ),
            models.Index(
                fields=["expires_on"],
                condition=Q(kind=ReportInKind.TEMPORARY, state=ReportInState.ACCEPTED),
                name="report_in_temporary",
            ),
            models.Index(
                fields=["expires_on"],
                condition=Q(kind=ReportInKind.TEMPORARY, state__in=PENDING),
                name="report_in_temporary_waiting",
            ),
            # What a supervisor counts in a whole city.
            models.Index(
                fields=["area"],
                condition=Q(kind=ReportInKind.RESIDENCE, state=ReportInState.ACCEPTED),
                name="report_in_standing",
            ),
            models.Index(fields=["area"], condition=Q(state=ReportInState.SUBMITTED), name="report_in_waiting"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=ReportInState.values), name="report_in_state_known"),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=ReportInKind.RESIDENCE, state__in=OPEN),
                name="report_in_one_open_residence",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(kind=ReportInKind.MOVE, state__in=OPEN),
                name="report_in_one_open_move",
            ),
            models.UniqueConstraint(
                fields=["person", "area"],
                condition=Q(kind=ReportInKind.TEMPORARY, state__in=OPEN),
                name="report_in_one_temporary_in_an_area",
            ),
            models.CheckConstraint(condition=Q(kind__in=ReportInKind.values), name="report_in_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=ReportInKind.MOVE) | (Q(moves_from__isnull=False) & ~Q(state=ReportInState.ACCEPTED)),
                name="report_in_move_leaves_a_residence",
            ),
            models.CheckConstraint(
                condition=~Q(kind=ReportInKind.TEMPORARY)
                | (
                    Q(temporary_reason__in=TemporaryReason.values)
                    & Q(starts_on__isnull=False, expires_on__isnull=False)
                    & Q(expires_on__gte=F("starts_on"))
                ),
                name="report_in_temporary_has_days",
            ),
            models.CheckConstraint(
                condition=~Q(state=ReportInState.ACCEPTED) | Q(number__isnull=False),
                name="report_in_accepted_has_number",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_pending(self) -> bool:
        return self.state in PENDING

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_sent_again(self) -> bool:
        """Whether the person has answered what the community asked."""
        return bool(self.reason) and self.state == ReportInState.SUBMITTED

    @property
    def is_temporary(self) -> bool:
        return self.kind == ReportInKind.TEMPORARY

    @property
    def is_overdue(self) -> bool:
        """Whether the community let the time for an answer pass, so that the level above may answer too."""
        return self.state == ReportInState.SUBMITTED and self.escalated_at is not None

    @property
    def was_passed_up(self) -> bool:
        return self.is_pending and self.escalated_at is not None

    @property
    def asks_for_longer(self) -> bool:
        """Whether a longer stay waits for the community's answer."""
        return bool(self.state == ReportInState.ACCEPTED and self.extended_until and self.extension_decided_at is None)

    @property
    def may_ask_for_longer(self) -> bool:
        return self.is_temporary and self.state == ReportInState.ACCEPTED and self.extended_until is None
