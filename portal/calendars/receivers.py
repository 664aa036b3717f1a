"""Service days follow their city, district or street, in the same transaction."""

from typing import Any

from django.dispatch import receiver

from portal.calendars.actions.following import follow
from portal.members.models import User
from portal.organisations.models import Area
from portal.organisations.signals import area_merged, area_split


@receiver([area_merged, area_split], dispatch_uid="calendars.follow_area")
def follow_area(sender: type[Area], *, before: Area, after: Area, by: User | None, **kwargs: Any) -> None:
    follow(before=before, after=after, by=by)
