"""Who holds which post, and which places there are."""

from portal.organisations.queries.browsing import (
    beneath,
    changes_of,
    lineage,
    matching,
    may_follow,
    subtree_counts,
    tops,
)
from portal.organisations.queries.posts import (
    grid_cards,
    is_to_come,
    own_posts,
    posts_at,
    posts_to_delegate,
)
from portal.organisations.queries.reach import (
    areas_reached,
    communities,
    held_on,
    nearest_holders,
    open_on,
    paths_held,
    posts_held,
    reaches_area,
    reaches_unit,
    units_reached,
    within,
)

__all__ = [
    "areas_reached",
    "beneath",
    "changes_of",
    "communities",
    "grid_cards",
    "held_on",
    "is_to_come",
    "lineage",
    "matching",
    "may_follow",
    "nearest_holders",
    "open_on",
    "own_posts",
    "paths_held",
    "posts_at",
    "posts_held",
    "posts_to_delegate",
    "reaches_area",
    "reaches_unit",
    "subtree_counts",
    "tops",
    "units_reached",
    "within",
]
