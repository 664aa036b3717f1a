"""What a reader fills in, and what an editor does about it."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from website.feedback.enums import MOVES, FeedbackState
from website.feedback.models import LONGEST

YES, NO = "yes", "no"


class WordsForm(forms.Form):
    """A box, and nothing asked about who one is."""

    text = forms.CharField(
        label=_("缺什么，或者哪里不对？"),
        help_text=_("不用写姓名和电话。写了的手机号、身份证号会被遮住。"),
        widget=forms.Textarea(attrs={"rows": 4}),
        max_length=LONGEST,
        required=False,
    )


class FeedbackForm(WordsForm):
    """The whole of it on one page."""

    useful = forms.ChoiceField(
        label=_("这页有用吗？"), choices=[(YES, _("有用")), (NO, _("没用"))], widget=forms.RadioSelect, required=False
    )
    about = forms.CharField(widget=forms.HiddenInput, required=False, max_length=2000)
    field_order = ["useful", "text", "about"]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        if not self.errors and not cleaned.get("useful") and not cleaned.get("text"):
            raise ValidationError(_("请选一项，或者写一句话。"))
        return cleaned

    @property
    def verdict(self) -> bool | None:
        return {YES: True, NO: False}.get(self.cleaned_data["useful"])


class SettleForm(WagtailAdminModelForm):
    """Offers the states this feedback may go to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if "state" in self.fields:
            now = FeedbackState(self.instance.state)
            self.fields["state"].choices = [
                (state.value, state.label) for state in FeedbackState if state == now or state in MOVES[now]
            ]

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean()
        if cleaned.get("state") == FeedbackState.ANSWERED:
            for name in ("question", "answer"):
                if not (cleaned.get(name) or "").strip():
                    self.add_error(name, _("公开答复要写这一项。"))
        return cleaned
