"""How the house tells a person something."""

from typing import TYPE_CHECKING

from portal.notices.models import Message

if TYPE_CHECKING:  # members stands above this room
    from portal.members.models import User


def tell(*, recipient: "User", title: str, body: str = "", url: str = "") -> Message:
    """Put a message into the inbox of ``recipient``; part of the caller's transaction."""
    return Message.objects.create(recipient=recipient, title=title, body=body, url=url)
