from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area


class Station(models.Model):
    """A point of reference for members away from home (流动党员之家): where to go and whom to call.

    Never deleted, only ended: a stay that names it keeps saying so.
    """

    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="stations")
    name = models.CharField(_("名称"), max_length=60)
    place = models.CharField(_("地点"), max_length=120)
    hours = models.CharField(_("开放时间"), max_length=80, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("联络站")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"], condition=Q(ended_on__isnull=True), name="station_name_once_in_an_area"
            )
        ]

    def __str__(self) -> str:
        return self.name
