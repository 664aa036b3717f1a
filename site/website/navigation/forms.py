"""The editors' form of a banner: its areas are chosen, not typed."""

from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from webui.providers import communities

DISTRICT = "district:"

Choices = list[tuple[str, list[tuple[str, str]]]]


class BannerForm(WagtailAdminModelForm):
    """Offers the districts and communities there are."""

    areas = forms.MultipleChoiceField(
        label=_("范围"),
        required=False,
        choices=list,
        help_text=_("不选就是全市。选了社区或区，只在首页和这些社区的页面显示。按住 Ctrl 可以选几个。"),
        widget=forms.SelectMultiple(attrs={"size": 8}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "areas" in self.fields:
            self.fields["areas"].choices = area_choices()


def area_choices() -> Choices:
    """Return each district whole, then its communities."""
    by_district = groupby(communities(), key=lambda community: community.district)
    return [
        (
            district,
            [
                (f"{DISTRICT}{district}", str(_("%(district)s（整个区）") % {"district": district})),
                *((community.code, community.name) for community in members),
            ],
        )
        for district, members in by_district
    ]
