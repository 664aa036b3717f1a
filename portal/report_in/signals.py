"""What rooms above listen for."""

from django.dispatch import Signal

# A residence was accepted, by a report-in or a move: ``report_in``, ``by``. Sent inside the transaction.
residence_accepted = Signal()
