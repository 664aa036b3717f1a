"""Whom an activity is for, and who has learnt what."""

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from phonenumber_field.formfields import PhoneNumberField

from portal.activities.enums import Audience, RuleKind, Training
from portal.activities.models import Activity, Qualification
from portal.activities.queries.audience import Choices, member_named
from portal.organisations.models import Area
from webui.forms import NoIdentityNumbersMixin

AGES = {"invalid": _("请写整数。"), "min_value": _("请写大一些的数。"), "max_value": _("请写小一些的数。")}
GROUP_FIELDS = {
    "areas": (RuleKind.AREA, "area_id"),
    "units": (RuleKind.UNIT, "unit_id"),
    "teams": (RuleKind.TEAM, "team_id"),
}


def _ticks(label: Any) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(label=label, required=False, widget=forms.CheckboxSelectMultiple)


class AudienceForm(forms.Form):
    """Who sees it, who may sign up. What has nothing to choose from is not asked."""

    audience = forms.ChoiceField(label=_("谁能看到"), choices=Audience.choices, widget=forms.RadioSelect)
    areas = _ticks(_("只限住在这里的人"))
    units = _ticks(_("只限这些单位的人"))
    teams = _ticks(_("只限这些团队的人"))
    min_age = forms.IntegerField(
        label=_("年满几周岁"),
        help_text=_("报名时由本人声明“是”或“不是”，不问出生日期。没有要求就空着。"),
        min_value=1,
        max_value=99,
        required=False,
        error_messages=AGES,
    )
    max_age = forms.IntegerField(
        label=_("不超过几周岁"), min_value=1, max_value=120, required=False, error_messages=AGES
    )
    trainings = _ticks(_("要有这些培训或资格"))

    def __init__(self, *args: Any, activity: Activity, choices: Choices, **kwargs: Any) -> None:
        kwargs["initial"] = _initial(activity)
        super().__init__(*args, **kwargs)
        offered = {"areas": choices.areas, "units": choices.units, "teams": choices.teams}
        for name, places in offered.items():
            self.fields[name].choices = [(place.pk, str(place)) for place in places]  # type: ignore[attr-defined]  # a field of choices
            if not places:
                del self.fields[name]
        self.fields["trainings"].choices = Training.choices  # type: ignore[attr-defined]  # as above

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        lowest, highest = data.get("min_age"), data.get("max_age")
        if lowest and highest and highest < lowest:
            self.add_error("max_age", _("最大年龄不能比最小年龄小。"))
        return data

    def rules(self) -> Iterable[dict[str, Any]]:
        """Return what ``set_audience`` takes."""
        data = self.cleaned_data
        for name, (kind, field) in GROUP_FIELDS.items():
            for key in data.get(name) or []:
                yield {"kind": kind, field: int(key)}
        for kind in (RuleKind.MIN_AGE, RuleKind.MAX_AGE):
            if data[kind]:
                yield {"kind": kind, "age": data[kind]}
        for training in data["trainings"]:
            yield {"kind": RuleKind.TRAINING, "training": training}


class GrantForm(NoIdentityNumbersMixin, forms.ModelForm[Qualification]):
    """Who has learnt what: somebody who reported in to the community, named by phone."""

    phone = PhoneNumberField(
        label=_("手机号"),
        region="CN",
        help_text=_("这个人要已经报到到本社区。"),
        error_messages={"required": _("请填写手机号。"), "invalid": _("手机号没有写对。")},
    )
    field_order = ["phone", "training", "starts_on", "ends_on"]

    class Meta:
        model = Qualification
        fields = ["training", "starts_on", "ends_on"]
        widgets = {
            name: forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}) for name in ("starts_on", "ends_on")
        }
        help_texts = {"ends_on": _("长期有效就空着。")}

    def __init__(self, *args: Any, areas: "list[Area]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.areas = areas
        self.fields["starts_on"].initial = timezone.localdate

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        phone = data.get("phone")
        if not phone:
            return data
        found = member_named(str(phone), self.areas)
        if found:
            data["holder"], data["area"] = found
        else:
            self.add_error("phone", _("本社区没有用这个手机号的成员或者居民志愿者。"))
        return data


def _initial(activity: Activity) -> dict[str, Any]:
    rules = list(activity.entry_rules.all())
    ages = {rule.kind: rule.age for rule in rules if rule.age}
    groups = {
        name: [getattr(rule, field) for rule in rules if rule.kind == kind]
        for name, (kind, field) in GROUP_FIELDS.items()
    }
    trainings = [rule.training for rule in rules if rule.training]
    return {"audience": activity.audience, "trainings": trainings, **ages, **groups}
