"""What a person says of themselves."""

from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from portal.members.models import Profile, ProfileSkill, User
from portal.members.queries import profile_of
from portal.states import lock, save


@transaction.atomic
def edit_profile(*, person: User, skills: Collection[str], parts: Mapping[str, Any], by: User | None = None) -> Profile:
    """Write the profile of ``person``: ``skills`` of the known list, and ``parts`` by field name.

    The log says that it was written and by whom, ``by`` or the person, never what. Locks the person.

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
    return profile
