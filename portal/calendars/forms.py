"""What a service day says, and what one looks for on it."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from portal.activities.models import Activity
from portal.organisations.forms.posts import day_field
from portal.organisations.models import Area
from webui.forms import NoIdentityNumbersMixin


class ServiceDayForm(NoIdentityNumbersMixin, forms.Form):
    """A service day; without ``areas`` it stays where it is."""

    name = forms.CharField(
        label=_("名称"),
        max_length=60,
        initial=_("社区志愿服务日"),
        error_messages={"required": _("请填写名称。")},
    )
    day = day_field(_("日期"))
    text = forms.CharField(
        label=_("说明"),
        max_length=1000,
        required=False,
        help_text=_("为什么定在这一天，希望大家做什么。"),
        widget=forms.Textarea(attrs={"rows": 4}),
    )

    def __init__(self, *args: Any, areas: QuerySet[Area] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if areas is not None:
            self.fields["area"] = forms.ModelChoiceField(
                areas,
                label=_("范围"),
                initial=areas.first(),
                error_messages={"required": _("请选择范围。"), "invalid_choice": _("请从列表里选择。")},
            )
            self.order_fields(("area", "name", "day", "text"))


class AddActivityForm(forms.Form):
    activity = forms.ModelChoiceField(
        Activity.objects.none(),
        label=_("把别的日子的活动也列进来"),
        error_messages={"required": _("请选择活动。"), "invalid_choice": _("请从列表里选择。")},
    )

    def __init__(self, *args: Any, activities: QuerySet[Activity], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["activity"].queryset = activities  # type: ignore[attr-defined]  # a choice of rows
