"""What a person does with what the site holds on them, and how it is forgotten."""

from portal.personal_data.actions.closing import (
    ask_to_close,
    cancel_closing,
    close_due,
    refuse_to_close,
)
from portal.personal_data.actions.consenting import give, withdraw
from portal.personal_data.actions.exports import note_export
from portal.personal_data.actions.merging import lock_both, merge, refuse_to_merge
from portal.personal_data.actions.retaining import retain, retain_daily

__all__ = [
    "ask_to_close",
    "cancel_closing",
    "close_due",
    "give",
    "lock_both",
    "merge",
    "note_export",
    "refuse_to_close",
    "refuse_to_merge",
    "retain",
    "retain_daily",
    "withdraw",
]
