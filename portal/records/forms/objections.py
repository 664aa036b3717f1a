"""What somebody says against a record, and what they are answered."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.records.forms.records import LONGEST
from webui.forms import NoIdentityNumbersMixin


class ObjectionForm(NoIdentityNumbersMixin, forms.Form):
    reason = forms.CharField(
        label=_("哪里不对"),
        help_text=_("只有答复的工作人员看到是谁提的。请写事实，不要写别人的隐私。"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class AnswerForm(NoIdentityNumbersMixin, forms.Form):
    outcome = forms.ChoiceField(
        label=_("怎么处理"),
        choices=[
            ("reject", _("记录没有错，保持不变")),
            ("correct", _("分钟数不对，更正")),
            ("reverse", _("不应计入，冲销")),
        ],
        widget=forms.RadioSelect,
    )
    minutes = forms.IntegerField(
        label=_("正确的分钟数"), help_text=_("选“更正”时填写。"), min_value=1, max_value=LONGEST, required=False
    )
    answer = forms.CharField(
        label=_("答复"),
        help_text=_("提出的人和本人都会看到。"),
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
    )

    def clean(self) -> None:
        super().clean()
        if self.cleaned_data.get("outcome") == "correct" and not self.cleaned_data.get("minutes"):
            self.add_error("minutes", _("请填写正确的分钟数。"))
