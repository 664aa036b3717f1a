"""Noting who was shown what of whom, and why."""

from hashlib import sha256

from django.utils import timezone

from portal.members.models import ReadLog, User
from portal.members.queries import office_of
from portal.organisations.models import Area, Unit


def log_read(
    *, reader: User | None, person: User, what: str, purpose: str, place: Area | Unit | None = None, office: str = ""
) -> ReadLog:
    """Note that ``reader`` was shown ``what`` of ``person``; ``person`` sees this line.

    ``place`` is where the reader was on duty; it tells which of several posts is named. A command or an export that no
    person stands at reads with ``reader`` ``None`` and says in ``office`` what it is.
    """
    office = office or (office_of(reader, place=place) if reader else "")
    return ReadLog.objects.create(reader=reader, person=person, what=what, purpose=purpose, office=office)


def log_read_once(
    *, reader: User, person: User, what: str, purpose: str, place: Area | Unit | None = None
) -> ReadLog | None:
    """Note a look at a page of ``person``, once a day for the same purpose; ``None`` where it was one's own."""
    if reader.pk == person.pk:
        return None
    known = (reader.pk, person.pk, what, purpose, timezone.localdate().isoformat())
    once = sha256("\n".join(map(str, known)).encode()).hexdigest()
    noted = ReadLog.objects.filter(once=once).first()
    if noted is None:
        fields = {"reader": reader, "person": person, "what": what, "purpose": purpose}
        noted, _new = ReadLog.objects.get_or_create(
            once=once, defaults=fields | {"office": office_of(reader, place=place)}
        )
    return noted
