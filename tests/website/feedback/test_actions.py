from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from wagtail.models import ModelLogEntry

from tests.factories.members import UserFactory
from website.feedback import actions, queries
from website.feedback.enums import MOVES, FeedbackState
from website.feedback.errors import NotAMoveError, NothingToPublishError
from website.feedback.models import Feedback

pytestmark = pytest.mark.django_db

WORDS = {"question": "周末开吗？", "answer": "周六开。"}


@pytest.mark.parametrize("state", FeedbackState)
@pytest.mark.parametrize("wanted", FeedbackState)
def test_only_the_moves_of_the_table_are_made(state: FeedbackState, wanted: FeedbackState) -> None:
    feedback = Feedback.objects.create(text="话", state=state, **WORDS)
    by = UserFactory()

    if wanted == state or wanted in MOVES[state]:
        assert actions.settle(feedback=feedback, state=wanted, **WORDS, by=by).state == wanted
    else:
        with pytest.raises(NotAMoveError):
            actions.settle(feedback=feedback, state=wanted, **WORDS, by=by)


def test_a_move_is_logged_without_the_words() -> None:
    feedback, by = Feedback.objects.create(text="不该进日志的话"), UserFactory()

    actions.settle(feedback=feedback, state="handled", question="", answer="", by=by)

    entry = ModelLogEntry.objects.get(action="feedback.feedback.handled")
    assert entry.user == by
    assert entry.data == {"from": "new", "to": "handled"}
    assert "不该进日志" not in entry.label


def test_an_answer_needs_a_question_and_the_database_knows() -> None:
    feedback = Feedback.objects.create(text="话")

    with pytest.raises(NothingToPublishError):
        actions.settle(feedback=feedback, state="answered", question="", answer="周六开。", by=None)
    with pytest.raises(IntegrityError), transaction.atomic():
        Feedback.objects.update(state="answered")


def test_a_bare_yes_waits_for_nobody() -> None:
    Feedback.objects.create(is_useful=True)
    waits = Feedback.objects.create(text="缺了时间")
    Feedback.objects.create(text="处理过的", state=FeedbackState.HANDLED)

    assert list(queries.waiting()) == [waits]


def test_old_feedback_is_forgotten_and_readers_after_a_day(settings: Any) -> None:
    settings.FEEDBACK_KEPT_DAYS = 30
    now = timezone.now()
    for days, state in ((31, "handled"), (31, "answered"), (2, "new"), (0, "new")):
        Feedback.objects.create(
            created_at=now - timedelta(days=days), state=state, once=f"{days}{state}", text="话", **WORDS
        )

    assert actions.forget_old(now=now) == 1
    assert actions.forget_old(now=now) == 0

    assert sorted(Feedback.objects.values_list("state", flat=True)) == ["answered", "new", "new"]
    assert list(Feedback.objects.filter(once__isnull=False).values_list("once", flat=True)) == ["0new"]
