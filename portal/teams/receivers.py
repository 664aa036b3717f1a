"""Teams follow their community, in the same transaction."""

from typing import Any

from django.dispatch import receiver

from portal.members.models import User
from portal.organisations.models import Area
from portal.organisations.signals import area_ending, area_merged, area_split
from portal.teams.actions.following import follow, refuse_while_open


@receiver([area_merged, area_split], dispatch_uid="teams.follow_area")
def follow_area(sender: type[Area], *, before: Area, after: Area, by: User | None, **kwargs: Any) -> None:
    follow(before=before, after=after, by=by)


@receiver(area_ending, dispatch_uid="teams.keep_area")
def keep_area(sender: type[Area], *, area: Area, **kwargs: Any) -> None:
    refuse_while_open(area=area)
