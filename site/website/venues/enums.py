from django.db import models
from django.utils.translation import gettext_lazy as _


class VenueKind(models.TextChoices):
    """What kind of place people come to, the large ones first."""

    SERVICE_CENTRE = "service_centre", _("党群服务中心")
    SERVICE_STATION = "service_station", _("便民服务站")
    NEIGHBOURHOOD_CENTRE = "neighbourhood", _("邻里中心")
    COURTYARD_STATION = "courtyard_station", _("院落党群服务站")
    ACTIVITY_STATION = "activity_station", _("小区党群活动站")
    CANTEEN = "canteen", _("助餐点")
    DAY_CARE = "day_care", _("日间照料中心")
    CLINIC = "clinic", _("社区卫生服务站")
    READING_ROOM = "reading_room", _("阅览室")
    RED_BOOK_CORNER = "red_book_corner", _("红色书吧")
    REST_STOP = "rest_stop", _("党员驿站")
    HALL = "hall", _("活动室")
    CULTURE = "culture", _("公共文化空间")
    OUTDOOR = "outdoor", _("户外场地")
    OTHER = "other", _("其他")


class Facility(models.TextChoices):
    """What a venue has that people look for."""

    RAMP = "ramp", _("无障碍坡道")
    LIFT = "lift", _("电梯")
    ACCESSIBLE_TOILET = "accessible_toilet", _("无障碍卫生间")
    WHEELCHAIR = "wheelchair", _("可借轮椅")
    INDUCTION_LOOP = "hearing", _("助听设备")
    TOILET = "toilet", _("卫生间")
    NURSING_ROOM = "nursing_room", _("母婴室")
    CHILDREN = "children", _("儿童角")
    WATER = "water", _("饮水")
    CHARGING = "charging", _("手机充电")
    WIFI = "wifi", _("免费无线网")
    SEATS = "seats", _("歇脚座位")
    MEALS = "meals", _("热饭")
    KITCHEN = "kitchen", _("共享厨房")
    BOOKS = "books", _("图书")
    LARGE_PRINT = "large_print", _("大字书")
    STUDY = "study", _("自习桌")
    PRINTING = "printing", _("打印复印")
    SELF_SERVICE = "self_service", _("自助机")
    MEETING_ROOM = "meeting_room", _("会议室")
    PROJECTOR = "projector", _("投影音响")
    FITNESS = "fitness", _("健身器材")
    FIRST_AID = "first_aid", _("急救箱")
    AED = "aed", _("AED 除颤器")
    UMBRELLAS = "umbrellas", _("可借雨伞")
    BICYCLES = "bicycles", _("自行车停放")
    PARKING = "parking", _("停车位")


ACCESS = (
    Facility.RAMP,
    Facility.LIFT,
    Facility.ACCESSIBLE_TOILET,
    Facility.WHEELCHAIR,
    Facility.INDUCTION_LOOP,
)


class Weekday(models.IntegerChoices):
    """A day of the week, numbered as ``date.weekday()`` does."""

    MONDAY = 0, _("周一")
    TUESDAY = 1, _("周二")
    WEDNESDAY = 2, _("周三")
    THURSDAY = 3, _("周四")
    FRIDAY = 4, _("周五")
    SATURDAY = 5, _("周六")
    SUNDAY = 6, _("周日")


class Datum(models.TextChoices):
    """Which map a position was read from: Chinese maps draw everything some hundred metres aside."""

    WGS84 = "wgs84", _("WGS-84（手机定位、天地图）")
    GCJ02 = "gcj02", _("GCJ-02（高德、腾讯地图）")
