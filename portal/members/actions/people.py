"""What a person is called, and which phone is theirs."""

from django.db import transaction
from django.utils import timezone

from portal.members.models import User
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


def verify_phone(*, person: User, phone: str) -> None:
    """Note that ``person`` has just proved to hold ``phone``."""
    person.phone = phone
    person.phone_verified_at = timezone.now()
    person.save(update_fields=["phone", "phone_verified_at"])
