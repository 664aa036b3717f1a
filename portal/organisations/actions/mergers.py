"""Areas become one, or one becomes several. What happened before stays with the old area and its days."""

from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone
from wagtail.log_actions import log

from portal.organisations.actions.concerned import hold_concerned
from portal.organisations.actions.posts import appoint, end_post
from portal.organisations.actions.trees import finish, plant
from portal.organisations.enums import ChangeKind, Role
from portal.organisations.errors import EndInFutureError, MergeUnfitError, PostOverlapsError, SplitUnfitError
from portal.organisations.models import Area, AreaChange, Post, Unit
from portal.organisations.queries import within
from portal.organisations.signals import Concerned, area_concerned, area_merged, area_split
from portal.states import lock, save

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


@dataclass(frozen=True)
class Part:
    """One area that a split makes, and which of the old area's own parts (grids) go with it."""

    code: str
    name: str
    phone: str = ""
    below: Sequence[Area] = field(default_factory=tuple)


@transaction.atomic
def merge_areas(
    *, areas: Iterable[Area], into: Area, by: "User | None", on: date | None = None, act: str = ""
) -> list[AreaChange]:
    """End ``areas`` on the day (today), with ``into`` following them.

    What lies below moves to ``into``; posts end and are given anew there; units there lie there; ``area_merged`` tells
    the rooms above, once for each area. Locks all of them, then whoever has something there: units, then people, each
    in the order of their keys, as everybody does.

    Raises:
        MergeUnfitError: not areas of one kind, open, and different from ``into``.
        EndInFutureError: the day is still to come.
    """
    on = _day(on)
    held = _hold([*areas, into])
    into = held.pop(into.pk, into)
    if not held or not all(_may_follow(area, into) for area in held.values()):
        raise MergeUnfitError
    _hold_concerned(list(held.values()), on=on)
    return [_merge(area, into, on=on, act=act, by=by) for area in held.values()]


@transaction.atomic
def split_area(
    *, area: Area, parts: Sequence[Part], by: "User | None", on: date | None = None, act: str = ""
) -> list[Area]:
    """End ``area`` on the day (today) and open ``parts`` in its place; return them.

    What lies below goes where its part says, else to the first. Nobody knows yet who lives in which part: posts, units
    and, through ``area_split``, what the rooms above keep go to the first part, and people move on from there.

    Raises:
        SplitUnfitError: fewer than two parts, a code twice, something below that is not the area's, or an ended area.
        EndInFutureError: the day is still to come.
        CodeTakenError: another area has one of the codes.
    """
    on = _day(on)
    area = lock(area)
    _check_parts(area, parts)
    _hold_concerned([area], on=on)
    above = area.get_parent()
    opened = [_open_part(part, area, above, on=on, by=by) for part in parts]
    for part, after in zip(parts, opened, strict=True):
        _move_below(list(part.below), after, by=by)
        _note(ChangeKind.SPLIT, area, after, on=on, act=act, by=by)
    _hand_over(area, opened[0], on=on, act=act, by=by)
    area_split.send(Area, before=area, after=opened[0], on=on, by=by)
    return opened


def _merge(area: Area, into: Area, *, on: date, act: str, by: "User | None") -> AreaChange:
    change = _note(ChangeKind.MERGED, area, into, on=on, act=act, by=by)
    _hand_over(area, into, on=on, act=act, by=by)
    area_merged.send(Area, before=area, after=into, on=on, by=by)
    return change


def _hand_over(area: Area, after: Area, *, on: date, act: str, by: "User | None") -> None:
    _move_below(_open_children(area), after, by=by)
    for post in _posts([area], on).select_related("person"):
        _follow(post, after, on=on, act=act, by=by)
    for unit in _units([area], on):
        unit.area = after
        save(unit, action="changed", by=by, data={"before": {"area_id": area.pk}, "after": {"area_id": after.pk}})
    area.refresh_from_db()
    finish(area, on=on, by=by)


def _follow(post: Post, after: Area, *, on: date, act: str, by: "User | None") -> None:
    ends_on = post.ends_on
    starts_on = max(on, post.starts_on)
    end_post(post=post, by=by, ends_on=starts_on)
    if not post.person.is_active:
        return
    with suppress(PostOverlapsError):  # they serve in the following area already
        appoint(
            person=post.person,
            role=Role(post.role),
            area=after,
            by=by,
            starts_on=starts_on,
            ends_on=ends_on,
            title=post.title,
            act=act or post.act,
        )


def _move_below(areas: Iterable[Area], after: Area, *, by: "User | None") -> None:
    for area in areas:
        before = area.get_parent()
        area.move(Area.objects.get(pk=after.pk), "last-child")  # treebeard counts on the instance
        area.refresh_from_db()
        log(
            area,
            "organisations.area.moved",
            user=by,
            data={"from": before.code if before else "", "to": after.code},
        )


def _note(kind: ChangeKind, before: Area, after: Area, *, on: date, act: str, by: "User | None") -> AreaChange:
    change = AreaChange(kind=kind, before=before, after=after, on=on, act=act, made_by=by)
    save(change, action=kind, by=by, data={"before": before.code, "after": after.code})
    return change


def _open_part(part: Part, area: Area, above: Area | None, *, on: date, by: "User | None") -> Area:
    phone = part.phone or area.phone
    return plant(Area(code=part.code, name=part.name, kind=area.kind, phone=phone, starts_on=on), above=above, by=by)


def _open_children(area: Area) -> list[Area]:
    below = Area.objects.filter(within([area.path]), depth=area.depth + 1)
    return list(below.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=timezone.localdate())).order_by("path"))


def _check_parts(area: Area, parts: Sequence[Part]) -> None:
    own = {child.pk for child in _open_children(area)}
    chosen = [child.pk for part in parts for child in part.below]
    codes = {part.code for part in parts}
    if area.ends_on or len(parts) < 2 or len(codes) < len(parts):
        raise SplitUnfitError
    if len(set(chosen)) < len(chosen) or not own.issuperset(chosen):
        raise SplitUnfitError


def _may_follow(area: Area, into: Area) -> bool:
    return area.kind == into.kind and area.ends_on is None and into.ends_on is None


def _hold(areas: Iterable[Area]) -> dict[int, Area]:
    return {area.pk: lock(area) for area in sorted(areas, key=lambda area: area.pk)}


def _hold_concerned(areas: list[Area], *, on: date) -> None:
    """Lock whoever has something in ``areas`` before any row of theirs, so that nobody waits crosswise."""
    own = Concerned(people=[_posts(areas, on).values("person")], units=[_units(areas, on).values("pk")])
    answers: list[tuple[Any, Any]] = area_concerned.send(Area, areas=areas)
    hold_concerned([own, *(concerned for _receiver, concerned in answers)])


def _posts(areas: list[Area], on: date) -> QuerySet[Post]:
    posts = Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), area__in=areas)
    return posts.filter(delegated_from__isnull=True)


def _units(areas: list[Area], on: date) -> QuerySet[Unit]:
    return Unit.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on), area__in=areas)


def _day(on: date | None) -> date:
    today = timezone.localdate()
    if on and on > today:
        raise EndInFutureError
    return on or today
