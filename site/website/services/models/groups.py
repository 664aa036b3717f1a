"""How services are grouped: by matter, and by whom they are for."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet
from wagtail_localize.fields import SynchronizedField


@register_snippet
class ServiceCategory(TranslatableMixin, models.Model):
    """A group of services as residents would look for them."""

    name = models.CharField(_("名称"), max_length=40)
    slug = models.SlugField(_("网址名"), max_length=40, allow_unicode=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("slug")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = verbose_name_plural = _("服务类别")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="service_category_slug_in_locale")]

    def __str__(self) -> str:
        return self.name


@register_snippet
class ServiceAudience(TranslatableMixin, models.Model):
    """People a service is meant for, as they would call themselves: the elderly, children, newcomers."""

    name = models.CharField(_("名称"), max_length=40)
    slug = models.SlugField(_("网址名"), max_length=40, allow_unicode=True)
    order = models.PositiveSmallIntegerField(_("次序"), default=0)

    panels: ClassVar[list] = [FieldPanel("name"), FieldPanel("slug"), FieldPanel("order")]
    override_translatable_fields: ClassVar[list] = [SynchronizedField("slug")]

    class Meta(TranslatableMixin.Meta):
        verbose_name = verbose_name_plural = _("服务人群")
        ordering = ["order", "pk"]
        constraints = [models.UniqueConstraint(fields=["locale", "slug"], name="service_audience_slug_in_locale")]

    def __str__(self) -> str:
        return self.name
