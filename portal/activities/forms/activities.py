"""What an activity says, and why it is called off."""

import re
import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import ActivityKind
from portal.activities.models import Activity
from portal.organisations.models import Area
from webui.forms import NoIdentityNumbersMixin

PHONE_CHARACTERS = re.compile(r"\+?[0-9 ()-]+")
PHONE_DIGITS = range(7, 21)
SERVICE_NUMBER = re.compile(r"1[0-9]{4}")  # such as 12345


class ActivityForm(NoIdentityNumbersMixin, forms.ModelForm[Activity]):
    """What an activity says. Only its name is needed for a draft; publishing asks for the rest."""

    class Meta:
        model = Activity
        fields = [
            "area",
            "title",
            "kind",
            "summary",
            "place",
            "content",
            "conditions",
            "risks",
            "safeguards",
            "contact_name",
            "contact_phone",
            "latitude",
            "longitude",
        ]
        help_texts = {
            "summary": _("列表里会显示这一句。"),
            "place": _("写到门牌，第一次来的人也能找到。"),
            "content": _("要做什么，需要带什么。"),
            "conditions": _("谁可以参加。例如：年满 18 周岁，身体健康。没有要求就写“不限”。"),
            "risks": _("例如：地面湿滑，小心摔倒。没有就写“无”。"),
            "safeguards": _("例如：提供手套和意外保险。"),
            "latitude": _("可以不填。如 30.657401。填了，成员找活动、签到时能看到离得多远；他们的位置不发送、不保存。"),
            "longitude": _("如 104.065735。站在集合点用手机定位的数最准；地图软件上的数可能差几百米。"),
        }
        error_messages = {"title": {"required": _("请填写名称。")}}
        widgets = {
            "content": forms.Textarea(attrs={"rows": 5}),
            "conditions": forms.Textarea(attrs={"rows": 2, "class": "short"}),
            "risks": forms.Textarea(attrs={"rows": 2, "class": "short"}),
            "safeguards": forms.Textarea(attrs={"rows": 2, "class": "short"}),
            "contact_phone": forms.TextInput(attrs={"inputmode": "tel"}),
            "latitude": forms.TextInput(attrs={"inputmode": "decimal"}),
            "longitude": forms.TextInput(attrs={"inputmode": "decimal"}),
        }

    def __init__(self, *args: Any, areas: "list[Area] | None" = None, **kwargs: Any) -> None:
        """Offer ``areas`` to choose from; without a choice the field is left out. A new one has no position yet."""
        super().__init__(*args, **kwargs)
        if areas is not None:
            del self.fields["latitude"], self.fields["longitude"]
        self.fields["kind"].required = False
        if areas is None or len(areas) == 1:
            del self.fields["area"]
        else:
            self.fields["area"] = forms.ModelChoiceField(
                Area.objects.filter(pk__in=[area.pk for area in areas]).order_by("path"),
                label=_("组织社区"),
                error_messages={"required": _("请选择组织社区。"), "invalid_choice": _("请从列表里选择组织社区。")},
            )

    def clean_kind(self) -> str:
        return self.cleaned_data["kind"] or ActivityKind.OTHER

    def clean_contact_phone(self) -> str:
        """Take what could be dialled; full-width digits and brackets are written narrow."""
        phone = unicodedata.normalize("NFKC", self.cleaned_data["contact_phone"]).strip()
        digits = sum(character.isdigit() for character in phone)
        looks_right = PHONE_CHARACTERS.fullmatch(phone) and digits in PHONE_DIGITS
        if phone and not looks_right and not SERVICE_NUMBER.fullmatch(phone):
            raise forms.ValidationError(_("请写能打通的电话，例如 010-5550 0100 或者 12345。"), code="invalid")
        return phone


class CancelForm(NoIdentityNumbersMixin, forms.Form):
    reason = forms.CharField(
        label=_("取消的原因"),
        help_text=_("报名的人会收到这句话。"),
        max_length=200,
        error_messages={"required": _("请写明取消的原因。")},
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )


class ScheduleForm(forms.Form):
    """When a draft is published by itself."""

    publish_at = forms.DateTimeField(
        label=_("什么时候发布"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"required": _("请选择时间。"), "invalid": _("时间没有写对，请重新选择。")},
    )
