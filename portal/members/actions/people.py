"""What a person is called, and which phone is theirs."""

from django.db import transaction
from django.utils import timezone

from portal.members.models import User
from portal.states import lock, save


@transaction.atomic
def give_name(*, person: User, name: str) -> None:
    """Call ``person`` by ``name`` unless they have one already (a roster's goes first)."""
    person = lock(person)
    if not person.name:
        person.name = name
        save(person, action="named", by=person)


@transaction.atomic
def verify_phone(*, person: User, phone: str) -> None:
    """Note that ``person`` has just proved to hold ``phone``."""
    person.phone = phone
    person.phone_verified_at = timezone.now()
    person.save(update_fields=["phone", "phone_verified_at"])
