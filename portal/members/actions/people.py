"""What a person is called, and which phone is theirs."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import RosterEntry, User
from portal.members.queries import home_unit
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.states import lock, save


@transaction.atomic
def give_name(*, person: User, name: str) -> None:
    """Call ``person`` by ``name`` unless they have one already (a roster's goes first)."""
    name_held(lock(person), name)


def name_held(person: User, name: str) -> None:
    """Do the same for a ``person`` whom the caller has locked."""
    if not person.name:
        person.name = name
        save(person, action="named", by=person, only=["name"])


def correct_name(*, entry: RosterEntry, name: str, by: User | None) -> bool:
    """Call the person of ``entry`` by ``name`` too, where they are called as the roster was wrong; return whether.

    Only the home unit's roster speaks for them. They are told. Locks the person; ``entry`` says the old name yet.
    """
    if entry.person is None or entry.name == name:
        return False
    person = lock(entry.person)
    if person.name != entry.name or home_unit(person) != entry.unit:
        return False
    person.name = name
    save(person, action="renamed", by=by, only=["name"])
    tell(
        recipient=person,
        kind=MessageKind.UNIT,
        title=_("%(unit)s更正了名册，您的姓名现在是%(name)s。") % {"unit": entry.unit, "name": name},
        body=_("如果不对，请联系单位联络员。"),
        url=reverse("members:units"),
    )
    return True


def verify_phone(*, person: User, phone: str) -> None:
    """Note that ``person`` has just proved to hold ``phone``."""
    person.phone = phone
    person.phone_verified_at = timezone.now()
    person.save(update_fields=["phone", "phone_verified_at"])
