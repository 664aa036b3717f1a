"""What is held on a person, and which accounts are being closed."""

from portal.personal_data.queries.closings import (
    closings_due,
    held_by_law,
    posts_in_the_way,
    signs_up_ahead,
    waiting_closing,
    waiting_days,
)
from portal.personal_data.queries.consents import Choice, choices_of, is_given, report_ins_standing
from portal.personal_data.queries.holdings import Section, Table, columns_of, exported, held_on
from portal.personal_data.queries.merging import Preview, merge_preview
from portal.personal_data.queries.unused import logged_out_since, never_opened_since

__all__ = [
    "Choice",
    "Preview",
    "Section",
    "Table",
    "choices_of",
    "closings_due",
    "columns_of",
    "exported",
    "held_by_law",
    "held_on",
    "is_given",
    "logged_out_since",
    "merge_preview",
    "never_opened_since",
    "posts_in_the_way",
    "report_ins_standing",
    "signs_up_ahead",
    "waiting_closing",
    "waiting_days",
]
