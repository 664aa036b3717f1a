"""Addresses of calendars, by the secret they open with."""

import factory
from factory.django import DjangoModelFactory

from portal.calendars.keys import digest_of
from portal.calendars.models import CalendarAddress
from tests.factories.members import UserFactory


class CalendarAddressFactory(DjangoModelFactory):
    """The calendar of somebody; ``secret`` opens it."""

    class Meta:
        model = CalendarAddress

    class Params:
        secret = factory.Sequence(lambda n: f"secret-{n}")

    person = factory.SubFactory(UserFactory)
    digest = factory.LazyAttribute(lambda address: digest_of(address.secret))
