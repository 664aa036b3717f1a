"""What an organiser writes about an activity that is over."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from webui.forms import NoIdentityNumbersMixin

MOST_LINES = 30
LINE = re.compile(r"(?P<item>.+?)[\s　]*(?P<quantity>\d+(?:\.\d+)?)[\s　]*(?P<unit>[^\d\s]{0,8})")


class ActivityReportForm(NoIdentityNumbersMixin, forms.Form):
    """Results in words, and materials one a line: ``手套 20 双``."""

    achieved = forms.CharField(
        label=_("做成了什么"),
        max_length=2000,
        required=False,
        help_text=_("几句话就好。不要写参加的人的姓名和电话。"),
        widget=forms.Textarea(attrs={"rows": 6}),
    )
    materials = forms.CharField(
        label=_("用了哪些物资"),
        max_length=2000,
        required=False,
        help_text=_("一行一种，例如：手套 20 双。没有就空着。"),
        widget=forms.Textarea(attrs={"rows": 4, "class": "short"}),
    )

    def clean_materials(self) -> list[dict[str, str]]:
        lines = [line.strip() for line in self.cleaned_data["materials"].splitlines() if line.strip()]
        if len(lines) > MOST_LINES:
            raise forms.ValidationError(_("最多写 30 行。"))
        found = [LINE.fullmatch(line) for line in lines]
        for line, one in zip(lines, found, strict=True):
            if one is None:
                raise forms.ValidationError(_("看不懂这一行：%(line)s。请写成“手套 20 双”这样。") % {"line": line[:40]})
        return [one.groupdict() for one in found if one]


def as_lines(materials: list[dict[str, str]]) -> str:
    """Return materials as they are typed."""
    return "\n".join(f"{one['item']} {one['quantity']} {one['unit']}".strip() for one in materials)
