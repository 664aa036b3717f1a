from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class BannerLevel(TextChoices):
    """How much a banner asks for."""

    URGENT = "urgent", _("紧急：请马上看")
    IMPORTANT = "important", _("提醒：会影响您")
    CALM = "calm", _("告知：知道就好")
