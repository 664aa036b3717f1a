"""What was left open by earlier versions is closed once."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.db import connection
from django.db.migrations import RunPython
from django.db.migrations.loader import MigrationLoader
from django.utils import timezone

from portal.proxies.actions import redeem
from portal.proxies.models import Joining
from tests.factories.members import UserFactory
from tests.factories.organisations import UnitFactory
from tests.factories.proxies import InvitationCodeFactory

pytestmark = pytest.mark.django_db

STEP = ("proxies", "0009_joinings_of_ended_units")


def joined(unit=None):
    to = {"invitation__to_unit": True, "invitation__unit": unit} if unit else {}
    return redeem(code=InvitationCodeFactory(**to), person=UserFactory(), name="张敏")


def test_whoever_waits_for_a_unit_that_ended_waits_no_more(django_assert_num_queries):
    ended, later = UnitFactory(), UnitFactory()
    waiting, others = joined(ended), [joined(later), joined(UnitFactory()), joined()]
    for unit, days in ((ended, -10), (later, 1)):
        unit.ends_on = timezone.localdate() + timedelta(days=days)
        unit.save()
    before = dict(Joining.objects.values_list("pk", "state"))
    step = import_module(f"portal.proxies.migrations.{STEP[1]}")
    apps = MigrationLoader(connection).project_state([STEP]).apps
    (operation,) = step.Migration.operations

    with django_assert_num_queries(1):
        step.decline(apps, connection.schema_editor())

    found = dict(Joining.objects.values_list("pk", "state"))
    assert found == {waiting.pk: "declined", **{one.pk: before[one.pk] for one in others}}
    assert set(before.values()) == {"waiting", "joined"}
    step.decline(apps, connection.schema_editor())
    assert dict(Joining.objects.values_list("pk", "state")) == found
    assert operation.reverse_code is RunPython.noop
