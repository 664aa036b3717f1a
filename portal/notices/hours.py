"""When a message may leave, in local time: outside quiet hours, or when the next digest is due."""

from collections.abc import Mapping
from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from portal.notices.enums import Digest, Lead

MONDAY = 0
LEADS: Mapping[str, timedelta] = {Lead.THREE_HOURS: timedelta(hours=3), Lead.ONE_HOUR: timedelta(hours=1)}
BEFORE_QUIET = timedelta(minutes=15)  # the clock, the worker and a gateway that is asked twice are through by then


def quiet_by_default() -> tuple[time, time]:
    """Return the quiet hours of whoever has chosen none; the same time twice means none."""
    return time.fromisoformat(settings.QUIET_FROM), time.fromisoformat(settings.QUIET_UNTIL)


def after_quiet(moment: datetime, *, quiet_from: time, quiet_until: time) -> datetime:
    """Return ``moment``, or the end of the quiet hours it falls into; hours may go past midnight."""
    around = _quiet_around(moment, quiet_from, quiet_until)
    return around[1] if around else moment


def reminder_moments(
    begins: datetime, *, lead: str, hour: int, quiet_from: time, quiet_until: time
) -> tuple[datetime, ...]:
    """Return when to remind of what ``begins`` then, the earliest first; nothing where nobody wants to be reminded.

    A moment that quiet hours cover is brought forward to shortly before they begin. It stands all the same as the
    second one, for whoever was not there yet at the first; what leaves the house waits until the quiet hours are over.
    ``hour`` is that of the day before.
    """
    if lead == Lead.NONE:
        return ()
    if lead in LEADS:
        wanted = begins - LEADS[lead]
    else:
        eve = timezone.localdate(begins) - timedelta(days=1)
        wanted = timezone.make_aware(datetime.combine(eve, time(hour)))
    around = _quiet_around(wanted, quiet_from, quiet_until)
    if around is None or _still_the_eve(wanted, around[1], lead=lead):
        return (wanted,)
    early = after_quiet(around[0] - BEFORE_QUIET, quiet_from=quiet_from, quiet_until=quiet_until)
    return early, wanted


def next_digest(moment: datetime, *, digest: str, hour: int) -> datetime:
    """Return when the mails waiting at ``moment`` are gathered."""
    if digest == Digest.AT_ONCE:
        return moment
    local = timezone.localtime(moment)
    day = local.date()
    if digest == Digest.WEEKLY:
        day += timedelta(days=(MONDAY - day.weekday()) % 7)
    due = timezone.make_aware(datetime.combine(day, time(hour)))
    if due <= moment:
        due += timedelta(days=7 if digest == Digest.WEEKLY else 1)
    return due


def _still_the_eve(wanted: datetime, quiet_ends: datetime, *, lead: str) -> bool:
    return lead not in LEADS and timezone.localdate(quiet_ends) == timezone.localdate(wanted)


def _quiet_around(moment: datetime, quiet_from: time, quiet_until: time) -> tuple[datetime, datetime] | None:
    """Return from when until when it is quiet around ``moment``, if it is."""
    local = timezone.localtime(moment)
    now, today = local.time(), local.date()
    past_midnight = quiet_from > quiet_until
    is_quiet = (now >= quiet_from or now < quiet_until) if past_midnight else quiet_from <= now < quiet_until
    if not is_quiet:
        return None
    first = today - timedelta(days=1) if past_midnight and now < quiet_until else today
    begins, ends = datetime.combine(first, quiet_from), datetime.combine(first, quiet_until)
    return timezone.make_aware(begins), timezone.make_aware(ends + timedelta(days=past_midnight))
