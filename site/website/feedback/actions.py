"""What becomes of what a reader says."""

from datetime import datetime, timedelta
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page

from website.feedback.enums import MOVES, FeedbackState
from website.feedback.errors import NotAMoveError, NothingToPublishError
from website.feedback.masking import masked
from website.feedback.models import LONGEST_ADDRESS, Feedback
from website.feedback.queries import older_than

A_DAY = timedelta(days=1)


@transaction.atomic
def take(*, page: Page | None, address: str, is_useful: bool | None, text: str, once: str) -> Feedback:
    """Write down what a reader says. Saying it twice on a day changes nothing; another opinion replaces the first.

    ``once`` tells readers apart for a day. Behind one address may be a whole office: words never overwrite words.
    """
    own, is_new = Feedback.objects.select_for_update().get_or_create(
        once=once,
        defaults={"page": page, "address": address[:LONGEST_ADDRESS], "is_useful": is_useful, "text": text},
    )
    if is_new:
        return own
    if is_useful is not None and own.is_useful != is_useful:
        own.is_useful = is_useful
        own.save(update_fields=["is_useful"])
    return add_words(own, text=text) if text else own


@transaction.atomic
def add_words(feedback: Feedback, *, text: str) -> Feedback:
    """Add words to a yes or no; where there are words already, they become feedback of their own."""
    own = Feedback.objects.select_for_update().get(pk=feedback.pk)
    words = masked(text)
    if own.text == words:
        return own
    if not own.text and own.state == FeedbackState.NEW:
        own.text = words
        own.save(update_fields=["text"])
        return own
    about = {"page": own.page, "address": own.address, "text": words}
    again = Feedback.objects.filter(**about, created_at__gt=timezone.now() - A_DAY).first()
    return again or Feedback.objects.create(**about)


@transaction.atomic
def settle(*, feedback: Feedback, state: str, question: str, answer: str, by: Any) -> Feedback:
    """Note what the editors did about it; an answer in public tells the question in the editors' words.

    Raises:
        NotAMoveError: from where it stands, it cannot go there.
        NothingToPublishError: an answer needs both.
    """
    own = Feedback.objects.select_for_update().get(pk=feedback.pk)
    wanted = FeedbackState(state)
    if wanted == FeedbackState.ANSWERED and not (question.strip() and answer.strip()):
        raise NothingToPublishError
    own.question, own.answer = question.strip(), answer.strip()
    if wanted != own.state:
        _move(own, wanted, by=by)
    own.save()
    return own


def forget_old(*, now: datetime) -> int:
    """Delete what has been kept long enough, and forget who sent what after a day. Return how many are gone."""
    Feedback.objects.filter(once__isnull=False, created_at__lt=now - A_DAY).update(once=None)
    number, _by_model = older_than(settings.FEEDBACK_KEPT_DAYS, now=now).delete()
    return number


def _move(feedback: Feedback, state: FeedbackState, *, by: Any) -> None:
    before = FeedbackState(feedback.state)
    if state not in MOVES[before]:
        raise NotAMoveError
    feedback.state = state
    feedback.handled_by = None if state == FeedbackState.NEW else by
    feedback.handled_at = None if state == FeedbackState.NEW else timezone.now()
    log(feedback, f"feedback.feedback.{state}", user=by, data={"from": before.value, "to": state.value})
