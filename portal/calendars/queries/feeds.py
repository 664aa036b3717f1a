"""Whose calendar an address opens, and what is in it."""

from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.activities.enums import OPEN, SignUpState
from portal.activities.models import Activity, Shift, SignUp
from portal.activities.queries.teams import shifts_of_team
from portal.calendars import keys
from portal.calendars.models import CalendarAddress
from portal.members.models import User
from portal.teams.models import Team
from portal.teams.queries import is_in
from webui.ical import Entry, Status

BACK, AHEAD = timedelta(days=60), timedelta(days=366)
MOST = 500


def address_of(person: User) -> CalendarAddress | None:
    return CalendarAddress.objects.filter(person=person).first()


def owner_of(secret: str) -> User | None:
    """Return whose address it is, while they may log in."""
    digest = keys.digest_of(secret)
    return User.objects.filter(calendar_address__digest=digest, is_active=True).first()


def team_of(person: User, code: str) -> Team | None:
    """Return the team with ``code`` if ``person`` is in it today."""
    team = Team.objects.filter(code=code).select_related("area").first()
    return team if team is not None and is_in(person, [team]) else None


def sign_ups_to_tell(person: User, *, now: datetime) -> QuerySet[SignUp]:
    """Return the sign-ups of ``person`` of the last two months and the year ahead, given-up ones too, soonest first.

    A calendar that has been told of one must hear that it is off.
    """
    return (
        SignUp.objects.filter(member=person, shift__starts_at__gte=now - BACK, shift__starts_at__lt=now + AHEAD)
        .select_related("shift__activity__area", "calendar_event")
        .order_by("shift__starts_at", "pk")[:MOST]
    )


def entry_of(sign_up: SignUp) -> Entry:
    """Return what a calendar is told of ``sign_up``: what, where and when, nobody's name; the number comes later."""
    shift = sign_up.shift
    state = SignUpState(sign_up.state)
    status = _status_of(state, is_cancelled=shift.activity.is_cancelled)
    waits = status == Status.TENTATIVE
    return _entry_of(
        shift, uid=f"sign-up-{sign_up.pk}@portal.baodao", status=status, note=str(state.label) if waits else ""
    )


def _status_of(state: SignUpState, *, is_cancelled: bool) -> Status:
    if is_cancelled or state not in OPEN:
        return Status.CANCELLED
    return Status.CONFIRMED if state == SignUpState.CONFIRMED else Status.TENTATIVE


def entries_of_activity(activity: Activity) -> list[Entry]:
    """Return each shift of a published activity, to put into a calendar by hand."""
    return [
        _published_entry(shift)
        for shift in activity.shifts.select_related("activity__area").order_by("starts_at", "pk")
    ]


def entries_of_team(team: Team, *, now: datetime) -> list[Entry]:
    """Return what ``team`` did in the last two months and does in the year ahead; what is called off says so."""
    told = shifts_of_team(team).filter(starts_at__gte=now - BACK, starts_at__lt=now + AHEAD)
    return [_published_entry(shift, category=team.name) for shift in told[:MOST]]


def _published_entry(shift: Shift, *, category: str = "") -> Entry:
    activity = shift.activity
    # The names of the public calendar, so that one who also subscribes to that does not see everything twice.
    return _entry_of(
        shift,
        uid=f"{activity.code}-{shift.pk}@activities.baodao",
        status=Status.CANCELLED if activity.is_cancelled or shift.is_called_off else Status.CONFIRMED,
        changed_at=activity.updated_at,
        category=category,
    )


def _entry_of(
    shift: Shift, *, uid: str, status: Status, note: str = "", changed_at: datetime | None = None, category: str = ""
) -> Entry:
    activity = shift.activity
    title = f"{activity.title} · {shift.name}" if shift.name else activity.title
    return Entry(
        uid=uid,
        title=_("%(title)s（%(note)s）") % {"title": title, "note": note} if note else title,
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        location="，".join(filter(None, (activity.area.name, activity.place))),
        url=reverse("activities:detail", args=[activity.code]),
        description=activity.summary,
        category=category or activity.area.name,
        status=status,
        changed_at=changed_at,
        revision=_revision(activity) if changed_at else 0,
    )


def _revision(activity: Activity) -> int:
    """Return the seconds from its publishing to its last change, as the public calendar counts."""
    since = activity.published_at or timezone.now()
    return max(0, int((activity.updated_at - since).total_seconds()))
