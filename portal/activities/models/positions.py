"""What people do in a shift, where not everyone does the same."""

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import Posture
from portal.activities.models.shifts import Shift
from portal.members.enums import Skill


class Position(models.Model):
    """A part of a shift with places and a queue of its own.

    A shift without positions counts on itself. Where there are some, the shift's ``capacity`` and ``places_taken`` are
    the sums of theirs; all change together, under the lock of the shift.
    """

    shift = models.ForeignKey(Shift, verbose_name=_("班次"), on_delete=models.CASCADE, related_name="positions")
    name = models.CharField(_("岗位名称"), max_length=40)
    minimum = models.PositiveIntegerField(_("最少人数"), default=0)
    capacity = models.PositiveIntegerField(_("名额"))
    places_taken = models.PositiveIntegerField(_("已占名额"), default=0, editable=False)
    skill = models.CharField(_("需要的特长"), max_length=16, choices=Skill.choices, blank=True)
    posture = models.CharField(_("坐着还是站着"), max_length=8, choices=Posture.choices, blank=True)
    first_time_friendly = models.BooleanField(_("适合第一次来的人"), default=False)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    class Meta:
        verbose_name = _("岗位")
        ordering = ["order", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["shift", "name"],
                name="position_named_once",
                violation_error_message=_("这一班已有同名的岗位。"),
            ),
            models.CheckConstraint(condition=Q(places_taken__lte=F("capacity")), name="position_never_over_capacity"),
            models.CheckConstraint(
                condition=Q(capacity__gte=1),
                name="position_has_a_place",
                violation_error_message=_("至少要有一个名额。"),
            ),
            models.CheckConstraint(
                condition=Q(minimum__lte=F("capacity")),
                name="position_minimum_fits",
                violation_error_message=_("最少人数不能多于名额。"),
            ),
            models.CheckConstraint(condition=Q(skill__in=["", *Skill.values]), name="position_skill_known"),
            models.CheckConstraint(condition=Q(posture__in=["", *Posture.values]), name="position_posture_known"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def places_left(self) -> int:
        return self.capacity - self.places_taken
