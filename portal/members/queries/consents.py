"""Who agreed to what."""

from collections.abc import Collection

from django.db.models import Exists, OuterRef

from portal.members.enums import Purpose
from portal.members.models import Consent


def agreed_to_sms(people: Collection[int]) -> set[int]:
    """Return the keys of those of ``people`` who let us remind them by text message today."""
    given = Consent.objects.filter(person__in=people, purpose=Purpose.SMS_REMINDERS, withdrawn_at__isnull=True)
    return set(given.values_list("person_id", flat=True))


def agrees_to_skills(person: str) -> Exists:
    """Return the condition that whoever the field ``person`` points at lets communities find them by their skills."""
    return Exists(Consent.objects.filter(person=OuterRef(person), purpose=Purpose.SKILLS, withdrawn_at__isnull=True))
