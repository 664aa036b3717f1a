"""What a community has still to do follows it, and places held for a unit go when it ends; in one transaction."""

from datetime import date
from typing import Any

from django.dispatch import receiver
from django.utils.translation import gettext as _

from portal.activities.actions.following import follow
from portal.activities.actions.groups import release_with_unit
from portal.activities.models import GroupPlaces
from portal.members.models import User
from portal.organisations.models import Area, Unit
from portal.organisations.signals import area_merged, area_split, unit_end_asked, unit_ending


@receiver([area_merged, area_split], dispatch_uid="activities.follow_area")
def follow_area(sender: type[Area], *, before: Area, after: Area, by: User | None, **kwargs: Any) -> None:
    follow(before=before, after=after, by=by)


@receiver(unit_ending, dispatch_uid="activities.release_with_unit")
def let_places_go(sender: type[Unit], *, unit: Unit, on: date, by: User | None, **kwargs: Any) -> None:
    release_with_unit(unit=unit, on=on, by=by)


@receiver(unit_end_asked, dispatch_uid="activities.foretell")
def foretell(sender: type[Unit], *, unit: Unit, **kwargs: Any) -> list[str]:
    number = sum(group.unnamed for group in GroupPlaces.objects.filter(unit=unit, closed_at__isnull=True))
    if not number:
        return []
    text = _(
        "为单位留的 %(number)d 个名额还没有写名字：今天或以前停用的，马上退给排队的人；"
        "停用日期在以后的，到写名字的期限再退。"
    )
    return [text % {"number": number}]
