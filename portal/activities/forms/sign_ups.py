"""What members type when they sign up, and organisers when they answer."""

from typing import Any

from django import forms
from django.db.models import TextChoices
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _
from phonenumber_field.phonenumber import to_python

from portal.activities import queries
from portal.activities.enums import RuleKind, ShiftState
from portal.activities.forms.shifts import add_position_field
from portal.activities.models import Activity, Shift, SignUp
from portal.members.models import User
from webui.forms import NoIdentityNumbersMixin

PHONES_AT_ONCE = 200


def _moment() -> forms.DateTimeInput:
    return forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})


class PolicyForm(NoIdentityNumbersMixin, forms.ModelForm[Activity]):
    """How places are handed out."""

    class Meta:
        model = Activity
        fields = [
            "mode",
            "queue_policy",
            "newcomers_until",
            "draw_at",
            "sign_up_opens_at",
            "sign_up_closes_at",
            "companions_limit",
            "takes_minors",
            "withdraw_hours",
        ]
        help_texts = {
            "newcomers_until": _("只在“新人优先”时填写。到这个时间以前，最近没有参加过活动的人先得名额。"),
            "draw_at": _("只在“抽签”时填写。到这个时间自动抽，结果谁都能核对。"),
            "companions_limit": _("家人、邻居一起来，每人最多可以带几位。不能带人就写 0。"),
            "withdraw_hours": _("开始前多少小时以后就不能直接退出，要请人顶替。不写就用系统的设置。"),
        }
        widgets = {name: _moment() for name in ("newcomers_until", "draw_at", "sign_up_opens_at", "sign_up_closes_at")}


class CoverForm(NoIdentityNumbersMixin, forms.Form):
    """Why somebody cannot come, and which shift they would rather have."""

    wanted = forms.ModelChoiceField(
        Shift.objects.none(), label=_("想怎么换"), required=False, empty_label=_("请人顶替，我这次不来")
    )
    reason = forms.CharField(
        label=_("原因"),
        max_length=200,
        required=False,
        help_text=_("只有社区工作者看得到，可以不写。"),
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )

    def __init__(self, *args: Any, sign_up: SignUp, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["wanted"]
        field.queryset = queries.shifts_to_swap_for(sign_up)  # type: ignore[attr-defined]  # a choice of rows
        field.label_from_instance = _swap_label  # type: ignore[attr-defined]  # as above


def _swap_label(shift: Shift) -> str:
    return str(_("换到 %(when)s %(name)s") % {"when": _when(shift), "name": shift.name}).strip()


def _shift_label(shift: Shift) -> str:
    return f"{_when(shift)} {shift.name}".strip()


def _when(shift: Shift) -> str:
    weekday = date_format(timezone.localtime(shift.starts_at), "l")
    return f"{weekday} {queries.time_in_words(shift.starts_at, shift.ends_at)}"


class InviteForm(NoIdentityNumbersMixin, forms.Form):
    """Phones of people to ask in, one a line."""

    phones = forms.CharField(
        label=_("请谁来"),
        help_text=_("每行一个手机号。只邀请已经有账户的人。"),
        max_length=PHONES_AT_ONCE * 20,
        widget=forms.Textarea(attrs={"rows": 4, "autocomplete": "off", "inputmode": "tel"}),
        error_messages={"required": _("请写手机号。")},
    )

    def clean_phones(self) -> list[User]:
        lines = [line.strip() for line in self.cleaned_data["phones"].splitlines() if line.strip()]
        phones = [to_python(line, region="CN") for line in lines]
        wrong = [str(number) for number, phone in enumerate(phones, start=1) if not (phone and phone.is_valid())]
        if wrong:
            raise forms.ValidationError(_("第 %(lines)s 行不是手机号。") % {"lines": "、".join(wrong)}, code="invalid")
        people = list(User.objects.filter(phone__in=phones, is_active=True))
        if len(people) < len(set(phones)):
            missing = len(set(phones)) - len(people)
            raise forms.ValidationError(_("有 %(n)d 个手机号还没有账户，请先删掉。") % {"n": missing}, code="unknown")
        return people


class RefuseForm(NoIdentityNumbersMixin, forms.Form):
    reason = forms.CharField(
        label=_("没有通过的原因"),
        help_text=_("申请的人会看到这句话。"),
        max_length=200,
        error_messages={"required": _("请写明原因，申请的人会看到。")},
    )


class AgeSaid(TextChoices):
    """What an organiser says of the age of somebody who does not meet the least age of an activity."""

    OF_AGE = "of_age", _("本人说已满 18 周岁")
    GUARDIAN = "guardian", _("未满 18 周岁，监护人已经同意")


class ExceptionForm(NoIdentityNumbersMixin, forms.Form):
    """Let one person in against a rule, with a reason that is kept; of the age only what the law asks is asked."""

    phone = forms.CharField(label=_("手机号"), max_length=20, error_messages={"required": _("请写手机号。")})
    shift = forms.ModelChoiceField(Shift.objects.none(), label=_("班次"))
    override_reason = forms.CharField(
        label=_("为什么例外"),
        max_length=200,
        error_messages={"required": _("请写明为什么例外，会记入日志。")},
    )

    def __init__(self, *args: Any, activity: Activity, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["shift"]
        ahead = activity.shifts.filter(starts_at__gt=timezone.now(), state=ShiftState.PLANNED)
        field.queryset = ahead  # type: ignore[attr-defined]  # a choice of rows
        field.label_from_instance = _shift_label  # type: ignore[attr-defined]  # as above
        add_position_field(self, ahead)
        if activity.entry_rules.filter(kind=RuleKind.MIN_AGE).exists():
            self.fields["age"] = forms.ChoiceField(
                label=_("年龄"),
                choices=[("", _("本人自己已经答过")), *AgeSaid.choices],
                required=False,
                help_text=_("活动有最小年龄的要求。未满 18 周岁的人，监护人同意了才能来。不问出生日期。"),
            )
        self.order_fields(["phone", "shift", "position", "age"])

    def clean_phone(self) -> User:
        phone = to_python(self.cleaned_data["phone"], region="CN")
        person = User.objects.filter(phone=phone, is_active=True).first() if phone and phone.is_valid() else None
        if person is None:
            raise forms.ValidationError(_("没有用这个手机号的账户。"), code="unknown")
        return person

    def terms(self) -> dict[str, Any]:
        """Return what ``make_exception`` takes besides who makes it."""
        said, age = self.cleaned_data, self.cleaned_data.get("age")
        return {
            "shift": said["shift"],
            "member": said["phone"],
            "position": said.get("position"),
            "reason": said["override_reason"],
            "is_of_age": age == AgeSaid.OF_AGE,
            "guardian_agrees": age == AgeSaid.GUARDIAN,
        }
