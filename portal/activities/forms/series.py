"""How a series repeats, how far a change reaches, and how people are asked again."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.activities.enums import Frequency, OnSilence, Scope
from portal.activities.recurring import LONGEST, Recurrence

COUNT_ERRORS = {
    "required": _("请写次数。"),
    "invalid": _("请写整数。"),
    "min_value": _("请写大一些的数。"),
    "max_value": _("最多 60 次。"),
}


def _day_input() -> forms.DateInput:
    return forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})


class RepeatForm(forms.Form):
    """The rule of a series. Dates to leave out are ticked off in the preview (``skip``)."""

    frequency = forms.ChoiceField(label=_("怎样重复"), choices=Frequency.choices, widget=forms.RadioSelect)
    interval = forms.IntegerField(
        label=_("每隔几周（或几个月）一次"),
        min_value=1,
        max_value=12,
        initial=1,
        error_messages={**COUNT_ERRORS, "max_value": _("间隔最多 12。")},
    )
    count = forms.IntegerField(
        label=_("一共几次"),
        help_text=_("连第一次在内。写了截止日期，这里就空着。"),
        min_value=2,
        max_value=LONGEST,
        required=False,
        error_messages=COUNT_ERRORS,
    )
    until = forms.DateField(
        label=_("或者到哪天为止"),
        required=False,
        widget=_day_input(),
        error_messages={"invalid": _("日期没有写对，请重新选择。")},
    )

    def __init__(self, *args: Any, first_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.first_on = first_on
        self.fields["frequency"].initial = Frequency.WEEKLY
        self.fields["count"].initial = 8

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        count, until = data.get("count"), data.get("until")
        if "count" in data and "until" in data and (count is None) == (until is None):
            self.add_error("count", _("次数和截止日期请写一个，只写一个。"))
        if until and until <= self.first_on:
            self.add_error("until", _("截止日期要在第一次以后。"))
        return data

    def rule(self, *, except_on: Sequence[str] = ()) -> Recurrence:
        """Return the rule asked for, without the ISO dates ``except_on``; what is no date is passed over."""
        data = self.cleaned_data
        skipped = frozenset(day for day in map(_iso, except_on) if day and day != self.first_on)
        return Recurrence(
            self.first_on, data["frequency"], data["interval"], data["count"], data["until"], except_on=skipped
        )


class ExtendForm(forms.Form):
    """How many dates more."""

    SHOWN = 8

    more = forms.IntegerField(
        label=_("再加几次"), min_value=1, max_value=LONGEST, initial=4, error_messages=COUNT_ERRORS
    )


class ScopeForm(forms.Form):
    """How far a change of one date reaches."""

    scope = forms.ChoiceField(label=_("改哪几次"), choices=Scope.choices, initial=Scope.THIS, widget=forms.RadioSelect)


class TermsForm(forms.Form):
    """Until when people say again that they come, and what silence means."""

    reconfirm_by = forms.DateTimeField(
        label=_("请大家在这之前确认"),
        widget=forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"}),
        error_messages={"required": _("请填写确认的期限。"), "invalid": _("期限没有写对，请重新选择。")},
    )
    on_silence = forms.ChoiceField(
        label=_("到时候没有回答的人"), choices=OnSilence.choices, initial=OnSilence.KEEP, widget=forms.RadioSelect
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        until = timezone.localtime() + timedelta(hours=settings.RECONFIRM_HOURS)
        self.fields["reconfirm_by"].initial = until.replace(minute=0, second=0, microsecond=0)

    def clean_reconfirm_by(self) -> datetime:
        until: datetime = self.cleaned_data["reconfirm_by"]
        if until <= timezone.now():
            raise forms.ValidationError(_("期限已经过去，请重新选择。"), code="past")
        return until


def _iso(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
