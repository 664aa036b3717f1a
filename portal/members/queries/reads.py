"""Who looked at whom, and in which office."""

from django.db.models import QuerySet

from portal.members.models import ReadLog, User
from portal.organisations.models import Area, Post, Unit
from portal.organisations.queries import posts_held


def reads_of(person: User, *, year: int | None = None) -> QuerySet[ReadLog]:
    """Return who looked at ``person``, in ``year`` if given, newest first."""
    reads = ReadLog.objects.filter(person=person).select_related("reader")
    return reads.filter(read_at__year=year) if year else reads


def years_read(person: User) -> list[int]:
    """Return the years in which somebody looked at ``person``, newest first."""
    return [day.year for day in ReadLog.objects.filter(person=person).order_by().dates("read_at", "year", order="DESC")]


def office_of(person: User, *, place: Area | Unit | None = None) -> str:
    """Return the post ``person`` holds today, at or above ``place`` if given: ``云水社区 社区工作者``; else nothing."""
    posts = posts_held(person).select_related("area", "unit").order_by("pk")
    fitting = [post for post in posts if place is None or _reaches(post, place)]
    nearest = max(fitting, key=lambda post: len(_seat(post).path), default=None)
    return f"{_seat(nearest)} {nearest.get_role_display()}" if nearest else ""


def _reaches(post: Post, place: Area | Unit) -> bool:
    seat = _seat(post)
    return isinstance(seat, type(place)) and place.path.startswith(seat.path)


def _seat(post: Post) -> Area | Unit:
    seat = post.area or post.unit
    if seat is None:  # the database has a constraint against it
        raise ValueError(post.pk)
    return seat
