from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class FeedbackState(TextChoices):
    """How far the editors are with what a reader said."""

    NEW = "new", _("未处理")
    HANDLED = "handled", _("已处理")
    ANSWERED = "answered", _("已公开答复")


MOVES: dict[FeedbackState, frozenset[FeedbackState]] = {
    FeedbackState.NEW: frozenset({FeedbackState.HANDLED, FeedbackState.ANSWERED}),
    FeedbackState.HANDLED: frozenset({FeedbackState.NEW, FeedbackState.ANSWERED}),
    FeedbackState.ANSWERED: frozenset({FeedbackState.HANDLED}),
}
