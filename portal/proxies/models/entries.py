from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.activities.models import Shift, SignUp
from portal.organisations.models import Area
from portal.proxies import codes
from portal.proxies.enums import ABOUT_A_SHIFT, SINGLE_USE, ConsentKind, EntryKind, EntryState, FormKind
from portal.report_in.models import MemberReportIn


class ManagedPerson(models.Model):
    """Somebody without a log-in of their own, for whom a community answers until they log in or move away."""

    person = models.OneToOneField(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.CASCADE, related_name="managed"
    )
    area = models.ForeignKey(Area, verbose_name=_("负责社区"), on_delete=models.PROTECT, related_name="managed_people")
    taken_up_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("登记人"), on_delete=models.PROTECT, related_name="people_taken_up"
    )
    taken_up_at = models.DateTimeField(_("登记时间"), default=timezone.now)
    claimed_at = models.DateTimeField(_("本人第一次登录"), null=True, blank=True)
    left_at = models.DateTimeField(_("搬走时间"), null=True, blank=True)  # until another community takes them up

    class Meta:
        verbose_name = _("由社区代管的人")
        constraints = [
            models.CheckConstraint(condition=~Q(person=F("taken_up_by")), name="managed_person_is_somebody_else")
        ]

    def __str__(self) -> str:
        return f"{self.area} #{self.pk}"  # no name: the log keeps this label


class ResidentVolunteer(models.Model):
    """Somebody without a unit who serves in the community they live in, from a day until a day."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="residencies"
    )
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="resident_volunteers")
    joined_at = models.DateTimeField(_("加入时间"), default=timezone.now)
    left_at = models.DateTimeField(_("离开时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("居民志愿者")
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(left_at__isnull=True), name="resident_volunteer_one_open"
            )
        ]

    def __str__(self) -> str:
        return f"{self.area} #{self.pk}"  # no name: the log keeps this label


class PaperForm(models.Model):
    """A printed form. Its code leads an organiser of its community back to where it is entered."""

    code = models.CharField(_("表格编号"), max_length=12, unique=True)
    kind = models.CharField(_("表格"), max_length=12, choices=FormKind.choices)
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="paper_forms")
    shift = models.ForeignKey(
        Shift, verbose_name=_("班次"), on_delete=models.CASCADE, related_name="paper_forms", null=True, blank=True
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("打印人"), on_delete=models.PROTECT, related_name="paper_forms"
    )
    issued_at = models.DateTimeField(_("打印时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    used_at = models.DateTimeField(_("录入时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("纸质表格")
        ordering = ["-issued_at", "-pk"]
        indexes = [models.Index(fields=["area", "-issued_at"], name="paper_form_of_area")]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=FormKind.values), name="paper_form_kind_known"),
            models.CheckConstraint(
                condition=Q(kind__in=sorted(ABOUT_A_SHIFT), shift__isnull=False)
                | (~Q(kind__in=sorted(ABOUT_A_SHIFT)) & Q(shift__isnull=True)),
                name="paper_form_names_its_shift",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    @property
    def shown_code(self) -> str:
        return codes.shown(self.code)

    @property
    def is_single_use(self) -> bool:
        return self.kind in SINGLE_USE

    @property
    def is_usable(self) -> bool:
        return timezone.now() < self.expires_at and not (self.is_single_use and self.used_at)


class ProxyEntry(models.Model):
    """What an organiser entered for somebody, with whose consent, and what that person says to it.

    The objection and its answer may speak of health or family, and rest encrypted.
    """

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="entries_for_me"
    )
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("录入人"), on_delete=models.PROTECT, related_name="entries_made"
    )
    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="proxy_entries")
    kind = models.CharField(_("事项"), max_length=12, choices=EntryKind.choices)
    consent = models.CharField(_("本人怎样同意的"), max_length=8, choices=ConsentKind.choices)
    report_in = models.ForeignKey(
        MemberReportIn, verbose_name=_("报到"), on_delete=models.CASCADE, related_name="entries", null=True, blank=True
    )
    sign_up = models.ForeignKey(
        SignUp, verbose_name=_("报名"), on_delete=models.CASCADE, related_name="entries", null=True, blank=True
    )
    residency = models.ForeignKey(
        ResidentVolunteer,
        verbose_name=_("居民志愿者"),
        on_delete=models.CASCADE,
        related_name="entries",
        null=True,
        blank=True,
    )
    paper_form = models.ForeignKey(
        PaperForm, verbose_name=_("纸质表格"), on_delete=models.PROTECT, related_name="entries", null=True, blank=True
    )
    state = models.CharField(_("状态"), max_length=12, choices=EntryState.choices, default=EntryState.ENTERED)
    objection = EncryptedTextField(_("异议"), blank=True, null=True)
    answer = EncryptedTextField(_("答复"), blank=True, null=True)
    entered_at = models.DateTimeField(_("录入时间"), default=timezone.now)

    class Meta:
        verbose_name = _("代为录入")
        ordering = ["-entered_at", "-pk"]
        indexes = [
            models.Index(fields=["person", "-entered_at"], name="proxy_entry_of_person"),
            models.Index(fields=["area", "state"], name="proxy_entry_area_state"),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=EntryKind.values), name="proxy_entry_kind_known"),
            models.CheckConstraint(condition=Q(state__in=EntryState.values), name="proxy_entry_state_known"),
            models.CheckConstraint(condition=Q(consent__in=ConsentKind.values), name="proxy_entry_consent_known"),
            models.CheckConstraint(condition=~Q(person=F("entered_by")), name="proxy_entry_never_for_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"  # no name: the log keeps this label

    @property
    def is_open(self) -> bool:
        return self.state == EntryState.ENTERED

    @property
    def is_undoable(self) -> bool:
        """Whether the person can still take it back by themselves: nothing has come of it yet."""
        if not self.is_open:
            return False
        if self.report_in:
            return self.report_in.is_pending
        if self.sign_up:
            return self.kind == EntryKind.SIGN_UP and self.sign_up.is_open and not self.sign_up.shift.has_started
        return self.residency is not None and self.residency.left_at is None
