"""Every question about teams, one module a subject."""

from portal.teams.queries.activities import TeamActivity, next_activities, people_going, register_team_activities
from portal.teams.queries.names import names_shown
from portal.teams.queries.people import (
    invitations_to,
    is_in,
    leads_of,
    members_of,
    membership_in,
    memberships_of,
    people_in,
    requests_of,
    requests_to_answer,
    teams_of,
)
from portal.teams.queries.teams import areas_to_found_in, manageable_teams, own_areas, teams_found, with_sizes

__all__ = [
    "TeamActivity",
    "areas_to_found_in",
    "invitations_to",
    "is_in",
    "leads_of",
    "manageable_teams",
    "members_of",
    "membership_in",
    "memberships_of",
    "names_shown",
    "next_activities",
    "own_areas",
    "people_going",
    "people_in",
    "register_team_activities",
    "requests_of",
    "requests_to_answer",
    "teams_found",
    "teams_of",
    "with_sizes",
]
