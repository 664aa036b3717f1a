"""Every change to a report-in."""

from portal.report_in.actions.answering import accept, ask_back
from portal.report_in.actions.submitting import CONSENT_VERSION, resubmit, submit_report_in, withdraw

__all__ = ["CONSENT_VERSION", "accept", "ask_back", "resubmit", "submit_report_in", "withdraw"]
