"""How editors fill in a venue, in the order they know it."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel, MultiFieldPanel, Panel

from website.base.widgets import CommunitySelect

HOURS_PANELS: list[Panel] = [
    FieldPanel("days"),
    FieldRowPanel([FieldPanel("opens"), FieldPanel("closes")]),
    FieldPanel("note"),
]

VENUE_PANELS: list[Panel] = [
    FieldRowPanel([FieldPanel("kind"), FieldPanel("phone")]),
    MultiFieldPanel(
        [
            InlinePanel("weekly_hours", label=_("时段")),
            FieldPanel("hours"),
            FieldPanel("closure"),
        ],
        heading=_("开放时间"),
        help_text=_("每个时段一行：哪几天、几点到几点。中午休息的，上午、下午各写一行。"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("community_code", widget=CommunitySelect(none=_("不属于某个社区"))),
            FieldPanel("address"),
            FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")]),
            FieldPanel("datum"),
        ],
        heading=_("在哪里"),
        help_text=_("经纬度可以不填；填了才能按距离排序。在地图上点住这个地方就能看到两个数。"),
    ),
    MultiFieldPanel([FieldPanel("known_facilities"), FieldPanel("facilities")], heading=_("设施")),
    FieldPanel("body"),
]
