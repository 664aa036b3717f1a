"""What a person is called, which phone is theirs, and what is noted about who looked at whom."""

from django.db import transaction
from django.utils import timezone

from portal.members.models import ReadLog, User
from portal.states import lock, save


def log_read(*, reader: User, person: User, what: str, purpose: str) -> ReadLog:
    """Note that ``reader`` was shown ``what`` of ``person``; ``person`` sees this line."""
    return ReadLog.objects.create(reader=reader, person=person, what=what, purpose=purpose)


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
