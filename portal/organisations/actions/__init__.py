"""Every change to a place or a post, one module a subject."""

from portal.organisations.actions.areas import change_area, end_area, hold_communities, hold_standing, open_area
from portal.organisations.actions.mergers import Part, merge_areas, split_area
from portal.organisations.actions.posts import appoint, delegate, end_post, revoke
from portal.organisations.actions.units import change_unit, end_unit, open_unit

__all__ = [
    "Part",
    "appoint",
    "change_area",
    "change_unit",
    "delegate",
    "end_area",
    "end_post",
    "end_unit",
    "hold_communities",
    "hold_standing",
    "merge_areas",
    "open_area",
    "open_unit",
    "revoke",
    "split_area",
]
