"""What opening and ending have in common in both trees."""

from datetime import date
from typing import TYPE_CHECKING, TypeVar

from django.db.models import Q
from wagtail.log_actions import log

from portal.organisations.actions.posts import end_post
from portal.organisations.errors import CodeTakenError, DatesCrossedError, PlaceEndedError, StillInUseError
from portal.organisations.models import Area, Post, Unit
from portal.organisations.queries import within
from portal.states import lock, save

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

Place = TypeVar("Place", Area, Unit)


def plant(place: Place, *, above: Place | None, by: "User | None") -> Place:
    """Put a new ``place`` below ``above``, or beside the roots; locks ``above``."""
    model = place.__class__
    if model.objects.filter(code=place.code).exists():
        raise CodeTakenError
    if above is not None:
        above = lock(above)
        refuse_ended(above, on=place.starts_on)
    place.full_clean(exclude=["path", "depth", "numchild"])
    if above is None:
        model.add_root(instance=place)
    else:
        above.add_child(instance=place)
    log(place, f"organisations.{model._meta.model_name}.opened", user=by, data={"code": place.code})
    return place


def finish(place: Place, *, on: date, by: "User | None") -> Place:
    """End ``place`` and the posts there from ``on``; what lies below must have ended before."""
    if place.starts_on and on < place.starts_on:
        raise DatesCrossedError
    below = place.__class__.objects.filter(within([place.path])).exclude(pk=place.pk)
    if below.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=on)).exists():
        raise StillInUseError
    here = Q(area=place) if isinstance(place, Area) else Q(unit=place)
    for post in Post.objects.filter(here, Q(ends_on__isnull=True) | Q(ends_on__gt=on), delegated_from__isnull=True):
        end_post(post=post, by=by, ends_on=max(on, post.starts_on))
    place.ends_on = on
    save(place, action="ended", by=by)
    return place


def refuse_ended(place: Area | Unit, *, on: date | None = None) -> None:
    if place.ends_on and (on is None or place.ends_on <= on):
        raise PlaceEndedError
