"""Patterns are looked for once a day, and a person says what they see in them. No record changes."""

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.daily import once_a_day
from portal.members.models import User
from portal.records.enums import HINT_TRANSITIONS, HintRule, HintState
from portal.records.errors import HintAboutOneselfError, NoteMissingError
from portal.records.models import Hint
from portal.records.queries import odd

BATCH = 500


def find_hints(*, today: date) -> int:
    """Look for every pattern; return how many were not known. Done again, nothing is added."""
    return sum(_find(rule, today=today) for rule in odd.RULES)


def find_hints_daily(*, now: datetime) -> int | None:
    """Do the same once a day, whenever it is called; ``None`` when it was done today already."""
    return once_a_day("record-hints", now=now, do=lambda: find_hints(today=timezone.localdate(now)))


@transaction.atomic
def look_at_hint(*, hint: Hint, state: HintState, by: User, note: str = "") -> Hint:
    """Say that it is fine, or that it needs a closer look and why. Done again, nothing changes.

    Raises:
        HintAboutOneselfError: it is about what ``by`` did.
        NoteMissingError: a closer look without a word why.
    """
    hint = states.lock(hint)
    if by.pk in (hint.member_id, hint.recorder_id, hint.confirmer_id):
        raise HintAboutOneselfError
    if state == HintState.CLOSER and not note.strip():
        raise NoteMissingError
    if hint.state == state:
        return hint
    hint.note, hint.looked_by, hint.looked_at = note.strip(), by, timezone.now()
    states.move(hint, to=state, by=by, transitions=HINT_TRANSITIONS)
    return hint


def _find(rule: HintRule, *, today: date) -> int:
    known = odd.RULES[rule]
    quarter = f"@{today.year}Q{(today.month + 2) // 3}" if known.is_quarterly else ""
    found = {one.key + quarter: one for one in known.find(odd.counted_since(today))}
    there = Hint.objects.filter(rule=rule, version=known.version)
    keys = set(there.values_list("key", flat=True)) if found else set()
    waiting = there.exclude(state=HintState.FINE).values_list("key", flat=True) if found else ()
    in_hand = {key.partition("@")[0] for key in waiting}
    rows = [
        Hint(
            rule=rule,
            version=known.version,
            key=key,
            area_id=one.area,
            member_id=one.member,
            recorder_id=one.recorder,
            confirmer_id=one.confirmer,
            facts=one.facts,
            state=HintState.OPEN,
        )
        for key, one in found.items()
        if key not in keys and one.key not in in_hand
    ]
    Hint.objects.bulk_create(rows, batch_size=BATCH, ignore_conflicts=True)
    return len(rows)
