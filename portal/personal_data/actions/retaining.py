"""Letting go of what is past its time."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

import structlog
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.daily import once_a_day
from portal.personal_data import queries
from portal.personal_data.actions.closing import close_due
from portal.personal_data.retention import KEPT, Kept

logger = structlog.get_logger(__name__)

AT_A_TIME = 1000  # rows a statement, so that nobody waits for a lock


@dataclass(frozen=True)
class Outcome:
    """What one kind of row came to: ``due`` rows past their time, ``gone`` of them deleted or emptied."""

    key: str
    name: str
    setting: str
    days: int
    floor: int
    source: str
    due: int
    gone: int


def retain(*, now: datetime, dry_run: bool = False) -> list[Outcome]:
    """Let go of what is past its time and close the accounts that are due; with ``dry_run`` only count. Idempotent."""
    outcomes = [_retain(kept, now=now, dry_run=dry_run) for kept in KEPT]
    return [*outcomes, _close_accounts(now=now, dry_run=dry_run)]


def retain_daily(*, now: datetime) -> dict[str, int] | None:
    """Do the same once a day, whenever it is called; return what went, or ``None`` when it was done today already."""
    gone = once_a_day("retained", now=now, do=lambda: retain(now=now))
    return None if gone is None else {outcome.key: outcome.gone for outcome in gone if outcome.gone}


def _retain(kept: Kept, *, now: datetime, dry_run: bool) -> Outcome:
    due = kept.due(now).count()
    gone = 0 if dry_run else _let_go(kept, kept.due(now))
    if gone:
        logger.info("retention.deleted", kind=kept.key, rows=gone)
    return Outcome(kept.key, str(kept.name), kept.setting, kept.days, kept.floor, str(kept.source), due, gone)


def _let_go(kept: Kept, rows: Any) -> int:
    gone = 0
    while keys := list(rows.values_list("pk", flat=True)[:AT_A_TIME]):
        few = rows.model._base_manager.filter(pk__in=keys)
        if kept.emptied:
            few.update(**kept.emptied)
        else:
            few.delete()
        gone += len(keys)
    return gone


def _close_accounts(*, now: datetime, dry_run: bool) -> Outcome:
    today = timezone.localdate(now)
    due = queries.closings_due(today).count()
    gone = 0 if dry_run else close_due(today=today)
    source = _("GB/T 35273：十五个工作日内答复")
    return Outcome(
        "accounts", _("到期的账户注销"), "ACCOUNT_CLOSING_DAYS", queries.waiting_days(), 0, source, due, gone
    )
