"""A unit ends, and lets go of everybody in it at once, however many they are."""

from datetime import date

from django.db import transaction
from django.db.models import DateField, F, Q, QuerySet, Value
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.enums import OPEN_MOVES, UNIT_MOVE_TRANSITIONS, Ending, UnitMoveState
from portal.members.models import HomeMembership, RosterEntry, UnitMove, User
from portal.members.queries import open_in_unit
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.errors import EndInFutureError
from portal.organisations.models import Unit
from portal.states import logged_together, move, note


@transaction.atomic
@logged_together()
def dissolve(*, unit: Unit, on: date, by: User | None) -> int:
    """End the memberships of ``unit``, its roster and the moves to it as of ``on``; return how many memberships.

    Members are told. The caller holds the unit. Locks the people by their keys, then the rows.

    Raises:
        EndInFutureError: the day is still to come, and somebody is there.
    """
    homes, rows = open_in_unit(unit)
    if on > timezone.localdate() and (homes.exists() or rows.exists()):
        raise EndInFutureError(_("日期不能晚于今天：这里还有成员，到了那一天再操作，隶属关系才会当天结束。"))
    _hold_people(unit, homes, rows)
    _close_roster(rows, on=on, by=by)
    members = _end_homes(homes, on=on, by=by)
    movers = _withdraw_moves(unit, by=by)
    details = {"unit": unit}
    tell_each(
        members,
        Note(
            title=_("%(unit)s已经停用，您在那里的隶属关系随之结束。") % details,
            body=_("您的报到、服务记录和积分都还在。新单位把您列入名册后，会请您确认。"),
            url=reverse("members:units"),
            kind=MessageKind.UNIT,
        ),
    )
    tell_each(
        movers,
        Note(
            title=_("%(unit)s已经停用，调到那里的确认不再进行。") % details,
            url=reverse("members:units"),
            kind=MessageKind.UNIT,
        ),
    )
    return len(members)


def _hold_people(unit: Unit, homes: "QuerySet[HomeMembership]", rows: "QuerySet[RosterEntry]") -> None:
    moving = UnitMove.objects.filter(to_unit=unit, state__in=OPEN_MOVES)
    there = Q(pk__in=homes.values("person")) | Q(pk__in=rows.values("person")) | Q(pk__in=moving.values("person"))
    list(User.objects.filter(there).order_by("pk").select_for_update(no_key=True).values_list("pk"))


def _close_roster(rows: "QuerySet[RosterEntry]", *, on: date, by: User | None) -> None:
    # Before the memberships: whoever meets a row just now holds it, and their membership is there once it is free.
    for entry in rows.select_related("unit"):
        note(entry, "members.rosterentry.left", by=by)
    rows.update(left_on=on, last_import=None)  # no undone import brings them back


def _end_homes(homes: "QuerySet[HomeMembership]", *, on: date, by: User | None) -> list[User]:
    found = list(homes.select_related("person", "unit"))
    for home in found:
        note(home, "members.homemembership.ended", by=by, data={"ending": str(Ending.DISSOLVED)})
    day = Greatest(Value(on, output_field=DateField()), F("starts_on"))
    homes.update(ends_on=day, ending=Ending.DISSOLVED)
    return [home.person for home in found]


def _withdraw_moves(unit: Unit, *, by: User | None) -> list[User]:
    found = UnitMove.objects.filter(to_unit=unit, state__in=OPEN_MOVES).select_related("person", "from_unit", "to_unit")
    movers = []
    for unit_move in found:
        move(unit_move, to=UnitMoveState.WITHDRAWN, by=by, transitions=UNIT_MOVE_TRANSITIONS)
        movers.append(unit_move.person)
    return movers
