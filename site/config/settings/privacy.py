"""How long what is held on people is kept. ``manage.py retain --dry-run`` shows what is due."""

from environs import Env

env = Env()

# Days an account waits to be closed after its person asked; never more than 15 (GB/T 35273-2020 8.5).
ACCOUNT_CLOSING_DAYS = env.int("ACCOUNT_CLOSING_DAYS", 15)

# Days each kind of row is kept. What the law asks at least stands in portal/personal_data/retention.py, and wins.
MESSAGES_KEPT_DAYS = env.int("MESSAGES_KEPT_DAYS", 730)
READ_LOGS_KEPT_DAYS = env.int("READ_LOGS_KEPT_DAYS", 1096)
CONSENTS_KEPT_DAYS = env.int("CONSENTS_KEPT_DAYS", 1096)
LEAVE_REASONS_KEPT_DAYS = env.int("LEAVE_REASONS_KEPT_DAYS", 183)
ROSTER_LEFT_KEPT_DAYS = env.int("ROSTER_LEFT_KEPT_DAYS", 1096)
MAILBOX_KEPT_DAYS = env.int("MAILBOX_KEPT_DAYS", 7)
JOBS_KEPT_DAYS = env.int("JOBS_KEPT_DAYS", 14)
SESSIONS_KEPT_DAYS = env.int("SESSIONS_KEPT_DAYS", 0)
UNPROVED_ACCOUNTS_KEPT_DAYS = env.int("UNPROVED_ACCOUNTS_KEPT_DAYS", 30)
LOGS_KEPT_DAYS = env.int("LOGS_KEPT_DAYS", 3653)
