"""What one can agree to, how one says so, and what the family of the dead says."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Scope(models.TextChoices):
    """The purposes our pages ask for; their rows, and any further ones, are data (``ConsentPurpose``)."""

    NAME = "name", _("姓名")
    STORY = "story", _("事迹")
    PHOTO = "photo", _("照片")
    HONOURS = "honours", _("荣誉")


ALWAYS_NEEDED = (Scope.NAME, Scope.STORY)


class Channel(models.TextChoices):
    """How a person told us."""

    PAPER = "paper", _("纸面签字")
    ONLINE = "online", _("网上确认")
    PHONE = "phone", _("电话（有见证人）")


class KinPosition(models.TextChoices):
    """What the next of kin of somebody who has died say (PIPL 49)."""

    NOT_ASKED = "", _("还没有联系")
    AGREES = "agrees", _("同意或不反对")
    NOT_FOUND = "not_found", _("没有找到近亲属")
    OBJECTS = "objects", _("反对公开")
