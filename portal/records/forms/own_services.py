"""What somebody did outside the listed activities."""

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.models import Area
from portal.records.models.own_service import LONGEST
from webui.forms import NoIdentityNumbersMixin


class OwnServiceForm(NoIdentityNumbersMixin, forms.Form):
    title = forms.CharField(label=_("做了什么"), help_text=_("比如：帮楼上老人买药。"), max_length=120)
    day = forms.DateField(label=_("哪一天"), widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"))
    since = forms.TimeField(label=_("从几点开始"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"))
    minutes = forms.IntegerField(
        label=_("多少分钟"),
        help_text=_("1 小时是 60 分钟。"),
        min_value=1,
        max_value=LONGEST,
        widget=forms.NumberInput(attrs={"inputmode": "numeric"}),
    )
    place = forms.CharField(label=_("地点"), max_length=120, required=False)
    area = forms.ModelChoiceField(
        label=_("哪个社区来确认"),
        help_text=_("由这个社区的工作人员确认，确认的人不会是您自己。"),
        queryset=Area.objects.none(),
        empty_label=None,
    )

    def __init__(self, *args: Any, areas: "QuerySet[Area]", **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]  # a ModelChoiceField has one

    @property
    def fields_given(self) -> dict[str, Any]:
        """Return the fields of an own service; only of a valid form."""
        given = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(given["day"], given["since"]))
        return {
            "title": given["title"],
            "place": given["place"],
            "area": given["area"],
            "minutes": given["minutes"],
            "starts_at": starts_at,
        }


class AskBackForm(NoIdentityNumbersMixin, forms.Form):
    reason = forms.CharField(
        label=_("请对方补充什么"),
        help_text=_("本人会看到这句话。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 2, "class": "short"}),
    )
