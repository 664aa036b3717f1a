"""What the editor is told at the form. The page refuses the same, by whatever way it is published."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm, WagtailAdminPageForm

from website.people import rules
from website.people.enums import Channel
from website.people.errors import NotToBeShown, SecondPersonIsMissing, WithdrawalIsFinal


class PersonPageForm(WagtailAdminPageForm):
    """Tells what the page would refuse when it is published. Drafts may wait for consent and a second person."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation:
            return
        for reason in self._reasons():
            self.add_error(None, reason)

    def _reasons(self) -> list[NotToBeShown]:
        reasons = rules.reasons_against(self.instance)
        if "action-publish" in self.data and self._is_by_one_person():
            reasons.append(SecondPersonIsMissing())
        return reasons

    def _is_by_one_person(self) -> bool:
        from website.people import queries  # noqa: PLC0415 -- queries read the models, which know this form

        latest = self.instance.latest_revision if self.instance.pk else None
        related = self.formsets.get("related")
        changed = not queries.says_what_was_saved(self.instance) or bool(related and related.has_changed())
        return latest is None or changed or not queries.has_second_person(latest, by=self.for_user)


class ConsentForm(WagtailAdminModelForm):
    """One entry of the register."""

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if self.initial.get("withdrawn_on") and not cleaned.get("withdrawn_on"):
            for message in WithdrawalIsFinal().error_dict["withdrawn_on"]:
                self.add_error("withdrawn_on", message)
        return cleaned


class WithdrawalForm(forms.Form):
    """When and how a person took back their word."""

    on = forms.DateField(
        label=_("撤回日期"),
        initial=timezone.localdate,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
    )
    how = forms.ChoiceField(label=_("撤回方式"), choices=Channel.choices)

    def __init__(self, *args: Any, given_on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.given_on = given_on

    def clean_on(self) -> date:
        on: date = self.cleaned_data["on"]
        if on > timezone.localdate():
            raise forms.ValidationError(_("撤回日期不能晚于今天。"))
        if on < self.given_on:
            raise forms.ValidationError(_("撤回日期不能早于同意日期。"))
        return on
