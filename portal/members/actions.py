"""What changes about a person, and what is noted about who looked at whom."""

from portal.members.models import ReadLog, User


def log_read(*, reader: User, person: User, what: str, purpose: str) -> ReadLog:
    """Note that ``reader`` was shown ``what`` of ``person``; ``person`` sees this line."""
    return ReadLog.objects.create(reader=reader, person=person, what=what, purpose=purpose)
