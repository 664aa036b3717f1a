"""The city being built: what one part of the build leaves for the next."""

import random
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from config.demo.progress import Progress
from config.demo.scale import Scale
from portal.members.models import User
from portal.organisations.models import Area, Unit

SEED = 20260101


@dataclass
class City:
    """Everything is drawn from one seed, so the same day gives the same city."""

    scale: Scale
    progress: Progress
    today: date = field(default_factory=timezone.localdate)
    dice: random.Random = field(default_factory=lambda: random.Random(SEED))  # noqa: S311 -- invented data, no secret
    area: Area = field(init=False)
    districts: list[Area] = field(default_factory=list)
    streets: list[Area] = field(default_factory=list)
    communities: list[Area] = field(default_factory=list)
    units: list[Unit] = field(default_factory=list)
    roles: dict[str, User] = field(default_factory=dict)
    members: list[User] = field(default_factory=list)
    organisers: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # by community
    residents: dict[int, list[User]] = field(default_factory=lambda: defaultdict(list))  # accepted, by community
    unit_of: dict[int, Unit] = field(default_factory=dict)  # by member
    contacts: dict[int, User] = field(default_factory=dict)  # by unit
    picture_files: list[str] = field(default_factory=list)

    @property
    def home(self) -> Area:
        """The community the roles of the demo live and work in."""
        return self.communities[0]

    def day(self, days: int) -> date:
        return self.today + timedelta(days=days)

    def at(self, days: int, hour: float) -> datetime:
        """Return the moment ``days`` from today at ``hour`` (9.5 is half past nine)."""
        start = datetime.combine(self.day(days), time())
        return timezone.make_aware(start + timedelta(minutes=round(hour * 60)))


def shares(total: int, parts: int) -> list[int]:
    """Divide ``total`` things among ``parts`` as evenly as can be, the first ones getting more."""
    return [total // parts + (number < total % parts) for number in range(parts)]
