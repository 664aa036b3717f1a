"""What people wrote against a notice is not kept for ever."""

from datetime import timedelta

import pytest
import time_machine
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.factories.website import ObjectionFactory
from website.notices import actions, queries
from website.notices.enums import NoticeKind, ObjectionState
from website.notices.errors import ObjectionIsClosed
from website.notices.models import NoticePage

pytestmark = pytest.mark.django_db


def test_what_was_closed_long_ago_is_erased(settings: Settings) -> None:
    settings.OBJECTION_DATA_KEPT_DAYS = 30
    closed = ObjectionFactory(answered=True)
    waiting = ObjectionFactory(notice=closed.notice)

    with time_machine.travel(timezone.now() + timedelta(days=29), tick=False):
        assert actions.forget_closed(now=timezone.now()) == 0
    with time_machine.travel(timezone.now() + timedelta(days=31), tick=False):
        call_command("run_periodic", verbosity=0)
        assert actions.forget_closed(now=timezone.now()) == 0

    for objection in (closed, waiting):
        objection.refresh_from_db()
    assert (closed.text, closed.name, closed.contact, closed.answer) == ("", "", "", "")
    assert closed.state == ObjectionState.ANSWERED
    assert waiting.text


def test_what_nobody_answered_is_erased_some_time_after_the_notice(client: Client, settings: Settings) -> None:
    settings.OBJECTION_DATA_KEPT_DAYS = 30
    objection = ObjectionFactory()
    ends_on = objection.notice.ends_on
    assert ends_on

    with time_machine.travel(
        timezone.localtime().replace(hour=12) + (ends_on - timezone.localdate()), tick=False
    ) as clock:
        clock.shift(timedelta(days=30))
        assert actions.forget_closed(now=timezone.now()) == 0
        clock.shift(timedelta(days=1))
        assert actions.forget_closed(now=timezone.now()) == 1
        assert actions.forget_closed(now=timezone.now()) == 0

    objection.refresh_from_db()
    assert (objection.text, objection.name, objection.contact) == ("", "", "")
    assert not queries.unanswered().exists()
    with pytest.raises(ObjectionIsClosed):  # an answer would be erased by nobody
        actions.answer(objection=objection, text="迟到的答复", by=None)
    asked = {"number": objection.number, "code": "CADE-2CADE-2CA"}
    html = client.post(f"{objection.notice.get_parent().url}objections/", asked).content.decode()
    assert "内容已经按规定清除" in html
    assert "撤回意见</button>" not in html


def test_an_objection_to_a_notice_without_an_end_is_erased_too(settings: Settings) -> None:
    settings.OBJECTION_DATA_KEPT_DAYS = 30
    objection = ObjectionFactory()
    NoticePage.objects.update(ends_on=None, kind=NoticeKind.ANNOUNCEMENT)

    assert actions.forget_closed(now=timezone.now() + timedelta(days=29)) == 0
    assert actions.forget_closed(now=timezone.now() + timedelta(days=31)) == 1

    objection.refresh_from_db()
    assert objection.text == ""
