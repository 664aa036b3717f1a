"""The members' half: the clocks a city may set."""

from environs import Env

env = Env()

# How long a freed place is kept for the head of the queue; never beyond the start of the shift.
OFFER_HOURS = 24

# From how many minutes before the start of a shift people may be ticked as arrived.
ATTENDANCE_OPENS_MINUTES = 60

# Confirmed hours are shown for objection this many working days before they are posted (one provincial scheme: ≥3).
OBJECTION_WORKING_DAYS = 3

# A community that has not answered a report-in within this many working days is helped by the level above.
REPORT_IN_ANSWER_WORKING_DAYS = env.int("REPORT_IN_ANSWER_WORKING_DAYS", 3)

# How long a temporary report-in may last, and how many days before its end the person is told.
TEMPORARY_REPORT_IN_MAX_DAYS = env.int("TEMPORARY_REPORT_IN_MAX_DAYS", 365)
TEMPORARY_REPORT_IN_REMINDER_DAYS = 14
