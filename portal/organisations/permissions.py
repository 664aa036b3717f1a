"""Who may do what, and where: role × action × scope, in one table.

A right comes from a post and reaches the subtree of the post's place. What belongs to a person themselves (their own
report-in, records, data) needs no post and is asked in the room it belongs to. Views, rules and queries ask here; the
table in ``docs/permissions.md`` is written from it, and a test compares the two.
"""

from collections.abc import Mapping
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet

from portal.organisations.enums import Action, Role
from portal.organisations.models import Area, Unit
from portal.organisations.queries import (
    areas_reached,
    paths_held,
    reaches_area,
    reaches_unit,
    roles_held,
    units_reached,
    within,
)

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

GRANTS: Mapping[Action, frozenset[Role]] = {
    Action.VIEW_AREA: frozenset(
        {Role.ORGANISER, Role.SUPERVISOR, Role.ADMINISTRATOR, Role.GRID_WORKER, Role.COMMITTEE_MEMBER}
    ),
    Action.VIEW_AREA_MEMBERS: frozenset({Role.ORGANISER}),
    Action.VIEW_UNIT: frozenset({Role.UNIT_CONTACT, Role.ADMINISTRATOR}),
    Action.MANAGE_AREAS: frozenset({Role.ADMINISTRATOR}),
    Action.MANAGE_UNITS: frozenset({Role.ADMINISTRATOR}),
    Action.APPOINT: frozenset({Role.ADMINISTRATOR}),
    Action.KEEP_ROSTER: frozenset({Role.UNIT_CONTACT}),
    Action.SEE_GAP_LIST: frozenset({Role.UNIT_CONTACT}),
    Action.REVIEW_REPORT_IN: frozenset({Role.ORGANISER}),
    Action.REVIEW_SILENT_REPORT_IN: frozenset({Role.SUPERVISOR}),
    Action.KEEP_ADDRESS_NAMES: frozenset({Role.ORGANISER, Role.ADMINISTRATOR}),
    Action.ENTER_FOR_PERSON: frozenset({Role.ORGANISER}),
    Action.INVITE: frozenset({Role.ORGANISER, Role.UNIT_CONTACT}),
    Action.REPORT_UNIT_IN: frozenset({Role.UNIT_CONTACT}),
    Action.REVIEW_UNIT_REPORT_IN: frozenset({Role.ORGANISER}),
    Action.DECIDE_LEAVE: frozenset({Role.UNIT_CONTACT}),
    Action.DECIDE_EXEMPTION: frozenset({Role.UNIT_CONTACT, Role.ORGANISER}),
    Action.HOLD_GROUP_PLACES: frozenset({Role.UNIT_CONTACT}),
    Action.RUN_ACTIVITIES: frozenset({Role.ORGANISER}),
    Action.MANAGE_TEAMS: frozenset({Role.ORGANISER}),
    Action.CALL_SERVICE_DAY: frozenset({Role.SUPERVISOR, Role.ADMINISTRATOR}),
    Action.CONFIRM_RECORDS: frozenset({Role.ORGANISER}),
    # In a small community nobody else may be free to answer: the level above helps.
    Action.ANSWER_RECORD_OBJECTIONS: frozenset({Role.ORGANISER, Role.SUPERVISOR}),
    Action.LOOK_AT_HINTS: frozenset({Role.ORGANISER, Role.SUPERVISOR}),
    Action.ANSWER_AREA_REPORTS: frozenset({Role.ORGANISER}),
    Action.ANSWER_UNIT_REPORTS: frozenset({Role.UNIT_CONTACT}),
    Action.SEE_NUMBERS: frozenset({Role.SUPERVISOR}),
}

# A unit also lies in an area. For these an administrator's post at the area reaches the units in it.
THROUGH_THE_AREA: frozenset[Action] = frozenset({Action.VIEW_UNIT, Action.MANAGE_UNITS, Action.APPOINT})


def may(person: "User", action: Action, place: Area | Unit) -> bool:
    """Return whether a post of today lets ``person`` do ``action`` at ``place``."""
    if isinstance(place, Area):
        return reaches_area(person, place, roles=GRANTS[action])
    if reaches_unit(person, place, roles=GRANTS[action]):
        return True
    return action in THROUGH_THE_AREA and place.area is not None and may(person, action, place.area)


def may_somewhere(person: "User", action: Action) -> bool:
    """Return whether there is any place where ``person`` may do ``action``."""
    return bool(roles_held(person) & GRANTS[action])


def areas_for(person: "User", action: Action) -> QuerySet[Area]:
    """Return the areas where ``person`` may do ``action``."""
    return areas_reached(person, roles=GRANTS[action])


def units_for(person: "User", action: Action) -> QuerySet[Unit]:
    """Return the units where ``person`` may do ``action``."""
    if action in THROUGH_THE_AREA:
        return units_reached(person, roles=GRANTS[action], through_areas=True)
    return units_reached(person, roles=GRANTS[action])


def reach_of(person: "User", action: Action) -> tuple[list[str], list[str]]:
    """Return the paths of the areas and of the units beneath which ``person`` may do ``action``."""
    roles = GRANTS[action]
    return paths_held(person, roles=roles, place="area"), paths_held(person, roles=roles, place="unit")


def in_areas_of(person: "User", action: Action, *, field: str = "area") -> Q:
    """Return the condition that the area named by ``field`` is one where ``person`` may do ``action``.

    It compares the place's own path with the ranges of the posts: beside ``field__in=areas_for(…)`` the planner sees
    how little is asked, and walks an index in the wanted order.
    """
    return _in_reach(paths_held(person, roles=GRANTS[action], place="area"), field)


def in_units_of(person: "User", action: Action, *, field: str = "unit") -> Q:
    """Return the same condition for the unit named by ``field``."""
    condition = _in_reach(paths_held(person, roles=GRANTS[action], place="unit"), field)
    if action in THROUGH_THE_AREA:
        condition |= _in_reach(paths_held(person, roles=GRANTS[action], place="area"), f"{field}__area")
    return condition


def _in_reach(paths: list[str], field: str) -> Q:
    # No post, no place: an empty condition would let everything through.
    return within(paths, field=f"{field}__path") if paths else Q(pk__in=())
