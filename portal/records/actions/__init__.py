"""Minutes become a record once a second person stands by them, and are posted when nobody objected in time."""

from portal.records.actions.confirming import confirm_attendance, confirm_own_service
from portal.records.actions.corrections import correct, reverse
from portal.records.actions.hints import find_hints, find_hints_daily, look_at_hint
from portal.records.actions.many import Choice, Outcome, confirm_many
from portal.records.actions.merging import reverse_served_twice, yield_objections
from portal.records.actions.objections import file_objection, reject_objection, uphold_objection, withdraw_objection
from portal.records.actions.own_services import (
    ask_back_own_service,
    save_own_service,
    submit_own_service,
    withdraw_own_service,
)
from portal.records.actions.posting import post_records
from portal.records.actions.reminding import remind_confirmers, remind_confirmers_daily

__all__ = [
    "Choice",
    "Outcome",
    "ask_back_own_service",
    "confirm_attendance",
    "confirm_many",
    "confirm_own_service",
    "correct",
    "file_objection",
    "find_hints",
    "find_hints_daily",
    "look_at_hint",
    "post_records",
    "reject_objection",
    "remind_confirmers",
    "remind_confirmers_daily",
    "reverse",
    "reverse_served_twice",
    "save_own_service",
    "submit_own_service",
    "uphold_objection",
    "withdraw_objection",
    "withdraw_own_service",
    "yield_objections",
]
