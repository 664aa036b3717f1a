"""What a person does with what the site holds on them, and how it is forgotten."""

from portal.personal_data.actions.closing import (
    LONGEST_WAIT_DAYS,
    ask_to_close,
    cancel_closing,
    close_due,
    refuse_to_close,
)
from portal.personal_data.actions.exports import note_export

__all__ = ["LONGEST_WAIT_DAYS", "ask_to_close", "cancel_closing", "close_due", "note_export", "refuse_to_close"]
