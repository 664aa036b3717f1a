"""What an editor fills in for a service, in the order a resident would ask."""

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, HelpPanel, InlinePanel, MultiFieldPanel

from website.base.widgets import CommunitySelect
from website.services.enums import Channel


class MissingFactsPanel(HelpPanel):
    """Tells an editor what a resident would ask and the page does not say; gone when nothing is missing."""

    class BoundPanel(HelpPanel.BoundPanel):
        def is_shown(self) -> bool:
            return bool(super().is_shown() and self.instance.pk and self.instance.missing)


SERVICE_PANELS = [
    MissingFactsPanel(template="website/services/admin/missing_panel.html"),
    MultiFieldPanel(
        [FieldRowPanel([FieldPanel("status"), FieldPanel("alert_until")]), FieldPanel("alert")],
        _("现在办不办"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("category"), FieldPanel("code")]),
            FieldPanel("other_names"),
            FieldPanel("audiences", widget=forms.CheckboxSelectMultiple),
        ],
        _("怎么找到它"),
    ),
    MultiFieldPanel(
        [
            FieldPanel("who_may"),
            FieldPanel("conditions"),
            FieldPanel("documents"),
            FieldPanel("steps"),
            FieldPanel("result"),
            FieldPanel("on_behalf"),
        ],
        _("怎么办"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel(channel.value) for channel in Channel]),
            FieldPanel("place"),
            FieldRowPanel([FieldPanel("hours"), FieldPanel("phone")]),
            FieldPanel("accessibility"),
            FieldPanel("online_url"),
            FieldPanel("appointment"),
        ],
        _("到哪里办"),
    ),
    InlinePanel(
        "places",
        heading=_("各社区的办理点"),
        label=_("办理点"),
        help_text=_("每个社区的地点、时间和电话不一样时，在这里一个一个填。一个都不填，就是全市通用。"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("time_limit"), FieldPanel("fee"), FieldPanel("visits")]),
            FieldRowPanel([FieldPanel("provider"), FieldPanel("provider_kind")]),
            FieldPanel("basis"),
            FieldPanel("complaint_phone"),
        ],
        _("时限、费用和依据"),
    ),
    MultiFieldPanel(
        [
            FieldRowPanel([FieldPanel("checked_on"), FieldPanel("checked_by")]),
            FieldRowPanel([FieldPanel("review_by"), FieldPanel("keeper")]),
        ],
        _("核对"),
    ),
]

PLACE_PANELS = [
    FieldPanel("community_code", widget=CommunitySelect(none=_("全市"))),
    FieldRowPanel([FieldPanel("place"), FieldPanel("address")]),
    FieldRowPanel([FieldPanel("hours"), FieldPanel("phone")]),
    FieldPanel("provider"),
]
