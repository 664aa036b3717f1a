from decimal import Decimal
from typing import Any, ClassVar

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.contrib.routable_page.models import RoutablePageMixin, path
from wagtail.models import Orderable, TranslatableMixin
from wagtail.search import index
from wagtail_localize.fields import SynchronizedField

from website.base.blocks import BodyBlock
from website.base.fields import StreamField
from website.base.models import BasePage
from website.venues import maps, structured
from website.venues.enums import ACCESS, Datum, Facility, VenueKind, Weekday
from website.venues.fields import ChoiceListField
from website.venues.hours import Hours, Opening, opening
from website.venues.panels import HOURS_PANELS, VENUE_PANELS
from website.venues.positions import Position, from_gcj02, is_in_china
from webui.geolocation import with_geolocation
from webui.pagination import page_of
from webui.providers import communities, community_today

AT_ONCE = 30


class VenueIndexPage(RoutablePageMixin, BasePage):
    """The places open to everybody: found by kind, by community, by what they have, and by how near they are."""

    parent_page_types: ClassVar[list[str]] = ["home.HomePage"]
    subpage_types: ClassVar[list[str]] = ["venues.VenuePage"]
    max_count_per_parent = 1
    menu_title = _("阵地")
    questions: ClassVar[frozenset[str]] = frozenset({"kind", "community", "has", "open", "near", "page"})
    template = "website/venues/venue_index_page.html"

    class Meta:
        verbose_name = _("阵地列表")

    def serve(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return with_geolocation(super().serve(request, *args, **kwargs))

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.venues import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        finding = queries.find(request.GET, index=self)
        return context | {"finding": finding, "venues": page_of(request, finding.found, size=AT_ONCE)}

    @path("points/", name="points")
    def points(self, request: HttpRequest) -> HttpResponse:
        """Give the venues asked for with where they are: who knows their own place sorts them by themselves."""
        from website.venues import queries  # noqa: PLC0415 -- queries read these models

        found = queries.find(request.GET, index=self).found
        answer = JsonResponse({"venues": [entry.as_point() for entry in found if entry.position]})
        answer["Cache-Control"] = "public, max-age=60"
        return answer


class VenuePage(BasePage):
    """A place people come to: what it has, when it is open, where it is."""

    kind = models.CharField(_("类型"), max_length=20, choices=VenueKind.choices, default=VenueKind.SERVICE_CENTRE)
    community_code = models.CharField(_("社区"), max_length=32, blank=True)
    community_name = models.CharField(_("社区名称"), max_length=80, blank=True)
    address = models.CharField(_("地址"), max_length=160, blank=True)
    latitude = models.DecimalField(
        _("纬度"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("如 30.657401。")
    )
    longitude = models.DecimalField(
        _("经度"), max_digits=9, decimal_places=6, null=True, blank=True, help_text=_("如 104.065735。")
    )
    datum = models.CharField(
        _("经纬度从哪里来"),
        max_length=8,
        choices=Datum.choices,
        default=Datum.WGS84,
        help_text=_("高德、腾讯地图上看到的数和手机定位差几百米，选对了才准。"),
    )
    hours = models.CharField(
        _("开放时间说明"), max_length=160, blank=True, help_text=_("节假日和其他例外。没有时段时，只显示这一句。")
    )
    closure = models.CharField(
        _("暂停开放"), max_length=120, blank=True, help_text=_("填了就显示为暂停开放。如：装修，3 月 1 日恢复。")
    )
    phone = models.CharField(_("电话"), max_length=40, blank=True)
    known_facilities = ChoiceListField(_("设施"), among=Facility, blank=True)
    facilities = models.TextField(_("其他设施"), blank=True, help_text=_("列表里没有的，每行一项。"))
    body = StreamField(BodyBlock(), verbose_name=_("介绍"), blank=True)

    parent_page_types: ClassVar[list[str]] = ["venues.VenueIndexPage"]
    subpage_types: ClassVar[list[str]] = []
    template = "website/venues/venue_page.html"

    content_panels: ClassVar[list] = [*BasePage.content_panels, *VENUE_PANELS]
    search_fields: ClassVar[list] = [
        *BasePage.search_fields,
        index.SearchField("facilities"),
        index.SearchField("address"),
        index.SearchField("community_name"),
        index.FilterField("kind"),
    ]
    override_translatable_fields: ClassVar[list] = [
        SynchronizedField(name) for name in ("phone", "community_code", "community_name")
    ]

    class Meta:
        verbose_name = _("阵地")
        indexes = [models.Index(fields=["community_code"], name="venue_community")]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(latitude__isnull=True, longitude__isnull=True)
                | models.Q(latitude__isnull=False, longitude__isnull=False),
                name="venue_position_whole",
                violation_error_message=_("纬度和经度要么都填，要么都不填。"),
            )
        ]

    @property
    def position(self) -> Position | None:
        """Where it is, in WGS-84."""
        return position_of(self.latitude, self.longitude, self.datum)

    @cached_property
    def regular_hours(self) -> list[Hours]:
        return [row.as_hours() for row in self.weekly_hours.all()]

    @property
    def access(self) -> list[Facility]:
        """What helps those who walk, see or hear badly."""
        return [facility for facility in self._facilities if facility in ACCESS]

    @property
    def amenities(self) -> list[Facility]:
        return [facility for facility in self._facilities if facility not in ACCESS]

    @property
    def _facilities(self) -> list[Facility]:
        return [facility for facility in Facility if facility in self.known_facilities]

    def opening(self) -> Opening | None:
        return opening(self.regular_hours, at=timezone.now(), closure=self.closure)

    def clean(self) -> None:
        super().clean()
        if self.latitude is not None and self.longitude is not None:
            _refuse_odd_position(Position(float(self.latitude), float(self.longitude)))
        self._name_community()

    def _name_community(self) -> None:
        self.community_code = community_today(self.community_code)
        if not self.community_code:
            self.community_name = ""
        elif name := next((each.name for each in communities() if each.code == self.community_code), ""):
            self.community_name = name
        elif not self.community_name:  # one that has ended since keeps its name
            raise ValidationError({"community_code": _("没有这个社区，请从列表里选。")})

    def structured_data(self) -> dict[str, Any]:
        return structured.venue(self)

    def get_context(self, request: HttpRequest, *args: Any, **kwargs: Any) -> dict[str, Any]:
        from website.venues import queries  # noqa: PLC0415 -- queries read these models

        context: dict[str, Any] = super().get_context(request, *args, **kwargs)
        return context | {
            "opening": self.opening(),
            "geo": f"{self.position.latitude:.6f},{self.position.longitude:.6f}" if self.position else "",
            "list_url": (self.url or "").removesuffix(f"{self.slug}/"),
            "static_map": maps.static_map(self.position),
            "map_credit": settings.STATIC_MAP_CREDIT,
            "nearby": queries.nearby(self),
        }


