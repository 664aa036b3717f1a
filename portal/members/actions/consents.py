"""What a person agrees to, and takes back."""

from django.db import transaction
from django.utils import timezone

from portal.members.enums import Purpose
from portal.members.models import Consent, User
from portal.states import for_whom, save


@transaction.atomic
def give_consent(*, person: User, purpose: Purpose, text_version: str, by: User | None = None) -> Consent:
    """Note that ``person`` agreed to ``purpose`` in the words of ``text_version``; it replaces an earlier yes.

    ``by`` is who took the consent on paper or by word, where the person did not give it here themselves.
    """
    withdraw_consent(person=person, purpose=purpose)
    consent = Consent(person=person, purpose=purpose, text_version=text_version)
    save(consent, action="given", by=by or person, data=for_whom(person.pk, by))
    return consent


@transaction.atomic
def withdraw_consent(*, person: User, purpose: Purpose) -> None:
    """End the consent of ``person`` to ``purpose``, if there is one."""
    for consent in Consent.objects.select_for_update(no_key=True).filter(
        person=person, purpose=purpose, withdrawn_at__isnull=True
    ):
        consent.withdrawn_at = timezone.now()
        save(consent, action="withdrawn", by=person)
