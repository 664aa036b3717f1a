"""What a person is shown before they say yes to putting two accounts together."""

from dataclasses import dataclass

from django.db.models import Sum

from portal.activities.models import SignUp
from portal.members.models import User
from portal.personal_data.enums import OnMerging
from portal.personal_data.merging import decided
from portal.points.queries import balance, points_of
from portal.records.enums import COUNTS
from portal.records.models import ServiceRecord
from portal.records.queries import served_twice
from portal.report_in.queries import open_residence
from portal.teams.queries import memberships_of


@dataclass(frozen=True)
class Preview:
    """What moves, as pairs of a name and how many, and what both accounts have already.

    Minutes and points leave out what would count twice.
    """

    lines: list[tuple[str, int]]
    minutes: int
    points: int
    same_shifts: int
    same_teams: int
    live_in_both: bool
    served_twice: list[ServiceRecord]

    @property
    def has_conflicts(self) -> bool:
        return bool(self.same_shifts or self.same_teams or self.live_in_both or self.served_twice)


def merge_preview(*, gone: User, kept: User) -> Preview:
    """Return what would move from ``gone`` to ``kept``, and what is there twice."""
    twice = served_twice(gone=gone, kept=kept)
    own_teams = {membership.team_id for membership in memberships_of(kept)}
    counted = ServiceRecord.objects.filter(member=gone, state__in=COUNTS)
    return Preview(
        lines=_lines(gone),
        minutes=counted.aggregate(total=Sum("minutes", default=0))["total"] - sum(record.minutes for record in twice),
        points=balance(gone) - points_of(twice),
        same_shifts=SignUp.objects.filter(member=gone, shift__sign_ups__member=kept).count(),
        same_teams=sum(membership.team_id in own_teams for membership in memberships_of(gone)),
        live_in_both=open_residence(gone) is not None and open_residence(kept) is not None,
        served_twice=twice,
    )


def _lines(gone: User) -> list[tuple[str, int]]:
    counts: dict[str, int] = {}
    for holding in decided(OnMerging.MOVED):
        name = str(holding.subject.name)
        counts[name] = counts.get(name, 0) + holding.rows(gone).count()
    return [(name, count) for name, count in counts.items() if count]
