from django.db import models
from django.utils.translation import gettext_lazy as _


class VenueKind(models.TextChoices):
    """What kind of place people come to."""

    SERVICE_CENTRE = "service_centre", _("党群服务中心")
    SERVICE_STATION = "service_station", _("便民服务站")
    CANTEEN = "canteen", _("助餐点")
    READING_ROOM = "reading_room", _("阅览室")
    HALL = "hall", _("活动室")
    OUTDOOR = "outdoor", _("户外场地")
    OTHER = "other", _("其他")
