from typing import ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.models import Orderable, TranslatableMixin
from wagtail_localize.fields import SynchronizedField

from website.services.models.service import ServicePage
from website.services.panels import PLACE_PANELS
from webui.providers import communities, community_today


class ServicePlace(TranslatableMixin, Orderable):
    """Where a service is to be had in one community; without a community, anywhere in the city."""

    page = ParentalKey(ServicePage, on_delete=models.CASCADE, related_name="places")
    community_code = models.CharField(_("社区"), max_length=32, blank=True, help_text=_("不选就是全市都可以来。"))
    community_name = models.CharField(_("社区名称"), max_length=80, blank=True)
    place = models.CharField(_("地点"), max_length=160, blank=True)
    address = models.CharField(_("地址"), max_length=200, blank=True)
    hours = models.CharField(_("时间"), max_length=160, blank=True)
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    provider = models.CharField(_("由谁提供"), max_length=80, blank=True)

    panels: ClassVar[list] = PLACE_PANELS
    override_translatable_fields: ClassVar[list] = [SynchronizedField("community_code"), SynchronizedField("phone")]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = verbose_name_plural = _("办理点")
        indexes = [models.Index(fields=["community_code"], name="service_place_community")]

    def __str__(self) -> str:
        return " ".join(part for part in (self.community_name, self.place) if part)

    def clean(self) -> None:
        super().clean()
        self.community_code = community_today(self.community_code)
        if not self.community_code:
            self.community_name = ""
        elif community := next((each for each in communities() if each.code == self.community_code), None):
            self.community_name = community.name
        elif not self.community_name:  # one that has ended since keeps its name
            raise ValidationError({"community_code": _("没有这个社区，请从列表里选。")})


class ReviewReminder(models.Model):
    """That a keeper was told once that a service is due."""

    page = models.ForeignKey(ServicePage, on_delete=models.CASCADE, related_name="reminders")
    keeper = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    review_by = models.DateField(_("复核期限"))
    sent_at = models.DateTimeField(_("提醒时间"), auto_now_add=True)

    class Meta:
        verbose_name = verbose_name_plural = _("复核提醒")
        constraints = [models.UniqueConstraint(fields=["page", "keeper", "review_by"], name="service_reminded_once")]

    def __str__(self) -> str:
        return f"{self.page} {self.review_by}"
