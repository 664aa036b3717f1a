"""Who gets and who leaves a post."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils import timezone

from portal.organisations.enums import Role
from portal.organisations.errors import PostOverlapsError, WrongPlaceError
from portal.organisations.models import Area, Post, Unit
from portal.organisations.queries import open_on
from portal.states import lock, save

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


@transaction.atomic
def appoint(
    *,
    person: "User",
    role: Role,
    area: Area | None = None,
    unit: Unit | None = None,
    by: "User | None",
    starts_on: date | None = None,
) -> Post:
    """Give ``person`` a post at one place, from ``starts_on`` (today) on. Locks the person.

    Raises:
        WrongPlaceError: not exactly one place, or one where the role means nothing.
        PostOverlapsError: the person holds this very post already.
    """
    _check_place(role, area, unit)
    lock(person)
    starts_on = starts_on or timezone.localdate()
    if Post.objects.filter(open_on(starts_on), person=person, role=role, area=area, unit=unit).exists():
        raise PostOverlapsError
    post = Post(person=person, role=role, area=area, unit=unit, starts_on=starts_on)
    save(post, action="appointed", by=by)
    return post


@transaction.atomic
def end_post(*, post: Post, by: "User | None", ends_on: date | None = None) -> Post:
    """End a post; from ``ends_on`` (today) on it gives no right. Ending it again changes nothing."""
    post = lock(post)
    if post.ends_on is None:
        post.ends_on = ends_on or timezone.localdate()
        save(post, action="ended", by=by)
    return post


def _check_place(role: Role, area: Area | None, unit: Unit | None) -> None:
    if (area is None) == (unit is None):
        raise WrongPlaceError
    if (role == Role.ORGANISER and area is None) or (role == Role.UNIT_CONTACT and unit is None):
        raise WrongPlaceError
