from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.members.models import RosterEntry
from portal.organisations.models import Area, Unit
from portal.proxies.enums import InvitationKind, JoiningState
from portal.proxies.models.entries import ResidentVolunteer


class Invitation(models.Model):
    """A link, or a sheet of cards, by which people join a unit or a community."""

    kind = models.CharField(_("方式"), max_length=8, choices=InvitationKind.choices)
    unit = models.ForeignKey(
        Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="invitations", null=True, blank=True
    )
    area = models.ForeignKey(
        Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="invitations", null=True, blank=True
    )
    issued_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("邀请人"), on_delete=models.PROTECT, related_name="invitations"
    )
    issued_at = models.DateTimeField(_("邀请时间"), default=timezone.now)
    expires_at = models.DateTimeField(_("有效期至"))
    revoked_at = models.DateTimeField(_("收回时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("邀请")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(kind__in=InvitationKind.values), name="invitation_kind_known"),
            models.CheckConstraint(
                condition=Q(area__isnull=False, unit__isnull=True) | Q(area__isnull=True, unit__isnull=False),
                name="invitation_has_one_place",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} #{self.pk}"

    @property
    def place(self) -> Area | Unit:
        return self.unit or self.area  # type: ignore[return-value]  # the constraint: one of them is there

    @property
    def is_open(self) -> bool:
        has_ended = self.unit is not None and self.unit.has_ended
        return self.revoked_at is None and timezone.now() < self.expires_at and not has_ended


class InvitationCode(models.Model):
    """One code of an invitation. The code itself is nowhere but on the paper: here is only its digest."""

    invitation = models.ForeignKey(Invitation, verbose_name=_("邀请"), on_delete=models.CASCADE, related_name="codes")
    digest = models.CharField(max_length=64, unique=True, editable=False)
    max_uses = models.PositiveIntegerField(_("最多使用次数"))
    uses = models.PositiveIntegerField(_("已使用次数"), default=0, editable=False)

    class Meta:
        verbose_name = _("邀请码")
        constraints = [
            models.CheckConstraint(condition=Q(max_uses__gte=1), name="invitation_code_has_a_use"),
            models.CheckConstraint(condition=Q(uses__lte=F("max_uses")), name="invitation_code_never_overused"),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} #{self.pk}"

    @property
    def is_usable(self) -> bool:
        """Whether it lets somebody in now: to nowhere that ended with nobody following."""
        return self.invitation.is_open and not self.invitation.place.has_ended and self.uses < self.max_uses


class Joining(models.Model):
    """Somebody who came by an invitation, and what it made of them."""

    code = models.ForeignKey(
        InvitationCode, verbose_name=_("邀请码"), on_delete=models.PROTECT, related_name="joinings"
    )
    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="joinings"
    )
    roster_entry = models.ForeignKey(
        RosterEntry,
        verbose_name=_("名册条目"),
        on_delete=models.SET_NULL,
        related_name="joinings",
        null=True,
        blank=True,
    )
    residency = models.ForeignKey(
        ResidentVolunteer,
        verbose_name=_("居民志愿者"),
        on_delete=models.SET_NULL,
        related_name="joinings",
        null=True,
        blank=True,
    )
    state = models.CharField(_("状态"), max_length=8, choices=JoiningState.choices, default=JoiningState.JOINED)
    joined_at = models.DateTimeField(_("加入时间"), default=timezone.now)

    class Meta:
        verbose_name = _("凭邀请加入")
        ordering = ["-joined_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=JoiningState.values), name="joining_state_known"),
            models.UniqueConstraint(fields=["code", "person"], name="joining_once_by_a_code"),
        ]

    def __str__(self) -> str:
        return f"{self.code.invitation} #{self.pk}"  # no name: the log keeps this label
