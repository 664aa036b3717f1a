"""Addresses of calendars are made and end; service days are called."""

from portal.calendars.actions.addresses import numbered, renew_address, withdraw_address
from portal.calendars.actions.service_days import add_activity, call_day, call_off_day, edit_day, take_out_activity

__all__ = [
    "add_activity",
    "call_day",
    "call_off_day",
    "edit_day",
    "numbered",
    "renew_address",
    "take_out_activity",
    "withdraw_address",
]
