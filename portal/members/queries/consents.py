"""Who agreed to what."""

from collections.abc import Collection

from portal.members.enums import Purpose
from portal.members.models import Consent


def agreed_to_sms(people: Collection[int]) -> set[int]:
    """Return the keys of those of ``people`` who let us remind them by text message today."""
    given = Consent.objects.filter(person__in=people, purpose=Purpose.SMS_REMINDERS, withdrawn_at__isnull=True)
    return set(given.values_list("person_id", flat=True))
