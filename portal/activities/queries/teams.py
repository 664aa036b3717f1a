"""What a team does next: the activities that name it."""

from collections import defaultdict
from collections.abc import Sequence

from django.db.models import QuerySet
from django.urls import reverse
from django.utils import timezone

from portal.activities.enums import ActivityState, Audience, RuleKind, ShiftState, SignUpState
from portal.activities.models import EntryRule, Shift, SignUp
from portal.teams.models import Team
from portal.teams.queries import TeamActivity, members_of


def team_activities(team: Team, limit: int, only_public: bool) -> list[TeamActivity]:
    """Return the shifts to come of the published activities that are for ``team``, soonest first.

    ``only_public`` leaves out what is for those listed alone.
    """
    on = {"activity__state": ActivityState.PUBLISHED, "state": ShiftState.PLANNED}
    shifts = shifts_of_team(team).filter(**on, ends_at__gt=timezone.now())
    if only_public:
        shifts = shifts.filter(activity__audience=Audience.EVERYONE)
    return [_told(shift) for shift in shifts[:limit]]


def shifts_of_team(team: Team) -> QuerySet[Shift]:
    """Return the shifts of all that was ever published for ``team``, what was called off too, soonest first."""
    named = EntryRule.objects.filter(kind=RuleKind.TEAM, team=team).values("activity")
    shifts = Shift.objects.filter(activity__in=named, activity__published_at__isnull=False)
    return shifts.select_related("activity__area").order_by("starts_at", "pk")


def team_members_going(team: Team, shifts: Sequence[TeamActivity]) -> dict[str, list[int]]:
    """Return by ``uid`` the keys of the members of ``team`` who have a place, in the order they signed up."""
    uids = {int(one.uid.rpartition("-")[2]): one.uid for one in shifts}
    going: dict[str, list[int]] = defaultdict(list)
    places = SignUp.objects.filter(
        shift__in=uids, state=SignUpState.CONFIRMED, member__in=members_of(team).order_by().values("person")
    )
    for shift, member in places.order_by("created_at", "pk").values_list("shift", "member"):
        going[uids[shift]].append(member)
    return going


def _told(shift: Shift) -> TeamActivity:
    activity = shift.activity
    return TeamActivity(
        title=f"{activity.title} · {shift.name}" if shift.name else activity.title,
        url=reverse("activities:detail", args=[activity.code]),
        place="，".join(filter(None, (activity.area.name, activity.place))),
        starts_at=shift.starts_at,
        ends_at=shift.ends_at,
        uid=f"{activity.code}-{shift.pk}",
    )
