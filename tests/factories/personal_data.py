"""Accounts on their way out, and what the law keeps."""

from datetime import timedelta

import factory
from django.utils import timezone
from factory.django import DjangoModelFactory

from portal.personal_data.models import AccountClosing, LegalHold
from tests.factories.members import UserFactory


class AccountClosingFactory(DjangoModelFactory):
    """A closing that waits another fortnight; ``due=True`` for one whose day has come."""

    class Meta:
        model = AccountClosing

    person = factory.SubFactory(UserFactory)
    due_on = factory.LazyFunction(lambda: timezone.localdate() + timedelta(days=14))

    class Params:
        due = factory.Trait(due_on=factory.LazyFunction(timezone.localdate))


class LegalHoldFactory(DjangoModelFactory):
    class Meta:
        model = LegalHold

    person = factory.SubFactory(UserFactory)
    reason = "法院调取证据通知书"
