"""What an organiser enters for somebody of their community, through the very actions the person would use."""

from collections.abc import Collection
from typing import Any

from django.db import IntegrityError, transaction

from portal.activities.actions import declare_age, sign_up, withdraw
from portal.activities.models import Position, Shift, SignUp
from portal.activities.queries import audience
from portal.members.actions import edit_profile
from portal.members.enums import Visibility
from portal.members.models import User
from portal.proxies.actions.mandates import Mandate
from portal.proxies.enums import EntryKind
from portal.proxies.errors import (
    NotManagedError,
    NotSignedUpError,
    PhoneTakenError,
    ShiftNotOursError,
    SignedUpAlreadyError,
)
from portal.proxies.models import ProxyEntry
from portal.proxies.queries import is_managed
from portal.report_in.actions import submit_report_in
from portal.states import save


@transaction.atomic
def report_in_for(*, person: User, mandate: Mandate, note: str = "") -> ProxyEntry:
    """Report ``person`` in to the community of ``mandate``. Locks both.

    Raises:
        ProxyError: it is oneself, or nobody of one's own community, or the paper form cannot be used.
        ReportInError: as when the person does it themselves.
    """
    person = mandate.hold(person)
    report_in = submit_report_in(person=person, area=mandate.area, note=note, by=mandate.by)
    return mandate.enter(person, EntryKind.REPORT_IN, report_in=report_in)


@transaction.atomic
def sign_up_for(
    *, person: User, shift: Shift, mandate: Mandate, position: Position | None = None, meets_age: bool = False
) -> ProxyEntry:
    """Sign ``person`` up for a shift in the community of ``mandate``. Entering it twice is one entry.

    ``meets_age`` is their word that they have the age the activity asks for; it is kept as if they had typed it.

    Raises:
        ProxyError: as above, or the shift is another community's, or another than the paper's.
        SignUpError: as when the person does it themselves.
    """
    person = mandate.hold(person)
    _refuse_foreign(shift, mandate)
    standing = SignUp.objects.filter(shift=shift, member=person).first()
    if standing and standing.is_open:
        return _entered_before(standing)
    if meets_age:
        asked = audience.undeclared(list(audience.rules_of(shift.activity)), person)
        declare_age(person=person, rules=asked, by=mandate.by)
    mine = sign_up(shift=shift, member=person, by=mandate.by, position=position)
    return mandate.enter(person, EntryKind.SIGN_UP, sign_up=mine)


@transaction.atomic
def withdraw_for(*, sign_up: SignUp, mandate: Mandate) -> ProxyEntry:
    """Give back the place of a member who asked for it.

    Raises:
        ProxyError: as above.
        SignUpError: as when the member does it themselves.
    """
    person = mandate.hold(sign_up.member)
    _refuse_foreign(sign_up.shift, mandate)
    sign_up.refresh_from_db(fields=["state"])
    if not sign_up.is_open:
        raise NotSignedUpError
    given_back = withdraw(sign_up=sign_up, by=mandate.by)
    return mandate.enter(person, EntryKind.WITHDRAWAL, sign_up=given_back)


@transaction.atomic
def correct_for(*, person: User, mandate: Mandate, name: str, phone: str = "") -> ProxyEntry:
    """Correct the name of somebody who has never logged in, or note their first phone.

    Raises:
        NotManagedError: the person looks after their own data.
        PhoneTakenError: somebody else has the phone.
        ProxyError: as above.
    """
    person = mandate.hold(person)
    _refuse_unless_managed(person)
    changes: dict[str, Any] = {"name": name, "phone": phone or None}
    changed = [field for field, value in changes.items() if str(getattr(person, field) or "") != str(value or "")]
    if phone and User.objects.filter(phone=phone).exclude(pk=person.pk).exists():
        raise PhoneTakenError
    for field in changed:
        setattr(person, field, changes[field])
    try:
        with transaction.atomic():
            save(person, action="corrected", by=mandate.by, data={"for": person.pk, "fields": changed})
    except IntegrityError as error:  # somebody signed up with it this very moment
        raise PhoneTakenError from error
    return mandate.enter(person, EntryKind.CORRECTION)


@transaction.atomic
def profile_for(
    *, person: User, mandate: Mandate, skills: Collection[str], own_skills: str = "", wishes: str = ""
) -> ProxyEntry:
    """Write what somebody who has never logged in can and would like to do; organisers of the community see it.

    Raises:
        NotManagedError: the person looks after their own data.
        ProxyError: as above.
        django.core.exceptions.ValidationError: a skill is not of the known list.
    """
    person = mandate.hold(person)
    _refuse_unless_managed(person)
    seen = dict.fromkeys(("skills_seen_by", "wishes_seen_by"), Visibility.ORGANISERS)
    parts = {"own_skills": own_skills, "wishes": wishes, **seen}
    edit_profile(person=person, skills=skills, parts=parts, by=mandate.by)
    return mandate.enter(person, EntryKind.PROFILE)


def _refuse_unless_managed(person: User) -> None:
    if not is_managed(person):
        raise NotManagedError


def _entered_before(sign_up: SignUp) -> ProxyEntry:
    before = ProxyEntry.objects.filter(sign_up=sign_up, kind=EntryKind.SIGN_UP).first()
    if before is None:
        raise SignedUpAlreadyError
    return before


def _refuse_foreign(shift: Shift, mandate: Mandate) -> None:
    is_ours = shift.activity.area_id == mandate.area.pk or shift.activity.area.is_descendant_of(mandate.area)
    form = mandate.paper_form
    if not is_ours or (form and form.shift_id and form.shift_id != shift.pk):
        raise ShiftNotOursError
