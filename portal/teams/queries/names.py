"""Whose whole name the others of a team see."""

from collections.abc import Iterable

from portal.members.enums import Purpose
from portal.members.models import Consent, User
from webui.templatetags.webui import masked_name


def names_shown(people: Iterable[User], *, reader: User | None = None) -> dict[int, str]:
    """Return how each of ``people`` is named to others, by key: in full by consent and to oneself, else masked."""
    people = list(people)
    agreed = set(
        Consent.objects.filter(
            person__in=[person.pk for person in people], purpose=Purpose.PUBLIC_NAME, withdrawn_at__isnull=True
        ).values_list("person_id", flat=True)
    )
    if reader:
        agreed.add(reader.pk)
    return {person.pk: str(person) if person.pk in agreed else masked_name(person.name) for person in people}
