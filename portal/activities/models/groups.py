"""Places a unit holds before it knows who will come."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.models.positions import Position
from portal.activities.models.shifts import Shift
from portal.organisations.models import Unit


class GroupPlaces(models.Model):
    """Places on a shift that a unit gives to its members by name until ``name_until``.

    While it is open, those not named yet count as taken; whoever is named counts by their own sign-up, so naming
    leaves the sum as it is. Once closed, what was not named is free.
    """

    shift = models.ForeignKey(Shift, verbose_name=_("班次"), on_delete=models.PROTECT, related_name="groups")
    position = models.ForeignKey(
        Position, verbose_name=_("岗位"), on_delete=models.PROTECT, related_name="groups", null=True, blank=True
    )
    unit = models.ForeignKey(Unit, verbose_name=_("单位"), on_delete=models.PROTECT, related_name="group_places")
    held = models.PositiveIntegerField(_("留了几个名额"))
    named = models.PositiveIntegerField(_("已写名字"), default=0, editable=False)
    name_until = models.DateTimeField(_("最晚写名字的时间"))
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)
    held_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("经办人"), on_delete=models.PROTECT, related_name="group_places_held"
    )
    created_at = models.DateTimeField(_("时间"), default=timezone.now)

    class Meta:
        verbose_name = _("单位名额")
        ordering = ["created_at", "pk"]
        indexes = [
            models.Index(fields=["name_until"], condition=Q(closed_at__isnull=True), name="group_places_to_lapse")
        ]
        constraints = [
            models.CheckConstraint(condition=Q(held__gte=1), name="group_places_hold_one"),
            models.CheckConstraint(condition=Q(named__lte=F("held")), name="group_places_named_within"),
            models.UniqueConstraint(
                fields=["shift", "unit"], condition=Q(closed_at__isnull=True), name="group_places_once_a_unit"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.shift} #{self.pk}"

    @property
    def is_open(self) -> bool:
        return self.closed_at is None

    @property
    def unnamed(self) -> int:
        """How many places it keeps that nobody has been named for."""
        return self.held - self.named if self.is_open else 0
