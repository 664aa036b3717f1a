"""The members' half: the clocks a city may set."""

# How long a freed place is kept for the head of the queue; never beyond the start of the shift.
OFFER_HOURS = 24

# From how many minutes before the start of a shift people may be ticked as arrived.
ATTENDANCE_OPENS_MINUTES = 60

# Confirmed hours are shown for objection this many working days before they are posted (one provincial scheme: ≥3).
OBJECTION_WORKING_DAYS = 3
