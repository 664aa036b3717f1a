"""Who holds which post, and which places a post reaches.

A subtree is one range of the index on treebeard's ``path``: a parent's path is the prefix of its descendants' paths.
A range compares in the index's own collation, so the plain unique index answers it on SQLite and on PostgreSQL whatever
the database's collation: digits and capitals, all a path has, sort alike in all of them. (A ``LIKE`` would need
``varchar_pattern_ops`` outside collation C; nothing here asks one.)

An area that was merged or split keeps what happened there, and those who serve in what came of it answer for it: a post
reaches what its area came from too, joined in the same query. So an activity to come, a record that waits and an
objection of years later always have somebody.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable
from contextvars import ContextVar
from datetime import date
from functools import wraps
from typing import TYPE_CHECKING, NamedTuple, ParamSpec, TypeVar

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.organisations.enums import AreaKind, Role
from portal.organisations.models import Area, Post, Unit

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

LAST_STEP = "Z"  # the highest digit of treebeard's paths
PATH_LENGTH = 255
# What an area came from, and what that came from: as often as a place is merged or split while its past still matters.
CAME_FROM = tuple("__".join(["changes_before__before"] * times) for times in (1, 2, 3))
AREA_PATHS = ("area__path", *(f"area__{earlier}__path" for earlier in CAME_FROM))

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class Held(NamedTuple):
    """A post of today: the role, and the paths of its area and what that came from, or of its unit."""

    role: str
    area: tuple[str | None, ...]
    unit: tuple[str | None, ...]


_read_once: ContextVar[dict[int, list[Held]] | None] = ContextVar("posts_read_once", default=None)


def posts_held(person: "User", *, role: Role | None = None, on: date | None = None) -> QuerySet[Post]:
    """Return the posts ``person`` holds on the day (today); a post no longer counts on the day it ends."""
    posts = Post.objects.filter(held_on(on or timezone.localdate()), person=person)
    return posts.filter(role=role) if role else posts


def areas_reached(person: "User", *, roles: Collection[Role]) -> QuerySet[Area]:
    """Return every area within the places where ``person`` holds one of ``roles``."""
    paths = paths_held(person, roles=roles, place="area")
    return Area.objects.filter(within(paths)) if paths else Area.objects.none()


def units_reached(person: "User", *, roles: Collection[Role], through_areas: bool = False) -> QuerySet[Unit]:
    """Return every unit and branch within the units where ``person`` holds one of ``roles``.

    ``through_areas`` adds the units that lie in an area where ``person`` holds one.
    """
    paths = paths_held(person, roles=roles, place="unit")
    condition = within(paths)
    if through_areas and (areas := paths_held(person, roles=roles, place="area")):
        condition |= within(areas, field="area__path")
    return Unit.objects.filter(condition) if condition else Unit.objects.none()


def reaches_area(person: "User", area: Area, *, roles: Collection[Role]) -> bool:
    return _covers(paths_held(person, roles=roles, place="area"), area.path)


def reaches_unit(person: "User", unit: Unit, *, roles: Collection[Role]) -> bool:
    return _covers(paths_held(person, roles=roles, place="unit"), unit.path)


def communities() -> QuerySet[Area]:
    """Return the communities open today, neighbours beside each other."""
    return Area.objects.filter(
        Q(starts_on__isnull=True) | Q(starts_on__lte=timezone.localdate()),
        Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate()),
        kind=AreaKind.COMMUNITY,
    ).order_by("path")


def nearest_holders(place: Area | Unit, *, role: Role, exclude: "User | None" = None) -> "list[User]":
    """Return who holds ``role`` today at ``place``, or at the nearest place above it that has somebody else.

    Those of an area that has ended are those of what came of it. ``exclude`` is whom it is about: they do not answer
    themselves, so their own post counts as empty.
    """
    field = "area" if isinstance(place, Area) else "unit"
    posts = Post.objects.filter(
        held_on(timezone.localdate()),
        role=role,
        person__is_active=True,
        **{f"{field}__path__in": [path for one in _standing(place) for path in _lineage(one, place.steplen)]},
    )
    if exclude:
        posts = posts.exclude(person=exclude)
    levels: dict[int, list[User]] = defaultdict(list)
    for post in posts.select_related("person", field).order_by("pk"):
        levels[getattr(post, field).depth].append(post.person)
    return list(dict.fromkeys(levels[max(levels)])) if levels else []


def open_on(day: date) -> Q:
    return Q(starts_on__lte=day) & (Q(ends_on__isnull=True) | Q(ends_on__gt=day))


def held_on(day: date) -> Q:
    """Return the condition that a post gives its rights on ``day``: open, and if handed on, from an open post."""
    stands = Q(delegated_from__starts_on__lte=day) & (
        Q(delegated_from__ends_on__isnull=True) | Q(delegated_from__ends_on__gt=day)
    )
    return open_on(day) & (Q(delegated_from__isnull=True) | stands)


def within(paths: Iterable[str], *, field: str = "path") -> Q:
    """Return the condition that ``field`` lies in the subtree of one of ``paths``."""
    condition = Q()
    for path in paths:
        condition |= Q(**{f"{field}__range": (path, path.ljust(PATH_LENGTH, LAST_STEP))})
    return condition


def paths_held(person: "User", *, roles: Collection[Role], place: str) -> list[str]:
    """Return the paths of the places (``area`` or ``unit``) where ``person`` holds one of ``roles`` today.

    With an area go those that were merged into it or split to make it.
    """
    found: Iterable[Iterable[str | None]]
    if _read_once.get() is None:
        posts = posts_held(person).filter(role__in=roles, **{f"{place}__isnull": False})
        found = posts.values_list(*(AREA_PATHS if place == "area" else ("unit__path",))).distinct()
    else:
        found = [getattr(post, place) for post in _held(person) if post.role in roles]
    return list(dict.fromkeys(path for paths in found for path in paths if path))


def roles_held(person: "User") -> set[str]:
    """Return the roles ``person`` holds anywhere today."""
    return {post.role for post in _held(person)}


def posts_read_once(view: Callable[Given, Answer]) -> Callable[Given, Answer]:
    """Let a view that only reads ask for the posts of a person once, however many rights it asks about.

    Not for a view that writes: whoever loses a post in between would keep it until the answer is written.
    """

    @wraps(view)
    def reading(*args: Given.args, **kwargs: Given.kwargs) -> Answer:
        token = _read_once.set({})
        try:
            return view(*args, **kwargs)
        finally:
            _read_once.reset(token)

    return reading


def _held(person: "User") -> list[Held]:
    known = _read_once.get()
    if known is None or person.pk not in known:
        posts = posts_held(person).order_by("pk").values_list("role", "unit__path", *AREA_PATHS)
        found = [Held(role, area=tuple(areas), unit=(unit,)) for role, unit, *areas in posts]
        if known is None:
            return found
        known[person.pk] = found
    return known[person.pk]


def _covers(paths: Iterable[str], path: str) -> bool:
    return any(path.startswith(reached) for reached in paths)


def _standing(place: Area | Unit) -> list[str]:
    """Return the path of ``place`` and, if it is an area that has ended, of what came of it."""
    if isinstance(place, Unit) or place.ends_on is None:
        return [place.path]
    came_from = Q()
    for earlier in CAME_FROM:
        came_from |= Q(**{earlier: place})
    return [place.path, *Area.objects.filter(came_from).values_list("path", flat=True).distinct()]


def _lineage(path: str, step: int) -> list[str]:
    return [path[:end] for end in range(step, len(path) + 1, step)]
