"""Whom to remind of a shift now: each as long before it as they chose, once."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from portal.activities.enums import ActivityState, SignUpState
from portal.activities.models import SignUp
from portal.notices.models import Message, Preference

REMINDED = "activities.reminder:"
DAYS_AHEAD = 3  # the day before, and the evening before that where quiet hours begin at its midnight
CHOSEN = "member__notice_preference"


def sign_ups_to_remind(now: datetime) -> QuerySet[SignUp]:
    """Return the places on shifts whose people are to be reminded at ``now`` and have not been, by shift.

    Whoever signed up when the time to remind them was over knows it still, and is not reminded. Two queries.
    """
    waiting = _not_reminded(now)
    due = _by_the_house(now) | Q(pk__in=_by_choice(waiting, now))
    return waiting.filter(due).select_related("member", "shift__activity").order_by("shift", "pk")


def _not_reminded(now: datetime) -> QuerySet[SignUp]:
    told = Message.objects.filter(
        recipient=OuterRef("member"),
        once=Concat(Value(REMINDED), Cast(OuterRef("shift"), CharField())),
    )
    return SignUp.objects.filter(
        ~Exists(told),
        state=SignUpState.CONFIRMED,
        shift__activity__state=ActivityState.PUBLISHED,
        shift__starts_at__gt=now,
        shift__starts_at__lt=now + timedelta(days=DAYS_AHEAD),
    )


def _by_the_house(now: datetime) -> Q:
    """Return the condition for the many who have chosen nothing: the moment is the same for all shifts of a day."""
    house, today = Preference(), timezone.localdate(now)
    due = Q(pk__in=[])
    for ahead in range(DAYS_AHEAD):
        begins = timezone.make_aware(datetime.combine(today + timedelta(days=ahead), time.min))
        come = [moment for moment in house.moments_before(begins) if moment <= now]
        if come:
            of_the_day = {"shift__starts_at__gte": begins, "shift__starts_at__lt": begins + timedelta(days=1)}
            due |= Q(created_at__lt=max(come), **of_the_day)
    return Q(**{f"{CHOSEN}__isnull": True}) & due


def _by_choice(waiting: QuerySet[SignUp], now: datetime) -> list[int]:
    """Return the places of those who chose hours of their own; SQL cannot say when theirs are quiet."""
    chose = waiting.filter(**{f"{CHOSEN}__isnull": False}).select_related("shift", CHOSEN)
    fields = ("lead", "evening_hour", "quiet_from", "quiet_until", "person")
    chose = chose.only("created_at", "member", "shift__starts_at", *(f"{CHOSEN}__{name}" for name in fields))
    return [
        place.pk
        for place in chose.iterator()
        if any(
            place.created_at < moment <= now
            for moment in place.member.notice_preference.moments_before(place.shift.starts_at)
        )
    ]
