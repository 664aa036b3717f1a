"""People, and where they belong."""

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.members.models import Consent, HomeMembership, RosterEntry, User
from tests.factories.organisations import UnitFactory

PASSWORD = "一扇蓝色的门-2026"


class UserFactory(DjangoModelFactory):
    """A person whose phone is verified; ``PASSWORD`` opens their account."""

    class Meta:
        model = User
        skip_postgeneration_save = True

    phone = factory.Sequence(lambda n: f"+86138{n:08}")
    phone_verified_at = factory.LazyFunction(timezone.now)
    name = factory.Sequence(lambda n: f"张{n}")
    password = factory.django.Password(PASSWORD)


class HomeMembershipFactory(DjangoModelFactory):
    class Meta:
        model = HomeMembership

    person = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    starts_on = factory.LazyFunction(timezone.localdate)


class RosterEntryFactory(DjangoModelFactory):
    """A line of a unit's roster whose person has not come yet."""

    class Meta:
        model = RosterEntry

    unit = factory.SubFactory(UnitFactory)
    phone = factory.Sequence(lambda n: f"+86139{n:08}")
    name = factory.Sequence(lambda n: f"李{n}")


class ConsentFactory(DjangoModelFactory):
    class Meta:
        model = Consent

    person = factory.SubFactory(UserFactory)
    purpose = "report_in"
    text_version = "2026-1"
