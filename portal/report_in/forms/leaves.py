"""Asking for leave, and the answer."""

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.report_in.enums import LeaveKind
from webui.forms import NoIdentityNumbersMixin

TOO_LONG = _("请不要超过 %(limit_value)s 个字，现在有 %(show_value)s 个。")
DAY_ERRORS = {"required": _("请填写日期。"), "invalid": _("日期请写成 2026-03-01 这样。")}


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LeaveForm(NoIdentityNumbersMixin, forms.Form):
    """What kind, from when until when, and why if one wants to say."""

    kind = forms.ChoiceField(
        label=_("类别"),
        choices=LeaveKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一个类别。")},
    )
    starts_on = forms.DateField(
        label=_("从哪一天"), widget=_day(), initial=timezone.localdate, error_messages=DAY_ERRORS
    )
    ends_on = forms.DateField(label=_("到哪一天（含当天）"), widget=_day(), error_messages=DAY_ERRORS)
    reason = forms.CharField(
        label=_("原因（可以不写）"),
        help_text=_("加密保存，只有您和答复的人看得到。别人最多只看到请假到哪一天。"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )


class LeaveAnswerForm(NoIdentityNumbersMixin, forms.Form):
    """A word to the person, needed where the answer is no."""

    answer = forms.CharField(
        label=_("给本人的话"),
        help_text=_("只有本人看得到。不同意时请写明原因。"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        error_messages={"max_length": TOO_LONG},
    )
