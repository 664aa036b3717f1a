"""What a community says of a point of reference."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.report_in.models import Station
from webui.forms import NoIdentityNumbersMixin


class StationForm(NoIdentityNumbersMixin, forms.ModelForm[Station]):
    """Where it is, when it is open, whom to call."""

    class Meta:
        model = Station
        fields = ["name", "place", "hours", "phone"]
        help_texts = {
            "name": _("例如：云水流动党员之家。"),
            "place": _("写到门牌，第一次来的人也能找到。"),
            "hours": _("例如：周一至周五 9:00–17:00。可以不填。"),
            "phone": _("可以不填。"),
        }
        error_messages = {
            "name": {"required": _("请填写名称。")},
            "place": {"required": _("请填写地点。")},
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["inputmode"] = "tel"
