"""What an organiser writes to an audience."""

from typing import ClassVar

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.notices.models import Mailing
from webui.forms import NoIdentityNumbersMixin


class MailingForm(NoIdentityNumbersMixin, forms.ModelForm):
    """Title and text; ``token`` comes with the page and makes two clicks one mailing."""

    token = forms.UUIDField(widget=forms.HiddenInput)

    class Meta:
        model = Mailing
        fields: ClassVar = ["title", "body"]
        widgets: ClassVar = {"body": forms.Textarea(attrs={"rows": 8})}
        help_texts: ClassVar = {
            "title": _("一句话说清楚什么事，比如“周六集合改到东门”。最多 60 个字。"),
            "body": _("您的姓名和社区会写在最后。不要写别人的姓名和电话。"),
        }
