"""Who has reported in where, and where one can."""

from portal.report_in.queries.addresses import communities_at, community_of_grid, fold
from portal.report_in.queries.community import (
    SORTS,
    communities_with_members,
    member_filters,
    members_of,
    register_filter,
)
from portal.report_in.queries.places import Neighbourhood, communities_in, communities_named, districts, neighbourhoods
from portal.report_in.queries.receipts import PublicReceipt, receipt_code, register_receipts, verified_receipt
from portal.report_in.queries.report_ins import (
    ASKS_FOR_LONGER,
    history_of,
    home_community,
    members_reported_in,
    open_move,
    open_report_ins,
    open_residence,
    open_temporary,
    pending_counts,
    reviewable,
    temporary_to_end,
    temporary_to_remind,
    unanswered,
)

__all__ = [
    "ASKS_FOR_LONGER",
    "SORTS",
    "Neighbourhood",
    "PublicReceipt",
    "communities_at",
    "communities_in",
    "communities_named",
    "communities_with_members",
    "community_of_grid",
    "districts",
    "fold",
    "history_of",
    "home_community",
    "member_filters",
    "members_of",
    "members_reported_in",
    "neighbourhoods",
    "open_move",
    "open_report_ins",
    "open_residence",
    "open_temporary",
    "pending_counts",
    "receipt_code",
    "register_filter",
    "register_receipts",
    "reviewable",
    "temporary_to_end",
    "temporary_to_remind",
    "unanswered",
    "verified_receipt",
]
