"""Whom an activity is for, who holds which training, and what people say of their age."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from django.db import transaction
from django.utils import timezone

from portal import states
from portal.activities.actions import locks
from portal.activities.enums import Audience, RuleKind
from portal.activities.errors import ActivityCancelledError, AudienceMissingError
from portal.activities.models import Activity, AgeDeclaration, EntryRule, Qualification
from portal.activities.queries.audience import AGES, GROUPS, OF_AGE
from portal.members.models import User
from portal.organisations.models import Area


@transaction.atomic
def set_audience(*, activity: Activity, by: User, audience: str, rules: Iterable[dict[str, Any]]) -> Activity:
    """Say who is shown ``activity`` and who may sign up; ``rules`` take the place of those before.

    Whoever is signed up already keeps their place.

    Raises:
        ActivityCancelledError: it has been called off.
        AudienceMissingError: only named people would see it, and nobody is named.
    """
    activity = locks.lock_activity(activity)
    if activity.is_cancelled:
        raise ActivityCancelledError
    wanted = list(rules)
    if audience == Audience.LISTED and not any(rule["kind"] in GROUPS for rule in wanted):
        raise AudienceMissingError
    activity.entry_rules.all().delete()
    for rule in wanted:
        EntryRule(activity=activity, **rule).save()
    activity.audience = audience
    kinds = sorted({str(rule["kind"]) for rule in wanted})
    states.save(activity, action="audience_set", by=by, data={"audience": audience, "rules": kinds})
    return activity


@transaction.atomic
def declare_age(*, person: User, rules: Iterable[EntryRule], by: User | None = None) -> None:
    """Keep that ``person`` says they meet these rules on age; ``by`` is who enters it for them. Idempotent."""
    for rule in rules:
        if rule.kind in AGES and rule.age is not None:
            _declare(person, RuleKind(rule.kind), rule.age, by=by or person)


@transaction.atomic
def declare_of_age(*, person: User, by: User) -> None:
    """Keep that ``person`` says they are of age, as ``by`` enters it. Idempotent."""
    _declare(person, RuleKind.MIN_AGE, OF_AGE, by=by)


@transaction.atomic
def grant_qualification(
    *, holder: User, by: User, area: Area, training: str, starts_on: date, ends_on: date | None = None
) -> Qualification:
    """Note that ``holder`` has a training or qualification from a day until a day."""
    granted = Qualification(
        holder=holder, granted_by=by, area=area, training=training, starts_on=starts_on, ends_on=ends_on
    )
    states.save(granted, action="granted", by=by)
    return granted


@transaction.atomic
def end_qualification(*, qualification: Qualification, by: User) -> Qualification:
    """End a qualification today; what was done with it stays. Idempotent."""
    qualification = states.lock(qualification)
    today = timezone.localdate()
    if qualification.ends_on is None or qualification.ends_on > today:
        qualification.ends_on = max(today, qualification.starts_on)
        states.save(qualification, action="ended", by=by)
    return qualification


def _declare(person: User, kind: RuleKind, age: int, *, by: User) -> None:
    locks.lock_person(person)
    said = {"person": person, "kind": kind, "age": age}
    if not AgeDeclaration.objects.filter(**said).exists():
        states.save(AgeDeclaration(**said), action="made", by=by, data=states.for_whom(person.pk, by))
