"""The members' half: the clocks a city may set."""

from environs import Env

env = Env()

# How long a freed place is kept for the head of the queue; never beyond the start of the shift.
OFFER_HOURS = 24

# Until how many hours before the start a place can simply be given back; afterwards a stand-in is asked for.
WITHDRAW_HOURS = env.int("WITHDRAW_HOURS", 2)

# How long people have to say again that they come, when something they count on has changed.
RECONFIRM_HOURS = env.int("RECONFIRM_HOURS", 48)

# Between two activities in different places at least so many minutes (0: one may begin as the other ends).
TRAVEL_GAP_MINUTES = env.int("TRAVEL_GAP_MINUTES", 0)

# More service than this in a week, or less rest than this between two days, is pointed out to the member and the
# organiser. It is refused only where a city says so.
WEEKLY_MINUTES_LIMIT = env.int("WEEKLY_MINUTES_LIMIT", 20 * 60)
REST_HOURS = env.int("REST_HOURS", 8)
OVERLOAD_IS_REFUSED = env.bool("OVERLOAD_IS_REFUSED", default=False)

# Who has completed nothing in so many months counts as a newcomer where newcomers go first.
NEWCOMER_MONTHS = env.int("NEWCOMER_MONTHS", 6)

# Whoever looks for a stand-in or a swap: so many people are asked at once, and nobody more often than so in a week.
COVER_ASKS_AT_ONCE = env.int("COVER_ASKS_AT_ONCE", 5)
COVER_ASKS_A_WEEK = env.int("COVER_ASKS_A_WEEK", 3)

# From how many minutes before the start of a shift people may be ticked as arrived.
ATTENDANCE_OPENS_MINUTES = 60

# Until how many minutes after its end people may say by themselves that they came or left.
ATTENDANCE_GRACE_MINUTES = env.int("ATTENDANCE_GRACE_MINUTES", 60)

# How often the QR code and the spoken code of a shift change, in seconds. The code before the present one still counts.
CHECK_IN_QR_SECONDS = env.int("CHECK_IN_QR_SECONDS", 45)
CHECK_IN_CODE_SECONDS = env.int("CHECK_IN_CODE_SECONDS", 600)

# Who did not come is forgotten after so many days; what devices and paper brought in, too.
NO_SHOW_KEPT_DAYS = env.int("NO_SHOW_KEPT_DAYS", 183)
CHECK_INS_KEPT_DAYS = env.int("CHECK_INS_KEPT_DAYS", 183)

# Confirmed hours are shown for objection this many working days before they are posted (one provincial scheme: ≥3).
OBJECTION_WORKING_DAYS = 3

# What somebody did outside the listed activities can be logged so many days long.
OWN_SERVICE_DAYS = env.int("OWN_SERVICE_DAYS", 30)

# More than this many confirmed with one click go to the worker.
CONFIRM_AT_ONCE = env.int("CONFIRM_AT_ONCE", 200)
# More report-ins than this accepted with one click go to the worker.
ACCEPT_AT_ONCE = env.int("ACCEPT_AT_ONCE", 100)

# A community that has not answered a report-in within this many working days is helped by the level above.
REPORT_IN_ANSWER_WORKING_DAYS = env.int("REPORT_IN_ANSWER_WORKING_DAYS", 3)

# How long a temporary report-in may last, and how many days before its end the person is told.
TEMPORARY_REPORT_IN_MAX_DAYS = env.int("TEMPORARY_REPORT_IN_MAX_DAYS", 365)
TEMPORARY_REPORT_IN_REMINDER_DAYS = 14

# After so many days of silence a move between units is completed, or raised one level where both units claim somebody.
UNIT_MOVE_SILENCE_DAYS = env.int("UNIT_MOVE_SILENCE_DAYS", 30)

# Nobody is reminded to report in twice within so many days; so many text messages at most leave with one click, each
# at about this price in 分 (0: no price is shown).
GAP_REMINDER_DAYS = env.int("GAP_REMINDER_DAYS", 14)
GAP_REMINDER_SMS_MAX = env.int("GAP_REMINDER_SMS_MAX", 200)
SMS_PRICE_FEN = env.int("SMS_PRICE_FEN", 5)

# How long a printed form may be entered (one about a shift only until the shift starts), and an invitation accepted.
PAPER_FORM_DAYS = env.int("PAPER_FORM_DAYS", 90)
INVITATION_DAYS = env.int("INVITATION_DAYS", 30)

# A roster's file: how large it may be, and how long one nobody confirmed, or with errors left, waits encrypted.
ROSTER_MAX_BYTES = env.int("ROSTER_MAX_BYTES", 64 * 1024 * 1024)
ROSTER_KEPT_DAYS = env.int("ROSTER_KEPT_DAYS", 7)
