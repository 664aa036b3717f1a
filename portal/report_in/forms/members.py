"""What is typed when reporting in: as little as possible."""

import unicodedata
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from webui.forms import NoIdentityNumbersMixin

NOT_ANSWERED = _("请先写上社区要您补充的内容，再提交。")


class PlaceSearchForm(NoIdentityNumbersMixin, forms.Form):
    """Which communities to list: those a text names, or those of one district."""

    q = forms.CharField(label=_("社区或街道的名字"), max_length=40, required=False)
    district = forms.CharField(max_length=24, required=False)

    def clean_q(self) -> str:
        return "".join(unicodedata.normalize("NFKC", self.cleaned_data["q"]).split())


class NoteForm(NoIdentityNumbersMixin, forms.Form):
    """A line for the community, if one wants."""

    note = forms.CharField(
        label=_("想告诉社区的话（可以不填）"),
        help_text=_("比如住在哪一栋、什么时候方便。不要写身份证号。"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": _("请不要超过 200 个字，现在有 %(show_value)s 个。")},
    )


class AnswerForm(NoteForm):
    """What the community asked for; what was sent before does not answer it."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        note = self.fields["note"]
        note.label, note.required = _("补充给社区"), True
        note.help_text = _("在原来的话后面接着写，或者改掉它。不要写身份证号。")
        note.error_messages["required"] = NOT_ANSWERED

    def clean_note(self) -> str:
        if "note" not in self.changed_data:
            raise forms.ValidationError(NOT_ANSWERED, code="unchanged")
        note: str = self.cleaned_data["note"]
        return note


class ReportInForm(NoteForm):
    """The consent to hand one's data to the community."""

    field_order = ("note", "consent")

    consent = forms.BooleanField(
        label=_("我看过说明，同意把姓名、所属单位和手机号提供给这个社区"),
        error_messages={"required": _("要先同意，社区才能收到您的报到。")},
    )
