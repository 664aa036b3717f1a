"""Every change to a report-in."""

from portal.report_in.actions.address_names import keep_address_names
from portal.report_in.actions.answering import BulkOutcome, accept, accept_many, ask_back
from portal.report_in.actions.clocks import escalate_silent
from portal.report_in.actions.ending import answer_longer, ask_for_longer, end, end_expired, end_own, remind_of_end
from portal.report_in.actions.submitting import (
    CONSENT_VERSION,
    ask_to_move,
    report_in_for_a_time,
    resubmit,
    submit_report_in,
    withdraw,
)

__all__ = [
    "CONSENT_VERSION",
    "BulkOutcome",
    "accept",
    "accept_many",
    "answer_longer",
    "ask_back",
    "ask_for_longer",
    "ask_to_move",
    "end",
    "end_expired",
    "end_own",
    "escalate_silent",
    "keep_address_names",
    "remind_of_end",
    "report_in_for_a_time",
    "resubmit",
    "submit_report_in",
    "withdraw",
]
