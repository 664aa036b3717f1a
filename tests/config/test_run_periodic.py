from datetime import timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone

from config.management.commands import run_periodic
from portal.activities.actions import sign_up, withdraw
from portal.activities.enums import SignUpState
from tests.factories.activities import ShiftFactory
from tests.factories.members import UserFactory

pytestmark = pytest.mark.django_db


def test_an_offer_nobody_took_passes_on():
    shift = ShiftFactory(capacity=1, starts_at=timezone.now() + timedelta(days=9))
    holder, second, third = (sign_up(shift=shift, member=member) for member in UserFactory.create_batch(3))
    withdraw(sign_up=holder, by=holder.member)

    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        call_command("run_periodic", stdout=StringIO())

    second.refresh_from_db()
    third.refresh_from_db()
    assert (second.state, third.state) == (SignUpState.LAPSED, SignUpState.OFFERED)


def test_a_duty_that_fails_is_named_and_keeps_no_other_from_being_done(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setitem(run_periodic.DUTIES, "a broken clock", lambda: 1 // 0)
    monkeypatch.setitem(run_periodic.DUTIES, "search healed", run_periodic.DUTIES.pop("search healed"))
    out = StringIO()

    with pytest.raises(CommandError, match="a broken clock"):
        call_command("run_periodic", stdout=out)

    assert "search healed" in out.getvalue()
