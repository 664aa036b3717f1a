from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class AreaKind(TextChoices):
    CITY = "city", _("市")
    DISTRICT = "district", _("区")
    STREET = "street", _("街道")
    COMMUNITY = "community", _("社区")
    GRID = "grid", _("网格")


class UnitKind(TextChoices):
    GOVERNMENT = "government", _("机关")
    STATE_OWNED = "state_owned", _("国有企业")
    INSTITUTION = "institution", _("事业单位")
    PRIVATE = "private", _("两新组织")
    SOCIAL = "social", _("社会组织")


class Role(TextChoices):
    ORGANISER = "organiser", _("社区工作者")
    UNIT_CONTACT = "unit_contact", _("单位联络员")
    SUPERVISOR = "supervisor", _("上级主管")
    ADMINISTRATOR = "administrator", _("管理员")
