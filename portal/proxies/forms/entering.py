"""What an organiser copies from paper, and how the person said yes."""

import re
import unicodedata
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils.formats import date_format
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from portal.activities.forms import add_position_field
from portal.activities.models import Shift, SignUp
from portal.activities.queries.audience import asks_age
from portal.members.enums import Skill
from portal.members.forms import PhoneField
from portal.organisations.models import Area
from portal.proxies.enums import ConsentKind
from webui.forms import NoIdentityNumbersMixin

NUMBER = re.compile(r"BD-\d{4}-\d+", re.IGNORECASE)
PHONE = re.compile(r"[\d\s+()-]{7,}")


class FindForm(NoIdentityNumbersMixin, forms.Form):
    """Whom one looks for: a whole phone, the number of a receipt, or a name."""

    who = forms.CharField(
        label=_("姓名、完整的手机号，或者回执编号"),
        help_text=_("只找得到本社区的人。名字和号码只用来查找，不会留在网址里。"),
        max_length=60,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
        error_messages={"required": _("请写姓名、手机号或者回执编号。")},
    )

    def clean_who(self) -> str:
        return unicodedata.normalize("NFKC", self.cleaned_data["who"]).strip()

    def wanted(self) -> dict[str, str]:
        """Return what was typed as ``phone``, ``number`` or ``name``."""
        who: str = self.cleaned_data["who"]
        if NUMBER.fullmatch(who):
            return {"number": who.upper()}
        if PHONE.fullmatch(who):
            try:
                return {"phone": PhoneField().clean(who)}
            except ValidationError:
                return {"phone": who}  # nobody's
        return {"name": who}


class ConsentForm(forms.Form):
    """How the person said yes: without it nothing is entered."""

    consent = forms.ChoiceField(
        label=_("本人怎样同意的"),
        choices=ConsentKind.choices,
        widget=forms.RadioSelect,
        error_messages={"required": _("请选本人是怎样同意的。没有同意不能录入。")},
    )


class TakeUpForm(NoIdentityNumbersMixin, ConsentForm):
    """Somebody no community has yet."""

    field_order = ("area", "name", "phone", "note", "consent")

    name = forms.CharField(
        label=_("姓名"), max_length=60, error_messages={"required": _("请填写姓名。")},
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    phone = PhoneField(label=_("手机号（没有可以不填）"), required=False)
    note = forms.CharField(
        label=_("本人想告诉社区的话（可以不填）"), max_length=200, required=False, help_text=_("不要写身份证号。")
    )

    def __init__(self, *args: Any, areas: QuerySet[Area], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        if areas.count() != 1:
            self.fields["area"] = forms.ModelChoiceField(
                areas, label=_("社区"), to_field_name="code", error_messages={"required": _("请选社区。")}
            )
            self.order_fields(self.field_order)
        self._only = areas.first() if "area" not in self.fields else None

    def area(self) -> Area:
        area: Area = self.cleaned_data["area"] if self._only is None else self._only
        return area


class ReportInForm(NoIdentityNumbersMixin, ConsentForm):
    """A report-in on paper."""

    field_order = ("note", "consent")

    note = forms.CharField(label=_("本人想告诉社区的话（可以不填）"), max_length=200, required=False)


class ShiftField(forms.ModelChoiceField[Shift]):
    """A shift, told by its day and its activity."""

    def label_from_instance(self, shift: Shift) -> str:
        starts_at = localtime(shift.starts_at)
        day, time = date_format(starts_at, "MONTH_DAY_FORMAT"), date_format(starts_at, "TIME_FORMAT")
        return f"{day} {time} {shift.activity.title}"


class SignUpForm(NoIdentityNumbersMixin, ConsentForm):
    """A line of a sign-up sheet."""

    field_order = ("shift", "position", "meets_age", "consent")

    def __init__(self, *args: Any, shifts: QuerySet[Shift], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shift"] = ShiftField(
            shifts,
            label=_("活动和班次"),
            empty_label=_("请选择"),
            error_messages={"required": _("请选一个班次。"), "invalid_choice": _("请选一个本社区的班次。")},
        )
        add_position_field(self, shifts)
        if asks_age(shifts):
            self.fields["meets_age"] = forms.BooleanField(
                label=_("本人说年龄符合这个活动的要求"),
                required=False,
                help_text=_("活动要求年龄、本人还没有答过的，问过本人再勾选。只记下“符合”，不问出生日期。"),
            )
        self.order_fields(self.field_order)


class SignUpChoiceField(forms.ModelChoiceField[SignUp]):
    """A sign-up, told by its shift."""

    def label_from_instance(self, sign_up: SignUp) -> str:
        return ShiftField(Shift.objects.none()).label_from_instance(sign_up.shift)


class LeaveForm(ConsentForm):
    """A request for leave."""

    field_order = ("sign_up", "consent")

    def __init__(self, *args: Any, sign_ups: QuerySet[SignUp], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["sign_up"] = SignUpChoiceField(
            sign_ups,
            label=_("要退出的活动"),
            empty_label=_("请选择"),
            error_messages={"required": _("请选要退出的活动。"), "invalid_choice": _("请从列表里选。")},
        )
        self.order_fields(self.field_order)


class CorrectionForm(NoIdentityNumbersMixin, ConsentForm):
    """The name, and a first phone, of somebody who has never logged in."""

    field_order = ("name", "phone", "consent")

    name = forms.CharField(label=_("姓名"), max_length=60, error_messages={"required": _("请填写姓名。")})
    phone = PhoneField(label=_("手机号（没有可以不填）"), required=False)


class ProfileForm(NoIdentityNumbersMixin, ConsentForm):
    """What somebody who has never logged in can and would like to do."""

    field_order = ("skills", "own_skills", "wishes", "consent")

    skills = forms.MultipleChoiceField(
        label=_("会什么"), choices=Skill.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    own_skills = forms.CharField(label=_("其他特长（可以不填）"), max_length=100, required=False)
    wishes = forms.CharField(
        label=_("想参加什么（可以不填）"),
        help_text=_("本人要知道：社区工作者会看到这些。不要写健康和家里的情况。"),
        max_length=200,
        required=False,
    )


class WordsForm(NoIdentityNumbersMixin, forms.Form):
    """An objection, or the answer to one."""

    words = forms.CharField(
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={
            "required": _("请写明原因，对方才知道怎么办。"),
            "max_length": _("请不要超过 200 个字，现在有 %(show_value)s 个。"),
        },
    )

    def __init__(self, *args: Any, label: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].label = label
