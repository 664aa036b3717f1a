"""A unit ends, and lets go of everybody in it at once, however many they are."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import DateField, F, QuerySet, Value
from django.db.models.functions import Greatest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.enums import OPEN_MOVES, Ending, UnitMoveState
from portal.members.models import HomeMembership, RosterEntry, UnitMove, User
from portal.members.queries import open_in_unit
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.errors import EndInFutureError
from portal.organisations.models import Unit
from portal.states import note_each


@transaction.atomic
def dissolve(*, unit: Unit, on: date, by: User | None) -> int:
    """End the memberships of ``unit``, its roster and the moves to it as of ``on``; return how many memberships.

    Members are told. The caller holds the unit and the people. The number of statements is the same for one and for
    thousands.

    Raises:
        EndInFutureError: the day is still to come, and somebody is there.
    """
    homes, rows = open_in_unit(unit)
    if on > timezone.localdate() and (homes.exists() or rows.exists()):
        raise EndInFutureError(_("日期不能晚于今天：这里还有成员，到了那一天再操作，隶属关系才会当天结束。"))
    _close_roster(rows, unit=unit, on=on, by=by)
    members = _end_homes(homes, unit=unit, on=on, by=by)
    movers = _withdraw_moves(unit, by=by)
    details = {"unit": unit}
    tell_each(
        members,
        Note(
            title=_("%(unit)s已经停用，您在那里的隶属关系随之结束。") % details,
            body=_(
                "您的报到、服务记录和积分都还在。新单位把您列入名册后，会登记为您的所属单位，并告诉您；"
                "有几个单位的名册上都有您的，登录时请您选一个。"
            ),
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


def _close_roster(rows: "QuerySet[RosterEntry]", *, unit: Unit, on: date, by: User | None) -> None:
    # Before the memberships: whoever meets a row just now holds it, and their membership is there once it is free.
    note_each(rows, "members.rosterentry.left", label=str(unit), by=by)
    rows.update(left_on=on, last_import=None)  # no undone import brings them back


def _end_homes(homes: "QuerySet[HomeMembership]", *, unit: Unit, on: date, by: User | None) -> list[User]:
    members = _people_of(homes)
    data = {"ending": str(Ending.DISSOLVED)}
    note_each(homes, "members.homemembership.ended", label=str(unit), by=by, data=data)
    day = Greatest(Value(on, output_field=DateField()), F("starts_on"))
    homes.update(ends_on=day, ending=Ending.DISSOLVED)
    return members


def _withdraw_moves(unit: Unit, *, by: User | None) -> list[User]:
    movers: list[User] = []
    for state in OPEN_MOVES:
        found = UnitMove.objects.filter(to_unit=unit, state=state)
        movers += _people_of(found)
        data = {"from": str(state), "to": str(UnitMoveState.WITHDRAWN)}
        note_each(found, "members.unitmove.withdrawn", label=str(unit), by=by, data=data)
        found.update(state=UnitMoveState.WITHDRAWN)
    return movers


def _people_of(rows: "QuerySet[Any]") -> list[User]:
    people = User.objects.filter(pk__in=rows.order_by().values("person")).order_by("pk")
    return list(people.only("phone", "email", "is_active"))  # what telling them needs
