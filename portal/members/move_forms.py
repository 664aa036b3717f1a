"""When somebody moves to another unit, or leaves one."""

from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.members.enums import Ending

RETIRED_STAYS = "retired_stays"
ENDINGS = (
    (RETIRED_STAYS, _("退休，仍由本单位联系")),
    (Ending.RETIRED, _("退休，不再由本单位联系")),
    (Ending.LEFT, _("离开单位")),
)


def day_field(**kwargs: Any) -> forms.DateField:
    """Return a field for one day, with words of ours when it is wrong."""
    return forms.DateField(
        widget=forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d"),
        error_messages={"required": _("请填写日期。"), "invalid": _("日期请写成 2026-03-01 这样。")},
        **kwargs,
    )


class MoveForm(forms.Form):
    """From which day the person belongs to the new unit."""

    starts_on = day_field(
        label=_("从哪一天起"), help_text=_("到那一天以前，您仍属于原单位。"), initial=timezone.localdate
    )

    def __init__(self, *args: Any, has_home: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not has_home:
            self.fields["starts_on"].help_text = ""


class EndMembershipForm(forms.Form):
    """Why and when somebody stops serving in a unit."""

    how = forms.ChoiceField(
        label=_("原因"), choices=ENDINGS, widget=forms.RadioSelect, error_messages={"required": _("请选一个原因。")}
    )
    on = day_field(label=_("从哪一天起"), initial=timezone.localdate)
