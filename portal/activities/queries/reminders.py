"""Whom to remind of a shift now: each as long before it as they chose, once."""

from datetime import datetime, time, timedelta

from django.db.models import Exists, F, OuterRef, Q, QuerySet, Value
from django.db.models.fields import CharField
from django.db.models.functions import Cast, Concat
from django.utils import timezone

from portal.activities.enums import ActivityState, SignUpState
from portal.activities.models import SignUp
from portal.notices.enums import Lead
from portal.notices.models import Message

REMINDED = "activities.reminder:"
EVENING = time(18)
HOURS = {Lead.THREE_HOURS: timedelta(hours=3), Lead.ONE_HOUR: timedelta(hours=1)}


def sign_ups_to_remind(now: datetime) -> QuerySet[SignUp]:
    """Return the places on shifts whose people are to be reminded at ``now`` and have not been, by shift.

    Whoever signed up when the time to remind them was over knows it still, and is not reminded.
    """
    told = Message.objects.filter(
        recipient=OuterRef("member"),
        once=Concat(Value(REMINDED), Cast(OuterRef("shift"), CharField())),
    )
    return (
        SignUp.objects.filter(
            _is_due(now),
            ~Exists(told),
            state=SignUpState.CONFIRMED,
            shift__activity__state=ActivityState.PUBLISHED,
            shift__starts_at__gt=now,
        )
        .select_related("member", "shift__activity")
        .order_by("shift", "pk")
    )


def _is_due(now: datetime) -> Q:
    chosen = "member__notice_preference"
    by_default = Q(**{f"{chosen}__isnull": True}) | Q(**{f"{chosen}__lead": Lead.EVENING_BEFORE})
    due = by_default & _evening_before(now)
    for lead, before in HOURS.items():
        early = Q(shift__starts_at__lte=now + before, created_at__lt=F("shift__starts_at") - before)
        due |= Q(**{f"{chosen}__lead": lead}) & early
    return due


def _evening_before(now: datetime) -> Q:
    today = timezone.localdate(now)
    due = Q(pk__in=[])
    for day in (today, today + timedelta(days=1)):
        evening = timezone.make_aware(datetime.combine(day - timedelta(days=1), EVENING))
        if evening <= now:
            begins = timezone.make_aware(datetime.combine(day, time.min))
            of_the_day = {"shift__starts_at__gte": begins, "shift__starts_at__lt": begins + timedelta(days=1)}
            due |= Q(created_at__lt=evening, **of_the_day)
    return due
