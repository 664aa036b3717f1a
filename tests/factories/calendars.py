"""Addresses of calendars, by the secret they open with."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.calendars.enums import DayState
from portal.calendars.keys import digest_of
from portal.calendars.models import CalendarAddress, ServiceDay
from tests.factories.members import UserFactory
from tests.factories.organisations import CityFactory


class CalendarAddressFactory(DjangoModelFactory):
    """The calendar of somebody; ``secret`` opens it."""

    class Meta:
        model = CalendarAddress

    class Params:
        secret = factory.Sequence(lambda n: f"secret-{n}")

    person = factory.SubFactory(UserFactory)
    digest = factory.LazyAttribute(lambda address: digest_of(address.secret))


class ServiceDayFactory(DjangoModelFactory):
    """A day of the whole city, ten days from now."""

    class Meta:
        model = ServiceDay
        skip_postgeneration_save = True

    area = factory.SubFactory(CityFactory)
    day = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=10))
    name = factory.Sequence(lambda n: f"第{n}个社区志愿服务日")
    state = DayState.CALLED
