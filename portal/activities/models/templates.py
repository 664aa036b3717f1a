"""What is made again and again."""

from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area


class ActivityTemplate(models.Model):
    """The texts, shifts and rules of an activity, without a date. Every community beneath its area may use it.

    ``contents`` is what ``queries.contents_of`` gives. Never deleted, only ended.
    """

    area = models.ForeignKey(
        Area, verbose_name=_("哪里可以用"), on_delete=models.PROTECT, related_name="activity_templates"
    )
    name = models.CharField(_("模板名称"), max_length=80)
    contents = models.JSONField(_("内容"))
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, verbose_name=_("创建人"), on_delete=models.PROTECT, related_name="templates_created"
    )
    created_at = models.DateTimeField(_("创建时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("停用时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("活动模板")
        ordering: ClassVar = ["name", "pk"]
        indexes: ClassVar = [models.Index(fields=["area", "ended_at"], name="activity_template_area")]

    def __str__(self) -> str:
        return self.name
