"""What this room tells the rooms above."""

from django.dispatch import Signal

# With ``sent`` and ``limit``: so many of a day's text messages are used up.
sms_nearly_used_up = Signal()
# With ``delivery``: it will not leave any more.
delivery_given_up = Signal()
