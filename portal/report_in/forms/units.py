"""What a unit says when it reports in."""

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.report_in.models.unit_report_ins import MOST_MEMBERS
from webui.forms import NoIdentityNumbersMixin

TOO_LONG = _("请不要超过 %(limit_value)s 个字，现在有 %(show_value)s 个。")


class UnitOfferForm(NoIdentityNumbersMixin, forms.Form):
    """Whom to call and what the unit offers; only the contact is required."""

    contact_name = forms.CharField(
        label=_("联系人"), max_length=60, error_messages={"required": _("请填写联系人。"), "max_length": TOO_LONG}
    )
    contact_phone = forms.CharField(
        label=_("联系电话"),
        help_text=_("工作电话就行，社区会看到完整号码。"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel"}),
        error_messages={"required": _("请填写联系电话。"), "max_length": TOO_LONG},
    )
    offer = forms.CharField(
        label=_("能为社区做什么（可以不填）"),
        help_text=_("几个字就行，比如“周末开放停车场”“法律咨询”。"),
        max_length=200,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"max_length": TOO_LONG},
    )
    members_expected = forms.IntegerField(
        label=_("预计有多少人来（可以不填）"),
        min_value=1,
        max_value=MOST_MEMBERS,
        required=False,
        error_messages={"invalid": _("请填一个数字。")},
    )
