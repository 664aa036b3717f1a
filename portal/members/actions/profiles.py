"""What a person says of themselves."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from portal.members.actions.consents import give_consent
from portal.members.enums import Purpose, Visibility
from portal.members.models import Consent, Profile, ProfileSkill, User
from portal.members.queries import profile_of
from portal.states import lock, save

SKILLS_CONSENT_VERSION = "2026-2"  # the words beside the choice in the profile, and of the consents page


@transaction.atomic
def edit_profile(*, person: User, skills: Collection[str], parts: Mapping[str, Any], by: User | None = None) -> Profile:
    """Write the profile of ``person``: ``skills`` of the known list, and ``parts`` by field name.

    Opening the skills to organisers is the consent to be found by them, and is noted as such. The log says that the
    profile was written and by whom, ``by`` or the person, never what. Locks the person.

    Raises:
        django.core.exceptions.ValidationError: a value is not of the known lists.
    """
    person = lock(person)
    profile = profile_of(person)
    for name, value in parts.items():
        setattr(profile, name, value)
    save(profile, action="edited", by=by or person)
    profile.known_skills.exclude(skill__in=skills).delete()
    has = set(profile.known_skills.values_list("skill", flat=True))
    for skill in sorted(set(skills) - has):
        row = ProfileSkill(profile=profile, skill=skill)
        row.full_clean()
        row.save()
    if profile.skills_seen_by == Visibility.ORGANISERS:
        _agree_to_be_found(person, by=by)
    return profile


def _agree_to_be_found(person: User, *, by: User | None) -> None:
    given = Consent.objects.filter(person=person, purpose=Purpose.SKILLS, withdrawn_at__isnull=True)
    if not given.exists():
        give_consent(person=person, purpose=Purpose.SKILLS, text_version=SKILLS_CONSENT_VERSION, by=by)
