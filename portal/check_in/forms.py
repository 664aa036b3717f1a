"""What people type at the door."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import AttendanceState
from webui.forms import NoIdentityNumbersMixin

DIGITS = {"inputmode": "numeric", "autocomplete": "off"}


class CodeForm(forms.Form):
    """The six digits read aloud."""

    code = forms.RegexField(
        r"^\s*\d{3}\s?\d{3}\s*$",
        label=_("现场口令"),
        help_text=_("工作人员报出的六位数字。"),
        widget=forms.TextInput(attrs=DIGITS | {"maxlength": 9}),
        error_messages={"invalid": _("口令是六位数字。")},
    )

    def clean_code(self) -> str:
        return "".join(str(self.cleaned_data["code"]).split())


class LastDigitsForm(forms.Form):
    """The last four digits of a phone."""

    digits = forms.RegexField(
        r"^\d{4}$",
        label=_("手机号后四位"),
        widget=forms.TextInput(attrs=DIGITS | {"maxlength": 4}),
        error_messages={"invalid": _("请写手机号的最后四位数字。")},
    )


class EndCodeForm(forms.Form):
    """The six digits that end a tablet."""

    code = forms.RegexField(
        r"^\d{6}$",
        label=_("结束码"),
        widget=forms.TextInput(attrs=DIGITS | {"maxlength": 6}),
        error_messages={"invalid": _("结束码是六位数字。")},
    )


class LeaveForm(forms.Form):
    """That somebody has left, and for how long they were there if not as planned."""

    minutes = forms.IntegerField(
        label=_("实际服务的分钟数"),
        help_text=_("和计划一样就不用填。"),
        required=False,
        min_value=1,
        max_value=24 * 60,
        widget=forms.NumberInput(attrs=DIGITS),
    )


class ReplyForm(NoIdentityNumbersMixin, forms.Form):
    """What somebody says to having been noted as absent."""

    text = forms.CharField(label=_("说明"), max_length=200, widget=forms.Textarea(attrs={"rows": 3, "class": "short"}))


class SheetCodeForm(NoIdentityNumbersMixin, forms.Form):
    """The code on a printed list."""

    code = forms.CharField(
        label=_("名单编号"),
        help_text=_("在名单右上角，不分大小写。"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
    )


class EventForm(forms.Form):
    """One tap as a device sends it; times in milliseconds since 1970."""

    id = forms.UUIDField()
    seq = forms.IntegerField(min_value=0, max_value=2**53)
    sign_up = forms.IntegerField(min_value=1, max_value=2**53)
    seen = forms.ChoiceField(choices=AttendanceState.choices)
    wanted = forms.ChoiceField(choices=AttendanceState.choices)
    at = forms.IntegerField(min_value=0, max_value=2**43)
    has_left = forms.BooleanField(required=False)


class BatchForm(forms.Form):
    """What comes with a batch of taps: which device, and what its clock says now."""

    device = forms.UUIDField()
    now = forms.IntegerField(min_value=0, max_value=2**43)
