from django.db import models
from django.utils.translation import gettext_lazy as _


class NoticeKind(models.TextChoices):
    """Shown for objection, or simply told."""

    FOR_OBJECTION = "for_objection", _("公示")
    ANNOUNCEMENT = "announcement", _("通知")
