"""The editors' form of a banner: its areas are chosen, not typed."""

from collections.abc import Iterable
from itertools import groupby
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from webui.providers import code_today, communities, merged_communities

DISTRICT = "district:"

Choices = list[tuple[str, list[tuple[str, str]]]]


class BannerForm(WagtailAdminModelForm):
    """Offers the districts and communities there are. What was chosen stays chosen, even if it has ended since."""

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
            chosen = areas_today(self.initial.get("areas") or [])
            self.initial["areas"] = chosen
            self.fields["areas"].choices = area_choices(chosen)


def areas_today(areas: Iterable[str]) -> list[str]:
    """Return ``areas`` with the code of what stands today in the place of each merged community, each once."""
    merged = merged_communities()
    return list(dict.fromkeys(code_today(area, merged) for area in areas))


def area_choices(chosen: Iterable[str] = ()) -> Choices:
    """Return each district whole, then its communities; last what is ``chosen`` and there no more.

    Without that an editor who mends a word would have the banner run in the whole city.
    """
    by_district = groupby(communities(), key=lambda community: community.district)
    found = [
        (
            district,
            [
                (f"{DISTRICT}{district}", str(_("%(district)s（整个区）") % {"district": district})),
                *((community.code, community.name) for community in members),
            ],
        )
        for district, members in by_district
    ]
    known = {value for _district, group in found for value, _name in group}
    ended = [(area, area.removeprefix(DISTRICT)) for area in chosen if area not in known]
    return [*found, (str(_("已停用")), ended)] if ended else found
