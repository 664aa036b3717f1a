"""Whom to invite and how, and what those who come type."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from portal.members.models import User
from portal.organisations.models import Area, Unit
from portal.proxies.enums import InvitationKind
from portal.proxies.queries import invitable_areas, invitable_units
from webui.forms import NoIdentityNumbersMixin

MOST_USES, LONGEST_DAYS = 500, 90


class InvitationForm(forms.Form):
    """A link or a sheet of cards, for one of the places one invites to."""

    field_order = ("kind", "place", "max_uses", "days")

    kind = forms.ChoiceField(
        label=_("怎样邀请"),
        choices=[
            (InvitationKind.CARDS, _("打印一张 A4 纸，10 张卡，每张给一个人")),
            (InvitationKind.LINK, _("发一个链接，可以给很多人")),
        ],
        widget=forms.RadioSelect,
        error_messages={"required": _("请选一种方式。")},
    )
    max_uses = forms.IntegerField(
        label=_("链接最多给多少人用"),
        help_text=_("打印卡片时不用管，每张卡只能用一次。"),
        initial=30,
        min_value=1,
        max_value=MOST_USES,
        error_messages={
            "required": _("请填一个数。"),
            "invalid": _("请填一个数。"),
            "min_value": _("至少一个人。"),
            "max_value": _("最多 500 人。"),
        },
    )
    days = forms.IntegerField(
        label=_("多少天内有效"),
        initial=30,
        min_value=1,
        max_value=LONGEST_DAYS,
        error_messages={
            "required": _("请填一个数。"),
            "invalid": _("请填一个数。"),
            "min_value": _("至少一天。"),
            "max_value": _("最多 90 天。"),
        },
    )

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        places: list[Area | Unit] = [*invitable_areas(person), *invitable_units(person)]
        self._places = {_key_of(place): place for place in places}
        if len(places) != 1:
            self.fields["place"] = forms.ChoiceField(
                label=_("邀请到哪里"),
                choices=[(key, str(place)) for key, place in self._places.items()],
                error_messages={"required": _("请选一个地方。"), "invalid_choice": _("请从列表里选。")},
            )
        self.order_fields(self.field_order)

    @property
    def has_places(self) -> bool:
        return bool(self._places)

    def place(self) -> Area | Unit:
        return self._places[self.cleaned_data.get("place") or next(iter(self._places))]


class JoinCodeForm(NoIdentityNumbersMixin, forms.Form):
    """The code on a card, or in a link."""

    code = forms.CharField(
        label=_("邀请码"),
        help_text=_("卡片上的字母和数字，大小写、空格和横线都不要紧。"),
        max_length=40,
        widget=forms.TextInput(attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false"}),
        error_messages={"required": _("请填写邀请码。")},
    )


class JoinForm(forms.Form):
    """What to call somebody whom nobody has named yet."""

    def __init__(self, *args: Any, person: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not person.name:
            self.fields["name"] = forms.CharField(
                label=_("姓名"),
                max_length=60,
                widget=forms.TextInput(attrs={"autocomplete": "name"}),
                error_messages={"required": _("请填写姓名。")},
            )


def _key_of(place: Area | Unit) -> str:
    return f"{place._meta.model_name}-{place.pk}"
