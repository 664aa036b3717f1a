"""What devices sent, shared tablets, and lists on paper."""

from datetime import timedelta
from uuid import uuid4

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.check_in.enums import EventState
from portal.check_in.models import CheckInEvent, Sheet, Tablet
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.members import UserFactory


class CheckInEventFactory(DjangoModelFactory):
    """A tap that says somebody arrived, and contradicts what stands."""

    class Meta:
        model = CheckInEvent

    id = factory.LazyFunction(uuid4)
    device = factory.LazyFunction(uuid4)
    seq = 1
    sign_up = factory.SubFactory(SignUpFactory, shift=factory.SubFactory(ShiftFactory, begun=True))
    seen = "expected"
    wanted = "arrived"
    client_at = factory.LazyFunction(timezone.now)
    happened_at = factory.LazyFunction(timezone.now)
    sent_by = factory.SubFactory(UserFactory)
    state = EventState.CONFLICT


class TabletFactory(DjangoModelFactory):
    """A tablet whose time ends now."""

    class Meta:
        model = Tablet

    shift = factory.SubFactory(ShiftFactory, begun=True)
    digest = factory.Sequence(lambda n: f"{n:064}")
    opened_by = factory.SubFactory(UserFactory)
    opened_at = factory.LazyFunction(lambda: timezone.now() - timedelta(hours=1))
    expires_at = factory.LazyFunction(timezone.now)


class SheetFactory(DjangoModelFactory):
    class Meta:
        model = Sheet

    shift = factory.SubFactory(ShiftFactory, begun=True)
    version = 1
    lines = factory.LazyFunction(list)
    made_by = factory.SubFactory(UserFactory)
