"""Who gets and who leaves a post, and who stands in for whom."""

from datetime import date
from typing import TYPE_CHECKING

from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.enums import AreaKind, Role
from portal.organisations.errors import (
    CannotDelegateError,
    DatesCrossedError,
    DelegateToSelfError,
    DelegationOutsidePostError,
    PersonUnavailableError,
    PlaceEndedError,
    PostOverlapsError,
    WrongPlaceError,
)
from portal.organisations.models import Area, Post, Unit
from portal.organisations.queries import nearest_holders, posts_to_delegate
from portal.states import lock, save

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User

AT_AN_AREA = frozenset({Role.ORGANISER, Role.GRID_WORKER, Role.COMMITTEE_MEMBER})
AT_A_UNIT = frozenset({Role.UNIT_CONTACT})


@transaction.atomic
def appoint(
    *,
    person: "User",
    role: Role,
    area: Area | None = None,
    unit: Unit | None = None,
    by: "User | None",
    starts_on: date | None = None,
    ends_on: date | None = None,
    title: str = "",
    act: str = "",
) -> Post:
    """Give ``person`` a post at one place, from ``starts_on`` (today) until ``ends_on``. Locks the person; tells them.

    Whoever appoints themselves does so before the eyes of the other administrators: they are told.

    ``title`` is what they are called there, ``act`` the paper that says so.

    Raises:
        WrongPlaceError: not exactly one place, or one where the role means nothing.
        PlaceEndedError: the place has ended by then.
        PersonUnavailableError: the account is closed.
        DatesCrossedError: it would end before it begins.
        PostOverlapsError: the person holds this very post in those days already.
    """
    _check_place(role, area, unit)
    person = lock(person)
    starts_on = starts_on or timezone.localdate()
    post = Post(
        person=person, role=role, area=area, unit=unit, starts_on=starts_on, ends_on=ends_on, title=title, act=act
    )
    _check_person_and_days(post)
    save(post, action="appointed", by=by, data={"role": role, "act": act})
    details = {"place": post.area or post.unit, "role": Role(role).label}
    tell(
        recipient=person,
        kind=MessageKind.WORK,
        title=_("您已担任%(place)s的%(role)s。") % details,
        url=reverse("organisations:my_posts"),
    )
    if by and by.pk == person.pk:
        _tell_other_administrators(post)
    return post


@transaction.atomic
def end_post(*, post: Post, by: "User | None", ends_on: date | None = None) -> Post:
    """End a post, and what was handed on from it; from ``ends_on`` (today) on neither gives a right. Idempotent.

    A post whose end lies ahead is ended earlier.

    Raises:
        DatesCrossedError: ``ends_on`` is before the post begins.
    """
    post = lock(post)
    ends_on = ends_on or timezone.localdate()
    if post.ends_on is not None and post.ends_on <= max(ends_on, timezone.localdate()):
        return post
    if post.starts_on > ends_on:
        raise DatesCrossedError
    for delegation in Post.objects.filter(delegated_from=post, ends_on__gt=ends_on):
        _close(delegation, on=ends_on, by=by)
    _close(post, on=ends_on, by=by)
    return post


@transaction.atomic
def delegate(*, post: Post, to: "User", by: "User", starts_on: date, ends_on: date) -> Post:
    """Let ``to`` stand in for the holder of ``post`` from ``starts_on`` until ``ends_on``. Tells both.

    Locks the post. It ends with the post, whatever its own end says.

    Raises:
        CannotDelegateError: ``by`` does not hold ``post`` today in their own right; a stand-in hands nothing on.
        DelegateToSelfError: a person cannot stand in for themselves.
        DelegationOutsidePostError: the days are past, crossed, or outside the post's.
        PersonUnavailableError: the account of ``to`` is closed.
        PostOverlapsError: ``to`` holds this very post in those days already.
    """
    lock(to)
    post = lock(post, "area", "unit", "person")
    if post.person_id != by.pk or not posts_to_delegate(by).filter(pk=post.pk).exists():
        raise CannotDelegateError
    if to.pk == by.pk:
        raise DelegateToSelfError
    if not max(post.starts_on, timezone.localdate()) <= starts_on < ends_on <= (post.ends_on or date.max):
        raise DelegationOutsidePostError
    delegation = Post(
        person=to,
        role=post.role,
        area=post.area,
        unit=post.unit,
        delegated_from=post,
        starts_on=starts_on,
        ends_on=ends_on,
    )
    _check_person_and_days(delegation)
    save(delegation, action="delegated", by=by, data={"to": to.pk})
    _tell_both(delegation)
    return delegation


