from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What a person consents to. Each purpose is asked for and withdrawn by itself (PIPL 14, 15, 23, 29)."""

    REPORT_IN = "report_in", _("向所选社区提供姓名、单位和电话")
