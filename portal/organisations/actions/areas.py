"""Areas are opened, renamed and ended."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.organisations.actions.trees import finish, plant, refuse_ended
from portal.organisations.enums import AreaKind
from portal.organisations.errors import KindBelowError
from portal.organisations.models import Area
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
    area = Area(code=code, name=name, kind=kind, phone=phone, starts_on=starts_on or timezone.localdate())
    return plant(area, above=above, by=by)


@transaction.atomic
def change_area(*, area: Area, name: str, phone: str, by: "User | None") -> Area:
    """Give an area another name or phone. Changing nothing writes nothing.

    Raises:
        PlaceEndedError: it has ended; what it was called stays.
    """
    area = lock(area)
    refuse_ended(area)
    before = {"name": area.name, "phone": area.phone}
    if before != {"name": name, "phone": phone}:
        area.name, area.phone = name, phone
        save(area, action="changed", by=by, data={"before": before, "after": {"name": name, "phone": phone}})
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
