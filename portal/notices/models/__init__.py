"""Messages, how they leave the house, and what each person wants of that."""

from portal.notices.models.deliveries import Delivery
from portal.notices.models.mailings import Mailing
from portal.notices.models.messages import MailboxEntry, Message
from portal.notices.models.preferences import Preference

__all__ = ["Delivery", "MailboxEntry", "Mailing", "Message", "Preference"]
