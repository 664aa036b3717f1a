"""Messages in inboxes."""

import factory
from factory.django import DjangoModelFactory

from portal.notices.models import Message
from tests.factories.members import UserFactory


class MessageFactory(DjangoModelFactory):
    """An unread message."""

    class Meta:
        model = Message

    recipient = factory.SubFactory(UserFactory)
    title = factory.Sequence(lambda n: f"第{n}条消息")
