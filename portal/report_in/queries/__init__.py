"""Who has reported in where, and where one can."""

from portal.report_in.queries.places import Neighbourhood, communities_in, communities_named, districts, neighbourhoods
from portal.report_in.queries.report_ins import home_community, members_reported_in, open_residence, reviewable

__all__ = [
    "Neighbourhood",
    "communities_in",
    "communities_named",
    "districts",
    "home_community",
    "members_reported_in",
    "neighbourhoods",
    "open_residence",
    "reviewable",
]
