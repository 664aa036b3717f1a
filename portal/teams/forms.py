"""What a team says of itself, whom one looks for, and whom one asks to come in."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from portal.organisations.models import Area
from portal.teams.enums import JoiningWay, TeamKind
from portal.teams.models import Team
from webui.forms import NoIdentityNumbersMixin


class TeamForm(NoIdentityNumbersMixin, forms.ModelForm[Team]):
    """What a team says of itself."""

    way = forms.ChoiceField(
        label=_("怎样加入"),
        choices=[
            (JoiningWay.OPEN, _("随时加入，不用等答复")),
            (JoiningWay.REQUEST, _("提出申请，由队长答复")),
            (JoiningWay.INVITATION, _("由队长或社区邀请")),
        ],
        widget=forms.RadioSelect,
        initial=JoiningWay.OPEN,
        error_messages={"required": _("请选一种。")},
    )

    class Meta:
        model = Team
        fields = ["area", "name", "kind", "description", "way"]
        help_texts = {"description": _("做些什么、大约多久一次、适合谁。不要写个人的电话。")}
        error_messages = {
            "name": {"required": _("请填写名称。")},
            "kind": {"required": _("请选择类别。")},
        }
        widgets = {"description": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args: Any, areas: QuerySet[Area] | None = None, **kwargs: Any) -> None:
        """Offer ``areas`` to choose from; without them the team stays where it is."""
        super().__init__(*args, **kwargs)
        if areas is None:
            del self.fields["area"]
        else:
            self.fields["area"] = forms.ModelChoiceField(
                areas,
                label=_("所在社区或街道"),
                initial=areas.first(),
                error_messages={"required": _("请选择社区或街道。"), "invalid_choice": _("请从列表里选择。")},
            )

    def validate_constraints(self) -> None:
        """Leave the name to the action, which asks under a lock."""


class TeamFilterForm(NoIdentityNumbersMixin, forms.Form):
    """Which teams one looks for; whatever is wrong narrows nothing."""

    q = forms.CharField(max_length=40, required=False)
    kind = forms.ChoiceField(choices=[("", ""), *TeamKind.choices], required=False)
    where = forms.CharField(max_length=24, required=False)


class InviteForm(forms.Form):
    phone = PhoneNumberField(
        label=_("对方的手机号"),
        region="CN",
        help_text=_("对方在这里登录过才收得到邀请。加不加入由对方决定。"),
        error_messages={"required": _("请填写手机号。"), "invalid": _("请填写 11 位手机号。")},
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
