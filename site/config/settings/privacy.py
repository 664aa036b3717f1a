"""How long what is held on people is kept. ``manage.py retain --dry-run`` shows what is due."""

from environs import Env

env = Env()

# Days an account waits to be closed after its person asked; never more than 15 (GB/T 35273-2020 8.5).
ACCOUNT_CLOSING_DAYS = env.int("ACCOUNT_CLOSING_DAYS", 15)
