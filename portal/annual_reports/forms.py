from django import forms
from django.utils.translation import gettext_lazy as _

from portal.annual_reports.models import AnnualReport
from webui.forms import NoIdentityNumbersMixin


class ReportForm(NoIdentityNumbersMixin, forms.ModelForm[AnnualReport]):
    """What a member adds in words to what the records already say."""

    class Meta:
        model = AnnualReport
        fields = ["summary", "plan"]
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 8}),
            "plan": forms.Textarea(attrs={"rows": 5}),
        }
        labels = {"plan": _("下一年打算（可以不填）")}
        help_texts = {
            "summary": _("已按您的服务记录写好，可以直接用，也可以改。"),
            "plan": _("想参加什么活动，或者希望社区和单位帮什么忙。"),
        }
        error_messages = {"summary": {"required": _("请写一句本年的服务情况。")}}


class ReplyForm(NoIdentityNumbersMixin, forms.Form):
    """The answer of a community or a unit."""

    reply = forms.CharField(
        label=_("回复"),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一两句话就好，例如：“已收到，感谢您一年来的付出。”或“报告已读，欢迎明年继续参加助餐服务。”"),
        error_messages={"required": _("请写一句回复。")},
    )
