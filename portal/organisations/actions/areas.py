"""Areas are opened, renamed and ended."""

from datetime import date
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from portal.organisations.actions.trees import finish, plant, refuse_ended
from portal.organisations.enums import AreaKind
from portal.organisations.errors import KindBelowError
from portal.organisations.models import Area
from portal.organisations.queries import communities, standing
from portal.organisations.signals import area_ending
from portal.states import lock, save

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

LEVELS = tuple(AreaKind.values)  # from the widest to the narrowest


@transaction.atomic
def open_area(
    *,
    above: Area | None,
    code: str,
    name: str,
    kind: AreaKind,
    by: "User | None",
    phone: str = "",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
    starts_on: date | None = None,
) -> Area:
    """Open an area below ``above`` from ``starts_on`` (today) on; without ``above`` it is a tree of its own.

    Raises:
        KindBelowError: ``kind`` is not narrower than that of ``above``.
        CodeTakenError: another area has the code, ended ones included.
        PlaceEndedError: ``above`` has ended by then.
    """
    if above is not None and LEVELS.index(kind) <= LEVELS.index(above.kind):
        raise KindBelowError
    facts = {"name": name, "kind": kind, "phone": phone, "latitude": latitude, "longitude": longitude}
    area = Area(code=code, starts_on=starts_on or timezone.localdate(), **facts)
    return plant(area, above=above, by=by)


@transaction.atomic
def change_area(
    *,
    area: Area,
    name: str,
    phone: str,
    by: "User | None",
    latitude: Decimal | None = None,
    longitude: Decimal | None = None,
) -> Area:
    """Give an area another name, phone or middle (none given, none known). Changing nothing writes nothing.

    Raises:
        PlaceEndedError: it has ended; what it was called stays.
    """
    area = lock(area)
    refuse_ended(area)
    after = {"name": name, "phone": phone, "latitude": latitude, "longitude": longitude}
    before = {field: getattr(area, field) for field in after}
    if before != after:
        for field, value in after.items():
            setattr(area, field, value)
        save(area, action="changed", by=by, data={"before": _plain(before), "after": _plain(after)})
    return area


@transaction.atomic
def end_area(*, area: Area, by: "User | None", on: date | None = None) -> Area:
    """End an area from ``on`` (today), with the posts there. Ending it again changes nothing.

    Raises:
        StillInUseError: something below it is open, or a room above still needs it (merge it instead).
        DatesCrossedError: ``on`` is before it began.
    """
    area = lock(area)
    if area.ends_on is None:
        on = on or timezone.localdate()
        area_ending.send(Area, area=area, on=on, by=by)
        finish(area, on=on, by=by)
    return area


def hold_communities(*areas: Area) -> set[int]:
    """Lock ``areas`` in the order of their keys, and return the keys of those that are communities and open now.

    Whatever puts something new into a community holds it first, before any person or unit: a merger holds both
    communities, and then whoever has something there. So either it waits and takes the new thing along, or the new
    thing waits and finds the community ended.
    """
    held = communities().select_for_update(no_key=True, of=("self",)).filter(pk__in={area.pk for area in areas})
    return set(held.order_by("pk").values_list("pk", flat=True))


def hold_standing(area: Area) -> Area:
    """Lock what stands in the place of ``area`` today, and return it as it is then.

    For whatever may as well go to what followed. One that ended with nobody following stands for itself: ask
    ``has_ended``.
    """
    held = lock(area)
    while (after := standing(held)).pk != held.pk:
        held = lock(after)
    return held


def _plain(facts: dict[str, Any]) -> dict[str, Any]:
    """Return what the log keeps: degrees as text, none where there are none."""
    return {
        name: str(value) if isinstance(value, Decimal) else value for name, value in facts.items() if value is not None
    }
