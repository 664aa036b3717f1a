"""What the rooms above may listen to; sent inside the transaction that changed ``record``."""

from django.dispatch import Signal

record_posted = Signal()
record_reversed = Signal()
