"""Units and their branches are opened, changed and ended."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.utils import timezone

from portal.organisations.actions.concerned import hold_concerned
from portal.organisations.actions.trees import finish, plant, refuse_ended
from portal.organisations.enums import UnitKind
from portal.organisations.errors import CreditCodeTakenError
from portal.organisations.models import Area, Unit
from portal.organisations.signals import unit_concerned, unit_ending
from portal.states import lock, save

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


@transaction.atomic
def open_unit(
    *,
    code: str,
    name: str,
    kind: UnitKind,
    by: "User | None",
    above: Unit | None = None,
    area: Area | None = None,
    credit_code: str | None = None,
    phone: str = "",
    starts_on: date | None = None,
) -> Unit:
    """Open a unit, or below ``above`` a branch of it, from ``starts_on`` (today) on. A branch lies where its unit lies.

    Raises:
        CodeTakenError, CreditCodeTakenError: another unit has the code, ended ones included.
        PlaceEndedError: ``above`` has ended by then.
    """
    _check_credit_code(credit_code, but=None)
    unit = Unit(
        code=code,
        name=name,
        kind=kind,
        area=area or (above.area if above else None),
        credit_code=credit_code or None,
        phone=phone,
        starts_on=starts_on or timezone.localdate(),
    )
    return plant(unit, above=above, by=by)


@transaction.atomic
def change_unit(
    *, unit: Unit, name: str, kind: UnitKind, area: Area | None, credit_code: str | None, phone: str, by: "User | None"
) -> Unit:
    """Say something else about a unit. Changing nothing writes nothing.

    Raises:
        PlaceEndedError: it has ended; what it was stays.
        CreditCodeTakenError: another unit has that code.
    """
    unit = lock(unit)
    refuse_ended(unit)
    _check_credit_code(credit_code, but=unit)
    after = {
        "name": name,
        "kind": str(kind),
        "area_id": area.pk if area else None,
        "credit_code": credit_code or None,
        "phone": phone,
    }
    before = {field: getattr(unit, field) for field in after}
    if before != after:
        for field, value in after.items():
            setattr(unit, field, value)
        save(unit, action="changed", by=by, data={"before": before, "after": after})
    return unit


@transaction.atomic
def end_unit(*, unit: Unit, by: "User | None", on: date | None = None) -> Unit:
    """End a unit from ``on`` (today), with the posts there and whatever rooms above hold of it. Idempotent.

    Locks the unit, then everybody a room above holds something of, then what it holds.

    Raises:
        StillInUseError: a branch is open.
        EndInFutureError: ``on`` is still to come, and somebody belongs to it.
        DatesCrossedError: ``on`` is before it began.
    """
    unit = lock(unit)
    if unit.ends_on is None:
        on = on or timezone.localdate()
        answers: list[tuple[Any, Any]] = unit_concerned.send(Unit, unit=unit)
        hold_concerned(concerned for _receiver, concerned in answers)
        unit_ending.send(Unit, unit=unit, on=on, by=by)
        finish(unit, on=on, by=by)
    return unit


def _check_credit_code(code: str | None, *, but: Unit | None) -> None:
    if code and Unit.objects.filter(credit_code=code).exclude(pk=but.pk if but else None).exists():
        raise CreditCodeTakenError
