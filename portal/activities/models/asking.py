"""Who is asked in, and who is asked to take over."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.activities.enums import CoverKind, CoverState
from portal.activities.models.activities import Activity
from portal.activities.models.shifts import Shift
from portal.activities.models.sign_ups import SignUp


class Invitation(models.Model):
    """Somebody an organiser asked to an activity that is by invitation."""

    activity = models.ForeignKey(Activity, verbose_name=_("活动"), on_delete=models.CASCADE, related_name="invitations")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("受邀人"),
        on_delete=models.CASCADE,
        related_name="activity_invitations",
    )
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("邀请人"),
        on_delete=models.PROTECT,
        related_name="activity_invitations_made",
    )
    created_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("活动邀请")
        ordering = ["created_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["activity", "member"], name="invitation_once")]

    def __str__(self) -> str:
        return f"{self.activity} #{self.pk}"  # no name: the log keeps this label


class CoverRequest(models.Model):
    """Somebody who cannot come looks for one who can: a stand-in, or one to swap shifts with.

    Why they cannot come may speak of health or family, and rests encrypted.
    """

    sign_up = models.ForeignKey(SignUp, verbose_name=_("报名"), on_delete=models.PROTECT, related_name="covers")
    kind = models.CharField(_("怎样换人"), max_length=8, choices=CoverKind.choices)
    wanted = models.ForeignKey(
        Shift, verbose_name=_("想换到"), on_delete=models.PROTECT, related_name="swaps_wanted", null=True, blank=True
    )
    reason = EncryptedTextField(_("原因"), blank=True, null=True)
    state = models.CharField(_("状态"), max_length=10, choices=CoverState.choices, blank=True)
    taken_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("接替的人"),
        on_delete=models.PROTECT,
        related_name="covers_taken",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("换人请求")
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=CoverState.values), name="cover_state_known"),
            models.CheckConstraint(condition=Q(kind__in=CoverKind.values), name="cover_kind_known"),
            models.CheckConstraint(
                condition=~Q(kind=CoverKind.SWAP) | Q(wanted__isnull=False), name="cover_swap_wants_a_shift"
            ),
            models.CheckConstraint(
                condition=~Q(state=CoverState.TAKEN) | Q(taken_by__isnull=False), name="cover_taken_by_somebody"
            ),
            models.UniqueConstraint(fields=["sign_up"], condition=Q(state=CoverState.OPEN), name="cover_one_open_each"),
        ]

    def __str__(self) -> str:
        return f"{self.sign_up} #{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.state == CoverState.OPEN

    @property
    def is_swap(self) -> bool:
        return self.kind == CoverKind.SWAP


class CoverAsk(models.Model):
    """One who was asked to take over. Nobody is asked the same thing twice."""

    request = models.ForeignKey(CoverRequest, verbose_name=_("换人请求"), on_delete=models.CASCADE, related_name="asks")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("被问的人"), on_delete=models.CASCADE, related_name="covers_asked"
    )
    asked_at = models.DateTimeField(_("时间"), default=timezone.now)
    declined_at = models.DateTimeField(_("谢绝时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("换人询问")
        ordering = ["asked_at", "pk"]
        indexes = [models.Index(fields=["member", "asked_at"], name="cover_ask_of_member")]
        constraints = [models.UniqueConstraint(fields=["request", "member"], name="cover_never_asked_twice")]

    def __str__(self) -> str:
        return f"{self.request} #{self.pk}"