@transaction.atomic
def revoke(*, delegation: Post, by: "User") -> Post:
    """Take back at once what was handed on; one still to come never begins. Idempotent. Tells both."""
    delegation = lock(delegation, "delegated_from", "person", "area", "unit")
    today = timezone.localdate()
    if delegation.ends_on is None or delegation.ends_on > today:
        _close(delegation, on=max(today, delegation.starts_on), by=by, action="revoked")
    return delegation


def _close(post: Post, *, on: date, by: "User | None", action: str = "ended") -> None:
    post.ends_on = max(on, post.starts_on)
    save(post, action=action, by=by)
    details = {"place": post.area or post.unit, "role": post.get_role_display(), "day": post.ends_on}
    url = reverse("organisations:my_posts")
    if post.delegated_from is None:
        tell(
            recipient=post.person,
            kind=MessageKind.WORK,
            title=_("您在%(place)s的%(role)s职责到 %(day)s 结束。") % details,
            url=url,
        )
        return
    tell(
        recipient=post.person,
        kind=MessageKind.WORK,
        title=_("您受托的%(place)s%(role)s职责已结束。") % details,
        url=url,
    )
    tell(
        recipient=post.delegated_from.person,
        kind=MessageKind.WORK,
        title=_("您交给%(name)s的%(place)s%(role)s职责已收回。") % {**details, "name": post.person},
        url=url,
    )


def _tell_both(delegation: Post) -> None:
    details = {
        "place": delegation.area or delegation.unit,
        "role": delegation.get_role_display(),
        "to": delegation.person,
        "from": delegation.delegated_from and delegation.delegated_from.person,
        "start": delegation.starts_on,
        "end": delegation.ends_on,
    }
    url = reverse("organisations:my_posts")
    tell(
        recipient=delegation.person,
        kind=MessageKind.WORK,
        title=_("%(from)s委托您代理%(place)s的%(role)s：%(start)s 起，%(end)s 止。") % details,
        url=url,
    )
    if delegation.delegated_from:
        tell(
            recipient=delegation.delegated_from.person,
            kind=MessageKind.WORK,
            title=_("您已把%(place)s的%(role)s委托给%(to)s：%(start)s 起，%(end)s 止。") % details,
            url=url,
        )


def _tell_other_administrators(post: Post) -> None:
    place = post.area or (post.unit and post.unit.area)
    others = nearest_holders(place, role=Role.ADMINISTRATOR, exclude=post.person) if place else []
    details = {"name": post.person, "place": post.area or post.unit, "role": Role(post.role).label}
    title = _("%(name)s给自己安排了职责：%(place)s的%(role)s。") % details
    tell_each(others, Note(title=title, kind=MessageKind.SECURITY))


def _check_place(role: Role, area: Area | None, unit: Unit | None) -> None:
    if (area is None) == (unit is None):
        raise WrongPlaceError
    if (role in AT_AN_AREA and area is None) or (role in AT_A_UNIT and unit is None):
        raise WrongPlaceError
    if role == Role.GRID_WORKER and area is not None and area.kind != AreaKind.GRID:
        raise WrongPlaceError


def _check_person_and_days(post: Post) -> None:
    """Refuse a closed account, an ended place, crossed days, and the same post twice in the same days."""
    if not post.person.is_active:
        raise PersonUnavailableError
    place = post.area or post.unit
    if place and place.ends_on and place.ends_on <= post.starts_on:
        raise PlaceEndedError
    if post.ends_on and post.ends_on <= post.starts_on:
        raise DatesCrossedError
    before_its_end = Q(starts_on__lt=post.ends_on) if post.ends_on else Q()
    same = Post.objects.filter(
        before_its_end,
        Q(ends_on__isnull=True) | Q(ends_on__gt=post.starts_on),
        person=post.person,
        role=post.role,
        area=post.area,
        unit=post.unit,
    )
    if same.exists():
        raise PostOverlapsError
