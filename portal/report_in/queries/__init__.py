"""Who has reported in where, and where one can."""

from portal.report_in.queries.addresses import communities_at, community_of_grid, fold
from portal.report_in.queries.bulk_answers import Refusal, bulk_answers_of, refusals_of, unfinished_bulk_answers
from portal.report_in.queries.community import (
    SORTS,
    communities_with_members,
    member_filters,
    members_of,
    months_of,
    register_filter,
)
from portal.report_in.queries.door_signs import DoorSign, door_sign_of
from portal.report_in.queries.gaps import (
    GAP_ORDER,
    Counted,
    ReminderPlan,
    counted,
    gap_branches,
    gap_list,
    reminder_plan,
)
from portal.report_in.queries.grids import grids_of
from portal.report_in.queries.leaves import decidable, leaves_of, leaves_to_decide, on_leave_until, standing_leave
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
    temporary_unanswered,
    unanswered,
)
from portal.report_in.queries.skills import having
from portal.report_in.queries.stations import stations_of
from portal.report_in.queries.unit_report_ins import (
    open_areas_of,
    report_ins_of_units,
    reviewable_units,
    units_reported_in,
    units_to_report_in,
)

__all__ = [
    "ASKS_FOR_LONGER",
    "GAP_ORDER",
    "SORTS",
    "Counted",
    "DoorSign",
    "Neighbourhood",
    "PublicReceipt",
    "Refusal",
    "ReminderPlan",
    "bulk_answers_of",
    "communities_at",
    "communities_in",
    "communities_named",
    "communities_with_members",
    "community_of_grid",
    "counted",
    "decidable",
    "districts",
    "door_sign_of",
    "fold",
    "gap_branches",
    "gap_list",
    "grids_of",
    "having",
    "history_of",
    "home_community",
    "leaves_of",
    "leaves_to_decide",
    "member_filters",
    "members_of",
    "members_reported_in",
    "months_of",
    "neighbourhoods",
    "on_leave_until",
    "open_areas_of",
    "open_move",
    "open_report_ins",
    "open_residence",
    "open_temporary",
    "pending_counts",
    "receipt_code",
    "refusals_of",
    "register_filter",
    "register_receipts",
    "reminder_plan",
    "report_ins_of_units",
    "reviewable",
    "reviewable_units",
    "standing_leave",
    "stations_of",
    "temporary_to_end",
    "temporary_to_remind",
    "temporary_unanswered",
    "unanswered",
    "unfinished_bulk_answers",
    "units_reported_in",
    "units_to_report_in",
    "verified_receipt",
]
