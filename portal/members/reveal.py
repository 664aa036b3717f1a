"""A person's phone on a page of somebody on duty: masked, and whole once, by a click that says why and is noted.

For every room that shows a phone: the view checks its own right to the person, passes what ``masked_phone_of`` returns
to its page, and answers the click with what ``reveal_phone`` returns. The page includes ``portal/members/phone.html``.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.members.actions import log_read
from portal.members.enums import PhonePurpose
from portal.members.models import User
from portal.organisations.models import Area, Unit
from webui.htmx import MemberRequest


class PhoneForm(forms.Form):
    """Why one needs the whole number."""

    purpose = forms.ChoiceField(
        label=gettext_lazy("查看手机号的用途"),
        help_text=gettext_lazy("本人会看到是谁、为什么看了手机号。"),
        error_messages={
            "required": gettext_lazy("请选一个用途。"),
            "invalid_choice": gettext_lazy("请选一个用途。"),
        },
    )

    def __init__(self, *args: Any, purposes: Iterable[PhonePurpose], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(purpose.value, purpose.label) for purpose in purposes]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]  # a choice field


@dataclass(frozen=True)
class Phone:
    """What a page shows of a phone: ``number`` whole or masked, and the form that asks why, posted to ``address``."""

    number: Any
    address: str
    form: PhoneForm
    is_whole: bool = False


def masked_phone_of(person: User, *, address: str, purposes: Iterable[PhonePurpose] = tuple(PhonePurpose)) -> Phone:
    """Return the phone of ``person`` as every page shows it at first."""
    return Phone(person.phone, address, PhoneForm(auto_id=f"phone-{person.pk}-%s", purposes=purposes))


def reveal_phone(
    request: MemberRequest,
    *,
    person: User,
    address: str,
    place: Area | Unit | None,
    purposes: Iterable[PhonePurpose] = tuple(PhonePurpose),
) -> Phone:
    """Return the whole phone of ``person`` for this one answer, and note who saw it, in which office and why.

    Without one of ``purposes`` the phone stays masked and the form says so. The caller has checked the right.
    """
    form = PhoneForm(request.POST, auto_id=f"phone-{person.pk}-%s", purposes=purposes)
    if not form.is_valid():
        return Phone(person.phone, address, form)
    purpose = str(PhonePurpose(form.cleaned_data["purpose"]).label)
    log_read(reader=request.user, person=person, what=_("手机号"), purpose=purpose, place=place)
    return Phone(person.phone, address, form, is_whole=True)
