from django.db import models
from django.utils.translation import gettext_lazy as _
from wagtail.models import TranslatableMixin
from wagtail.snippets.models import register_snippet


@register_snippet
class Topic(TranslatableMixin, models.Model):
    """What a case study is about: meals for the elderly, parking, mediation."""

    name = models.CharField(_("名称"), max_length=40)
    slug = models.SlugField(_("网址名"), max_length=40, allow_unicode=True)

    class Meta(TranslatableMixin.Meta):
        verbose_name = verbose_name_plural = _("主题")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
