from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area


class AddressName(models.Model):
    """A housing estate, road or other name by which people know where they live; it leads to their community.

    ``text`` is folded (see ``queries.places.fold``), so that it meets an address however that was typed.
    """

    area = models.ForeignKey(Area, verbose_name=_("社区"), on_delete=models.PROTECT, related_name="address_names")
    text = models.CharField(_("小区名或路名"), max_length=40)
    added_at = models.DateTimeField(_("添加时间"), default=timezone.now)

    class Meta:
        verbose_name = _("地址用名")
        constraints = [models.UniqueConstraint(fields=["text", "area"], name="address_name_once_in_an_area")]

    def __str__(self) -> str:
        return self.text
