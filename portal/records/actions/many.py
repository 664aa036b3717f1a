"""Many at once: each on its own, so that one refusal keeps nothing else from being confirmed."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from portal.activities.models import Attendance
from portal.members.models import User
from portal.records import queries
from portal.records.actions.confirming import confirm_attendance, confirm_own_service
from portal.records.errors import AlreadyConfirmedError, RecordError
from portal.records.models import OwnService


@dataclass(frozen=True)
class Choice:
    """What is to be confirmed, by key."""

    attendances: Sequence[int] = ()
    services: Sequence[int] = ()

    def __len__(self) -> int:
        return len(self.attendances) + len(self.services)


@dataclass
class Outcome:
    """What became of a choice. ``attendances`` and ``services`` hold each refusal by key."""

    confirmed: int = 0
    attendances: dict[int, str] = field(default_factory=dict)
    services: dict[int, str] = field(default_factory=dict)

    @property
    def reasons(self) -> list[tuple[str, int]]:
        """Each reason with how many it kept back, the most frequent first."""
        return Counter([*self.attendances.values(), *self.services.values()]).most_common()


def confirm_many(*, choice: Choice, by: User) -> Outcome:
    """Confirm what of ``choice`` waits where ``by`` confirms; what another confirmed meanwhile is no refusal.

    Each row is a transaction of its own. Sent twice, the second time finds nothing left to do.
    """
    outcome = Outcome()
    for attendance in queries.records_to_confirm(by).filter(pk__in=choice.attendances):
        _one(outcome, outcome.attendances, attendance, by=by)
    for service in queries.own_services_to_confirm(by).filter(pk__in=choice.services):
        _one(outcome, outcome.services, service, by=by)
    return outcome


def _one(outcome: Outcome, refusals: dict[int, str], source: Attendance | OwnService, *, by: User) -> None:
    try:
        if isinstance(source, Attendance):
            confirm_attendance(attendance=source, by=by)
        else:
            confirm_own_service(service=source, by=by)
    except AlreadyConfirmedError:
        return
    except RecordError as refusal:
        refusals[source.pk] = refusal.message
    else:
        outcome.confirmed += 1
