"""What the editor is told before publishing, and the forms of those who object."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm

from website.notices import rules

LONGEST = 5000


class NoticePageForm(WagtailAdminPageForm):
    """Tells what the page would refuse when it is published. Drafts may be incomplete."""

    def _post_clean(self) -> None:
        super()._post_clean()
        if self.is_deferred_validation or not self.instance.starts_on or self.instance.is_public_as_it_is:
            return
        for reason in rules.reasons_against(self.instance):
            self.add_error(None, reason)


class ObjectionForm(forms.Form):
    """An objection. Only the text is asked for."""

    text = forms.CharField(
        label=_("您的意见"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("哪里不对，为什么。请不要写身份证号。"),
        error_messages={"required": _("请写下您的意见。")},
    )
    name = forms.CharField(
        label=_("怎么称呼您（可以不填）"),
        max_length=40,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    contact = forms.CharField(
        label=_("电话或邮箱（可以不填）"),
        max_length=80,
        required=False,
        help_text=_("只用来答复这件事。不填也可以凭编号和查询码看答复。"),
    )
    once = forms.UUIDField(widget=forms.HiddenInput, required=False)


class ObjectionCodeForm(forms.Form):
    """Who asks for an answer."""

    number = forms.CharField(label=_("编号"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off"}))
    code = forms.CharField(
        label=_("查询码"), max_length=20, widget=forms.TextInput(attrs={"autocomplete": "off", "spellcheck": "false"})
    )


class AnswerForm(forms.Form):
    """The answer at the editors' desk."""

    answer = forms.CharField(
        label=_("答复"),
        max_length=LONGEST,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("只有提意见的人凭编号和查询码看得到。要公开的处理情况，请写在公示页的“结果”里。"),
    )

    def clean_answer(self) -> str:
        return str(self.cleaned_data["answer"]).strip()


def cleaned_entry(form: ObjectionForm) -> dict[str, Any]:
    """Return what the action takes."""
    return {name: form.cleaned_data[name] for name in ("text", "name", "contact")}
