"""Every change to a report-in."""

from portal.report_in.actions.address_names import keep_address_names
from portal.report_in.actions.answering import BulkOutcome, accept, accept_many, ask_back
from portal.report_in.actions.clocks import escalate_silent
from portal.report_in.actions.ending import answer_longer, ask_for_longer, end, end_expired, end_own, remind_of_end
from portal.report_in.actions.gaps import Reminded, forget_reminders, remind_gap
from portal.report_in.actions.grids import say_grid
from portal.report_in.actions.in_background import begin_accepting, go_on_accepting, hand_out_lost
from portal.report_in.actions.leaves import Days, answer_leave, end_leave, end_leaves_over, request_leave
from portal.report_in.actions.merging import yield_report_ins
from portal.report_in.actions.stations import end_station, open_station
from portal.report_in.actions.submitting import (
    CONSENT_VERSION,
    ask_to_move,
    report_in_for_a_time,
    resubmit,
    submit_report_in,
    withdraw,
)
from portal.report_in.actions.unit_report_ins import (
    UnitOffer,
    accept_unit,
    ask_unit_back,
    end_unit,
    end_unit_for_community,
    report_unit_in,
    resubmit_unit,
    withdraw_unit,
)

__all__ = [
    "CONSENT_VERSION",
    "BulkOutcome",
    "Days",
    "Reminded",
    "UnitOffer",
    "accept",
    "accept_many",
    "accept_unit",
    "answer_leave",
    "answer_longer",
    "ask_back",
    "ask_for_longer",
    "ask_to_move",
    "ask_unit_back",
    "begin_accepting",
    "end",
    "end_expired",
    "end_leave",
    "end_leaves_over",
    "end_own",
    "end_station",
    "end_unit",
    "end_unit_for_community",
    "escalate_silent",
    "forget_reminders",
    "go_on_accepting",
    "hand_out_lost",
    "keep_address_names",
    "open_station",
    "remind_gap",
    "remind_of_end",
    "report_in_for_a_time",
    "report_unit_in",
    "request_leave",
    "resubmit",
    "resubmit_unit",
    "say_grid",
    "submit_report_in",
    "withdraw",
    "withdraw_unit",
    "yield_report_ins",
]
