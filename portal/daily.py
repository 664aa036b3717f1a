"""What the clock does once a day, though it comes every minute."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import TypeVar

from django.core.cache import cache
from django.utils import timezone

A_DAY = timedelta(days=1)
Answer = TypeVar("Answer")


def once_a_day(name: str, *, now: datetime, do: Callable[[], Answer]) -> Answer | None:
    """Do ``do`` once on the day of ``now``, whichever process asks first; ``None`` when it was done today already.

    One that breaks counts as not done, and is tried again.
    """
    key = f"{name}:{timezone.localdate(now)}"
    if not cache.add(key, True, timeout=A_DAY.total_seconds()):
        return None
    try:
        return do()
    except Exception:
        cache.delete(key)  # tried again in a minute
        raise
