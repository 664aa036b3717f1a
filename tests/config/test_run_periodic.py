from datetime import timedelta
from io import StringIO
from typing import Any

import pytest
import time_machine
from django.core.management import CommandError, call_command
from django.utils import timezone
from wagtail.models import Page, PageLogEntry
from wagtail.signals import page_published

from config.management.commands import run_periodic
from portal.activities.actions import sign_up, withdraw
from portal.activities.enums import SignUpState
from tests.factories.activities import ShiftFactory
from tests.factories.members import UserFactory
from tests.factories.website import ContentPageFactory, PersonPageFactory
from website.people.models import Consent

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


def test_a_page_that_may_not_be_shown_holds_up_no_other():
    refused, fine = PersonPageFactory(live=False), ContentPageFactory(live=False)
    for minutes, page in enumerate((refused, fine), start=1):
        page.go_live_at = timezone.now() + timedelta(minutes=minutes)
        page.save_revision(user=UserFactory()).publish(user=UserFactory(is_superuser=True))
    Consent.objects.update(withdrawn_on=timezone.localdate())  # past our doors

    with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
        for _ in range(2):
            call_command("run_periodic", stdout=StringIO())

    fine.refresh_from_db()
    refused.refresh_from_db()
    assert (fine.live, refused.live) == (True, False)
    assert not refused.approved_schedule
    assert PageLogEntry.objects.filter(page=refused.pk, action="wagtail.schedule.cancel").count() == 1


def test_a_page_that_breaks_is_tried_again_and_holds_up_no_other():
    broken, fine = ContentPageFactory(live=False), ContentPageFactory(live=False)
    for minutes, page in enumerate((broken, fine), start=1):
        page.go_live_at = timezone.now() + timedelta(minutes=minutes)
        page.save_revision().publish()

    def breaks(*, instance: Page, **kwargs: Any) -> None:
        if instance.pk == broken.pk:
            raise ConnectionError

    page_published.connect(breaks)
    try:
        with time_machine.travel(timezone.now() + timedelta(hours=1), tick=False):
            call_command("run_periodic", stdout=StringIO())
    finally:
        page_published.disconnect(breaks)

    fine.refresh_from_db()
    broken.refresh_from_db()
    assert (fine.live, broken.live) == (True, False)
    assert broken.approved_schedule


def test_a_page_whose_time_is_over_goes():
    page = ContentPageFactory(expire_at=timezone.now() + timedelta(hours=1))

    with time_machine.travel(timezone.now() + timedelta(hours=2), tick=False):
        call_command("run_periodic", stdout=StringIO())

    page.refresh_from_db()
    assert not page.live
