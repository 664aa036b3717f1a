"""What the rooms and halves above may listen to beside what Django itself sends for a saved row."""

from django.dispatch import Signal

# keys (of activities): many were written by one statement, of which post_save tells nobody. Sent in the transaction.
activities_written = Signal()
