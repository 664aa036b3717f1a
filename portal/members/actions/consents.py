"""What a person agrees to, and takes back."""

from django.db import transaction
from django.utils import timezone

from portal.members.enums import Purpose
from portal.members.models import Consent, User
from portal.states import save


@transaction.atomic
def give_consent(*, person: User, purpose: Purpose, text_version: str) -> Consent:
    """Note that ``person`` agreed to ``purpose`` in the words of ``text_version``; it replaces an earlier yes."""
    withdraw_consent(person=person, purpose=purpose)
    consent = Consent(person=person, purpose=purpose, text_version=text_version)
    save(consent, action="given", by=person)
    return consent


@transaction.atomic
def withdraw_consent(*, person: User, purpose: Purpose) -> None:
    """End the consent of ``person`` to ``purpose``, if there is one."""
    for consent in Consent.objects.select_for_update(no_key=True).filter(
        person=person, purpose=purpose, withdrawn_at__isnull=True
    ):
        consent.withdrawn_at = timezone.now()
        save(consent, action="withdrawn", by=person)
