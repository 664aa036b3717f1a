from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class Purpose(TextChoices):
    """What a person consents to. Each purpose is asked for and withdrawn by itself (PIPL 14, 15, 23, 29)."""

    REPORT_IN = "report_in", _("向所选社区提供姓名、单位和电话")


class PhonePurpose(TextChoices):
    """Why somebody on duty may need a person's whole phone number."""

    CHECK = "check", _("核实报到信息")
    COMPLETE = "complete", _("请本人补充材料")
    INVITE = "invite", _("联系社区服务事宜")
    ACTIVITY = "activity", _("活动临时有变，通知本人")
    ROSTER = "roster", _("核对名册")
