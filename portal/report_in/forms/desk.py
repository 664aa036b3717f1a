"""What the community's desk types."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.report_in.queries.addresses import LONGEST_NAME
from webui.forms import NoIdentityNumbersMixin

SHORTEST_NAME, MOST_NAMES = 2, 500


class AskBackForm(NoIdentityNumbersMixin, forms.Form):
    """What is missing."""

    reason = forms.CharField(
        label=_("需要补充什么"),
        help_text=_("本人会看到这段话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("请写明需要补充什么，对方才知道怎么改。"),
            "max_length": _("请不要超过 200 个字，现在有 %(show_value)s 个。"),
        },
    )


class EndForm(NoIdentityNumbersMixin, forms.Form):
    """Why the community ends a report-in."""

    reason = forms.CharField(
        label=_("结束的原因"),
        help_text=_("本人会看到这段话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={
            "required": _("请写明结束的原因，本人会看到。"),
            "max_length": _("请不要超过 200 个字，现在有 %(show_value)s 个。"),
        },
    )


class UnitEndForm(EndForm):
    """Why the community ends a unit's report-in."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].help_text = _("单位会看到这段话。")
        self.fields["reason"].error_messages["required"] = _("请写明结束的原因，单位会看到。")


class MemberFilterForm(NoIdentityNumbersMixin, forms.Form):
    """What narrows a community's list of members."""

    name = forms.CharField(label=_("姓名"), max_length=40, required=False)
    unit = forms.CharField(label=_("单位"), max_length=40, required=False)


class AddressNamesForm(NoIdentityNumbersMixin, forms.Form):
    """The estates and roads of a community, one a line."""

    names = forms.CharField(
        label=_("小区名和路名"),
        help_text=_("一行一个，比如“云水花园”“云水路”“云水路 18 号”。写得越具体，居民粘贴地址时越容易找到你们社区。"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 12}),
    )

    def clean_names(self) -> list[str]:
        lines = [line.strip() for line in self.cleaned_data["names"].splitlines() if line.strip()]
        if len(lines) > MOST_NAMES:
            raise forms.ValidationError(_("最多 %(most)s 行。"), params={"most": MOST_NAMES})
        for line in lines:
            if not SHORTEST_NAME <= len(line) <= LONGEST_NAME:
                message = _("“%(line)s”要在 %(from)s 到 %(to)s 个字之间。")
                raise forms.ValidationError(message, params={"line": line, "from": SHORTEST_NAME, "to": LONGEST_NAME})
        return lines
