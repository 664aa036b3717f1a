"""When a message may leave, in local time: outside quiet hours, or when the next digest is due."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.utils import timezone

from portal.notices.enums import Digest

MONDAY = 0


def quiet_by_default() -> tuple[time, time]:
    """Return the quiet hours of whoever has chosen none; the same time twice means none."""
    return time.fromisoformat(settings.QUIET_FROM), time.fromisoformat(settings.QUIET_UNTIL)


def after_quiet(moment: datetime, *, quiet_from: time, quiet_until: time) -> datetime:
    """Return ``moment``, or the end of the quiet hours it falls into; hours may go past midnight."""
    local = timezone.localtime(moment)
    now = local.time()
    if quiet_from <= quiet_until:
        is_quiet, ends_tomorrow = quiet_from <= now < quiet_until, False
    else:
        is_quiet, ends_tomorrow = now >= quiet_from or now < quiet_until, now >= quiet_from
    if not is_quiet:
        return moment
    day = local.date() + timedelta(days=ends_tomorrow)
    return timezone.make_aware(datetime.combine(day, quiet_until))


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
