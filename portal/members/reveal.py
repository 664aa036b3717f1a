"""A person's phone on a page of somebody on duty: masked, and whole once, by a click that says why and is noted.

For every room that shows a phone: the view checks its own right to the person, passes what ``masked_phone_of`` returns
to its page, and answers the click with what ``reveal_phone`` returns. The page includes ``portal/members/phone.html``.
The phone may also be that of a roster's row, which has a person once somebody has met it.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.members.actions import log_read
from portal.members.enums import PhonePurpose
from portal.members.models import RosterEntry, User
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
        purposes = list(purposes)
        self.only = purposes[0] if len(purposes) == 1 else None  # there is nothing to choose then
        choices = [(purpose.value, purpose.label) for purpose in purposes]
        self.fields["purpose"].choices = choices  # type: ignore[attr-defined]  # a choice field


@dataclass(frozen=True)
class Phone:
    """What a page shows of a phone: ``number`` whole or masked, and the form that asks why, posted to ``address``.

    ``is_noted`` says whether there is somebody who will see the click.
    """

    number: Any
    address: str
    form: PhoneForm
    is_whole: bool = False
    is_noted: bool = True


def masked_phone_of(
    whose: User | RosterEntry, *, address: str, purposes: Iterable[PhonePurpose] = tuple(PhonePurpose)
) -> Phone:
    """Return the phone of ``whose`` as every page shows it at first."""
    form = PhoneForm(auto_id=_auto_id(whose), purposes=purposes)
    return Phone(whose.phone, address, form, is_noted=_person_of(whose) is not None)


def reveal_phone(
    request: MemberRequest,
    *,
    whose: User | RosterEntry,
    address: str,
    place: Area | Unit | None,
    purposes: Iterable[PhonePurpose] = tuple(PhonePurpose),
) -> Phone:
    """Return the whole phone of ``whose`` for this one answer, and note who saw it, in which office and why.

    Without one of ``purposes`` the phone stays masked and the form says so. The caller has checked the right. A row of
    a roster that nobody has met has no person to tell; nobody is told of a look at their own.
    """
    person = _person_of(whose)
    form = PhoneForm(request.POST, auto_id=_auto_id(whose), purposes=purposes)
    if not form.is_valid() or not whose.phone:
        return Phone(whose.phone, address, form, is_noted=person is not None)
    if person and person.pk != request.user.pk:
        purpose = str(PhonePurpose(form.cleaned_data["purpose"]).label)
        log_read(reader=request.user, person=person, what=_("手机号"), purpose=purpose, place=place)
    return Phone(whose.phone, address, form, is_whole=True)


def _person_of(whose: User | RosterEntry) -> User | None:
    return whose if isinstance(whose, User) else whose.person


def _auto_id(whose: User | RosterEntry) -> str:
    return f"phone-{whose.pk}-%s"
