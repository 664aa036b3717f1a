"""What readers said."""

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db.models import Count, Q, QuerySet
from wagtail.models import Page

from website.base.queries import unrestricted
from website.feedback.enums import FeedbackState
from website.feedback.models import Feedback


def waiting() -> QuerySet[Feedback]:
    """Return what somebody wrote and no editor has looked at; a bare yes or no waits for nobody."""
    return Feedback.objects.filter(state=FeedbackState.NEW).exclude(text="")


def answered() -> QuerySet[Feedback]:
    """Return what was answered in public, newest first."""
    return Feedback.objects.filter(state=FeedbackState.ANSWERED).select_related("page").order_by("-handled_at", "-pk")


def nameable(answers: Iterable[Feedback]) -> set[int]:
    """Return which of the pages they are about anybody may read: of others, such as a person's, no title is told."""
    wanted = {each.page_id for each in answers if each.page_id}
    return set(Page.objects.live().filter(unrestricted(), pk__in=wanted).values_list("pk", flat=True))


def by_page() -> QuerySet[Page]:
    """Return the pages readers judged, with how many said yes and no and how much waits, the least useful first."""
    said = Feedback.objects.all()
    return (
        Page.objects.filter(pk__in=said.values("page"))
        .annotate(
            useful=Count("feedback", filter=Q(feedback__is_useful=True)),
            useless=Count("feedback", filter=Q(feedback__is_useful=False)),
            open=Count("feedback", filter=Q(feedback__state=FeedbackState.NEW) & ~Q(feedback__text="")),
        )
        .order_by("-open", "-useless", "title")
    )


def older_than(days: int, *, now: datetime) -> QuerySet[Feedback]:
    """Return what has been kept for ``days``; what was answered in public stays until an editor removes it."""
    return Feedback.objects.filter(created_at__lt=now - timedelta(days=days)).exclude(state=FeedbackState.ANSWERED)
