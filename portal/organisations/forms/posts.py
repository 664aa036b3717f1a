"""Who takes a post, and for which days."""

import unicodedata
from typing import TYPE_CHECKING, Any

import phonenumbers
from django import forms
from django.contrib.auth import get_user_model
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from portal.organisations.enums import AreaKind, Role
from portal.organisations.models import Area, Unit
from webui.forms import NoIdentityNumbersMixin

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

HOME_REGION = "CN"


def day_field(label: Any, *, required: bool = True, help_text: Any = "") -> forms.DateField:
    """Return a field for a day, with the browser's own calendar."""
    return forms.DateField(
        label=label,
        required=required,
        help_text=help_text,
        widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}),
        error_messages={"required": _("请选择日期。"), "invalid": _("日期没有写对，请重新选择。")},
    )


class PersonForm(NoIdentityNumbersMixin, forms.Form):
    """A person by name *and* phone: knowing one of the two finds nobody. ``person`` is who it is."""

    name = forms.CharField(label=_("姓名"), max_length=60, error_messages={"required": _("请填写姓名。")})
    phone = forms.CharField(
        label=_("手机号"),
        max_length=40,
        widget=forms.TextInput(attrs={"type": "tel", "inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"required": _("请填写手机号。")},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.person: User | None = None

    def clean(self) -> dict[str, Any]:
        cleaned: dict[str, Any] = super().clean() or {}
        name, phone = cleaned.get("name"), cleaned.get("phone")
        if name and phone:
            self.person = get_user_model().objects.filter(phone=_e164(phone), name=name, is_active=True).first()
            if self.person is None:
                self.add_error("phone", _("没有找到姓名和手机号都对得上的账号。请核对，或请对方先登录一次。"))
        return cleaned


class AppointForm(PersonForm):
    """A post at one place."""

    role = forms.ChoiceField(label=_("职责"), error_messages={"required": _("请选择职责。")})
    title = forms.CharField(label=_("职务"), max_length=40, required=False, help_text=_("例如：书记。没有可以不填。"))
    act = forms.CharField(
        label=_("依据（文号）"), max_length=80, required=False, help_text=_("例如：云街〔2026〕3 号。没有可以不填。")
    )
    starts_on = day_field(_("开始日期"))
    ends_on = day_field(_("结束日期"), required=False, help_text=_("从这一天起不再有这项职责。不填就是没有期限。"))

    field_order = ("role", "name", "phone", "title", "act", "starts_on", "ends_on")

    def __init__(self, *args: Any, place: Area | Unit, **kwargs: Any) -> None:
        """Offer the roles that mean something at ``place``."""
        super().__init__(*args, **kwargs)
        roles = _roles_at(place)
        choices = [(role.value, role.label) for role in roles]
        self.fields["role"] = forms.ChoiceField(label=_("职责"), choices=choices)
        self.fields["starts_on"].initial = timezone.localdate
        self.order_fields(self.field_order)

    def clean_role(self) -> Role:
        return Role(self.cleaned_data["role"])


class EndPostForm(forms.Form):
    """The day a post ends."""

    ends_on = day_field(_("结束日期"), help_text=_("从这一天起不再有这项职责。"))


class DelegateForm(PersonForm):
    """Who stands in, and from when until when."""

    starts_on = day_field(_("从哪天起"))
    ends_on = day_field(_("到哪天止"), help_text=_("从这一天起自动收回。"))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["starts_on"].initial = timezone.localdate


def _roles_at(place: Area | Unit) -> tuple[Role, ...]:
    if isinstance(place, Unit):
        return (Role.UNIT_CONTACT, Role.ADMINISTRATOR)
    if place.kind == AreaKind.GRID:
        return (Role.GRID_WORKER,)
    if place.kind == AreaKind.COMMUNITY:
        return (Role.ORGANISER, Role.COMMITTEE_MEMBER, Role.ADMINISTRATOR)
    return (Role.SUPERVISOR, Role.ORGANISER, Role.COMMITTEE_MEMBER, Role.ADMINISTRATOR)


def _e164(text: str) -> str:
    try:
        number = phonenumbers.parse(unicodedata.normalize("NFKC", text), HOME_REGION)
    except phonenumbers.NumberParseException:
        return ""
    return str(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
