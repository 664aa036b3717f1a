"""Rules of points, and lines of the ledger."""

from datetime import date

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.points.models import Entry, RuleSet
from tests.factories.members import UserFactory


class RuleSetFactory(DjangoModelFactory):
    """Ten points an hour, in force long since."""

    class Meta:
        model = RuleSet
        django_get_or_create = ("version",)

    version = "2020-1"
    points_per_hour = 10
    starts_on = date(2020, 1, 1)


class EntryFactory(DjangoModelFactory):
    class Meta:
        model = Entry

    member = factory.SubFactory(UserFactory)
    points = 20
    cause = factory.Sequence(lambda n: f"test:{n}")
    title = "楼道清洁"
    rule_set = factory.SubFactory(RuleSetFactory)
    earned_on = factory.LazyFunction(timezone.localdate)
