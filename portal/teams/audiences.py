"""The people of a team, as somebody to write to."""

from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.audiences import Audience, Reach
from portal.teams.models import Team
from portal.teams.queries import people_in
from portal.teams.rules import leads, manages


def of_team(sender: User, code: str) -> Reach | None:
    """Return those in a team that ``sender`` leads or looks after, without themselves."""
    team = Team.objects.filter(code=code, ends_on__isnull=True).select_related("area").first()
    if team is None or not (leads(sender, team) or manages(sender, team)):
        return None
    return Reach(
        label=_("%(team)s的成员") % {"team": team},
        place=str(team.area),
        people=people_in([team]).exclude(pk=sender.pk),
        url=reverse("teams:team", args=[team.code]),
    )


TEAM = Audience("team", of_team)
