"""Which accounts are being closed, and what keeps one from it."""

from datetime import date

from django.conf import settings
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from portal.activities.enums import OPEN
from portal.activities.models import SignUp
from portal.members.models import User
from portal.organisations.models import Post
from portal.personal_data.enums import ClosingState
from portal.personal_data.models import AccountClosing, LegalHold

LONGEST_WAIT_DAYS = 15  # GB/T 35273-2020 8.5: an answer within 15 working days; ours are days of any kind


def waiting_days() -> int:
    """Return how many days an account waits to be closed."""
    return min(int(settings.ACCOUNT_CLOSING_DAYS), LONGEST_WAIT_DAYS)


def waiting_closing(person: User) -> AccountClosing | None:
    """Return the closing of the account of ``person`` that waits for its day."""
    return AccountClosing.objects.filter(person=person, state=ClosingState.WAITING).first()


def held_by_law(today: date) -> QuerySet[User]:
    """Return the people about whom nothing may be erased on ``today``."""
    holds = LegalHold.objects.filter(Q(until__isnull=True) | Q(until__gte=today), person=OuterRef("pk"))
    return User.objects.filter(Exists(holds))


def closings_due(today: date) -> QuerySet[AccountClosing]:
    """Return the closings whose day has come and which no law holds up, oldest first."""
    return (
        AccountClosing.objects.filter(state=ClosingState.WAITING, due_on__lte=today)
        .exclude(person__in=held_by_law(today))
        .select_related("person")
        .order_by("due_on", "pk")
    )


def posts_in_the_way(person: User) -> QuerySet[Post]:
    """Return the posts of ``person`` that are not over; somebody has to end them first."""
    today = timezone.localdate()
    return Post.objects.filter(Q(ends_on__isnull=True) | Q(ends_on__gt=today), person=person)


def signs_up_ahead(person: User) -> QuerySet[SignUp]:
    """Return the sign-ups of ``person`` that hold or wait for a place on a shift still to come."""
    return SignUp.objects.filter(member=person, state__in=OPEN, shift__starts_at__gt=timezone.now())