class VenueHours(TranslatableMixin, Orderable):
    """One span of time in which a venue is open, on some days of each week."""

    page = ParentalKey(VenuePage, on_delete=models.CASCADE, related_name="weekly_hours")
    days = ChoiceListField(_("星期"), among=Weekday)
    opens = models.TimeField(_("从"))
    closes = models.TimeField(_("到"), help_text=_("24 小时开放的写 0:00 到 23:59。"))
    note = models.CharField(_("备注"), max_length=60, blank=True, help_text=_("如：只办理收件。"))

    panels: ClassVar[list] = HOURS_PANELS
    override_translatable_fields: ClassVar[list] = [
        SynchronizedField(name, overridable=False) for name in ("days", "opens", "closes")
    ]

    class Meta(TranslatableMixin.Meta, Orderable.Meta):
        verbose_name = verbose_name_plural = _("开放时段")
        constraints = [
            models.CheckConstraint(
                condition=models.Q(closes__gt=models.F("opens")),
                name="venue_closes_after_opening",
                violation_error_message=_("结束要晚于开始。开到半夜以后的，请分成两行写。"),
            )
        ]

    def __str__(self) -> str:
        return str(self.as_hours())

    def as_hours(self) -> Hours:
        return Hours(tuple(self.days), self.opens, self.closes, self.note)


def position_of(latitude: Decimal | None, longitude: Decimal | None, datum: str) -> Position | None:
    """Return a place as it is kept in WGS-84, wherever its numbers were read."""
    if latitude is None or longitude is None:
        return None
    given = Position(float(latitude), float(longitude))
    return from_gcj02(given) if datum == Datum.GCJ02 else given


def _refuse_odd_position(given: Position) -> None:
    if is_in_china(given):
        return
    if is_in_china(Position(given.longitude, given.latitude)):
        raise ValidationError({"latitude": _("纬度和经度好像填反了：纬度是小的那个数。")})
    raise ValidationError({"latitude": _("这个位置不在国内。纬度在 3 到 54 之间，经度在 73 到 136 之间。")})
