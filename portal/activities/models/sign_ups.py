"""Who has a place, or waits for one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from encrypted_fields.fields import EncryptedTextField

from portal.activities.enums import OPEN, SignUpState, Strain
from portal.activities.models.changes import MaterialChange
from portal.activities.models.groups import GroupPlaces
from portal.activities.models.positions import Position
from portal.activities.models.shifts import Shift


class SignUp(models.Model):
    """A member's place on a shift, or their place in its queue.

    ``places`` counts the member and those they bring. Those who wait stand by ``queue_rank``, then ``queued_at``.
    Why somebody was turned down or let in against a rule may speak of health or family, and rests encrypted.
    """

    shift = models.ForeignKey(Shift, verbose_name=_("班次"), on_delete=models.PROTECT, related_name="sign_ups")
    member = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("报名人"), on_delete=models.PROTECT, related_name="sign_ups"
    )
    position = models.ForeignKey(
        Position, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="sign_ups", null=True, blank=True
    )
    group = models.ForeignKey(
        GroupPlaces,
        verbose_name=_("单位名额"),
        on_delete=models.PROTECT,
        related_name="sign_ups",
        null=True,
        blank=True,
    )
    places = models.PositiveSmallIntegerField(_("占几个名额"), default=1)
    state = models.CharField(_("状态"), max_length=12, choices=SignUpState.choices)
    queue_rank = models.PositiveIntegerField(_("排队次序"), default=0)
    queued_at = models.DateTimeField(_("排队时间"), null=True, blank=True)
    offered_until = models.DateTimeField(_("保留至"), null=True, blank=True)
    answer = EncryptedTextField(_("没有通过的原因"), blank=True, null=True)
    strain = models.CharField(_("负担提醒"), max_length=12, choices=Strain.choices, blank=True)
    override_reason = EncryptedTextField(_("例外的理由"), blank=True, null=True)
    guardian_agrees = models.BooleanField(_("未满 18 周岁，监护人已经同意"), default=False, db_default=False)
    change = models.ForeignKey(
        MaterialChange,
        verbose_name=_("要再确认的改动"),
        on_delete=models.SET_NULL,
        related_name="sign_ups",
        null=True,
        blank=True,
    )
    reconfirm_by = models.DateTimeField(_("请在这之前再确认"), null=True, blank=True)
    reconfirmed_at = models.DateTimeField(_("再次确认的时间"), null=True, blank=True)
    overridden_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        verbose_name=_("批准例外的人"),
        on_delete=models.PROTECT,
        related_name="sign_ups_overridden",
        null=True,
        blank=True,
    )
    created_at = models.DateTimeField(_("报名时间"), default=timezone.now)

    class Meta:
        verbose_name = _("报名")
        ordering = ["created_at", "pk"]
        indexes = [models.Index(fields=["shift", "state", "queue_rank", "queued_at"], name="sign_up_queue")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=SignUpState.values), name="sign_up_state_known"),
            models.CheckConstraint(condition=Q(places__gte=1), name="sign_up_takes_a_place"),
            models.UniqueConstraint(fields=["shift", "member"], name="sign_up_never_twice"),
            models.CheckConstraint(
                condition=~Q(state=SignUpState.WAITING) | Q(queued_at__isnull=False), name="sign_up_waiting_has_time"
            ),
            models.CheckConstraint(
                condition=~Q(state=SignUpState.OFFERED) | Q(offered_until__isnull=False), name="sign_up_offer_expires"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift} #{self.pk}"  # no name: the log keeps this label

    @property
    def companions(self) -> int:
        return self.places - 1

    @property
    def places_at_all(self) -> int:
        """How many places there are on the position, or on a shift without any, taken or not."""
        return (self.position or self.shift).capacity

    @property
    def never_fits(self) -> bool:
        """Whether they wait for more places than there are, as after a cut: they and all behind them wait in vain."""
        return self.state == SignUpState.WAITING and self.places > self.places_at_all

    @property
    def may_be_withdrawn(self) -> bool:
        """Whether the member may still simply give it back; a place not taken yet may be left at any time."""
        is_late = timezone.now() > self.shift.starts_at - self.shift.activity.withdraw_deadline
        return self.state != SignUpState.CONFIRMED or not is_late

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    @property
    def is_asked_again(self) -> bool:
        """Whether something changed since, and they have not yet said whether they still come."""
        return self.state == SignUpState.CONFIRMED and self.reconfirm_by is not None and self.reconfirmed_at is None
