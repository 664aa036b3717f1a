"""A person's way from one unit to another."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.members.enums import OPEN_MOVES, UnitMoveState
from portal.organisations.models import Unit


class UnitMove(models.Model):
    """A unit has named somebody whose home is another unit; the person says whether they moved, and when."""

    person = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("本人"), on_delete=models.PROTECT, related_name="unit_moves"
    )
    from_unit = models.ForeignKey(
        Unit, verbose_name=_("原单位"), on_delete=models.PROTECT, related_name="moves_away", null=True, blank=True
    )
    to_unit = models.ForeignKey(Unit, verbose_name=_("新单位"), on_delete=models.PROTECT, related_name="moves_here")
    state = models.CharField(_("状态"), max_length=12, choices=UnitMoveState.choices, default=UnitMoveState.PROPOSED)
    proposed_at = models.DateTimeField(_("提出时间"), default=timezone.now)
    starts_on = models.DateField(_("到新单位的日期"), null=True, blank=True)
    raised_at = models.DateTimeField(_("报上一级的时间"), null=True, blank=True)
    decided_at = models.DateTimeField(_("答复时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("单位变动")
        ordering = ["-proposed_at", "-pk"]
        indexes = [models.Index(fields=["state", "proposed_at"], name="unit_move_clock")]
        constraints = [
            models.CheckConstraint(condition=Q(state__in=UnitMoveState.values), name="unit_move_state_known"),
            models.UniqueConstraint(
                fields=["person", "to_unit"], condition=Q(state__in=OPEN_MOVES), name="unit_move_one_open_to_a_unit"
            ),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state=UnitMoveState.CONFIRMED), name="unit_move_one_confirmed"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=(UnitMoveState.CONFIRMED, UnitMoveState.COMPLETED)) | Q(starts_on__isnull=False),
                name="unit_move_confirmed_has_a_day",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.to_unit} #{self.pk}"  # no name: the log keeps this label

    @property
    def waits(self) -> bool:
        """Whether the person has still to answer."""
        return self.state == UnitMoveState.PROPOSED
