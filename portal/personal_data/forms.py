"""What is asked before an account is closed, and of whoever notes that the law asks for data to be kept."""

from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm

from portal.members.actions import log_read
from portal.members.forms import PhoneField
from portal.members.models import User
from portal.personal_data.models import LegalHold
from webui.forms import NoIdentityNumbersMixin


class CloseForm(forms.Form):
    """One tick, so that nobody closes their account by a slip of the finger."""

    understood = forms.BooleanField(
        label=_("我看过上面的说明，要注销账户"),
        error_messages={"required": _("要注销，请先勾选这一项。")},
    )


class LegalHoldForm(NoIdentityNumbersMixin, WagtailAdminModelForm):
    """One of two numbers says who it is; a phone is sent in the body, looked up, and kept nowhere."""

    phone = PhoneField(
        label=_("手机号"),
        required=False,
        help_text=_("本人账户的完整手机号。本人的查看记录里会写您按手机号查找过账户，不写依法保存。"),
    )

    class Meta:
        model = LegalHold
        fields = ("reason", "until")  # whom it is about, the desk adds

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["phone"].widget.attrs["autocomplete"] = "off"
        self.fields["person"].required = False

    def clean(self) -> dict[str, Any]:
        """Put the person with the phone where the number of the account would stand."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        phone = cleaned.get("phone")
        if phone:
            cleaned["person"] = self._person_with(phone, said=cleaned.get("person"))
        elif not cleaned.get("person") and not {"phone", "person"} & self.errors.keys():
            self.add_error("phone", gettext("请填写手机号，或者用户编号。"))
        return cleaned

    def _person_with(self, phone: Any, *, said: User | None) -> User | None:
        found = User.objects.filter(phone=phone).first()
        if found is None:
            self.add_error("phone", gettext("没有账户用这个手机号。"))
            return None
        # Noted even if another field is wrong: whoever asked has learnt that there is an account. The person reads
        # this line, so that it says nothing of a hold.
        log_read(reader=self.for_user, person=found, what=gettext("有没有账户"), purpose=gettext("按手机号查找账户"))
        if said and said != found:
            self.add_error("phone", gettext("手机号和用户编号不是同一个人的，请只填一个。"))
            return None
        return found
