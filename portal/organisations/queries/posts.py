"""The posts of a place and of a person, and who looks after which grid."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from django.db.models import Q, QuerySet
from django.utils import timezone

from portal.organisations.enums import AreaKind, Role
from portal.organisations.models import Area, Post, Unit
from portal.organisations.queries.reach import held_on, posts_held, within

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


@dataclass(frozen=True)
class GridCard:
    """Who is responsible for a grid: what may stand on a sign at its door.

    ``phone`` is the grid's, else the community's; ``workers`` are the posts held today.
    """

    grid: Area
    phone: str
    workers: list[Post] = field(default_factory=list)


def posts_at(place: Area | Unit) -> tuple[list[Post], list[Post]]:
    """Return the posts of ``place`` itself that are held today or are still to come, and those that are over."""
    here = Q(area=place) if isinstance(place, Area) else Q(unit=place)
    today = timezone.localdate()
    posts = Post.objects.filter(here).select_related("person", "delegated_from__person").order_by("starts_on", "pk")
    past = posts.filter(Q(ends_on__lte=today) | Q(delegated_from__ends_on__lte=today))
    return list(posts.exclude(pk__in=past.values("pk"))), list(past)


def own_posts(person: "User") -> QuerySet[Post]:
    """Return every post ``person`` has or had, the newest first."""
    return (
        Post.objects.filter(person=person)
        .select_related("area", "unit", "delegated_from__person")
        .prefetch_related("delegations__person")
        .order_by("-starts_on", "-pk")
    )


def posts_to_delegate(person: "User") -> QuerySet[Post]:
    """Return the posts ``person`` holds today in their own right."""
    return posts_held(person).filter(delegated_from__isnull=True)


def is_to_come(post: Post) -> bool:
    """Return whether ``post`` begins after today, and ends later than it begins."""
    return post.starts_on > timezone.localdate() and (post.ends_on is None or post.ends_on > post.starts_on)


def grid_cards(area: Area) -> list[GridCard]:
    """Return a card for each open grid in ``area``, in three queries."""
    grids = _open(Area.objects.filter(within([area.path]), kind=AreaKind.GRID)).order_by("path")
    workers: dict[int | None, list[Post]] = defaultdict(list)
    posts = Post.objects.filter(held_on(timezone.localdate()), role=Role.GRID_WORKER, person__is_active=True)
    for post in posts.filter(within([area.path], field="area__path")).select_related("person").order_by("pk"):
        workers[post.area_id].append(post)
    found = list(grids)
    phones = _phones_above(found)
    return [
        GridCard(grid, grid.phone or phones.get(grid.path[: -grid.steplen], ""), workers[grid.pk]) for grid in found
    ]


def _open(areas: QuerySet[Area]) -> QuerySet[Area]:
    return areas.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate()))


def _phones_above(grids: Iterable[Area]) -> dict[str, str]:
    above = {_above(grid) for grid in grids}
    return dict(Area.objects.filter(path__in=above).values_list("path", "phone"))


def _above(grid: Area) -> str:
    return str(grid.path[: -grid.steplen])
