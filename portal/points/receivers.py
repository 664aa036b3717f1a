"""Points follow service records, in the same transaction."""

from typing import Any

from django.dispatch import receiver

from portal.points import actions, queries
from portal.records.models import ServiceRecord
from portal.records.signals import record_posted, record_reversed


@receiver(record_posted)
def award_posted(sender: type[ServiceRecord], *, record: ServiceRecord, **kwargs: Any) -> None:
    if queries.rule_sets_on(record.served_on).exists():
        actions.award(record=record)


@receiver(record_reversed)
def take_back_reversed(sender: type[ServiceRecord], *, record: ServiceRecord, **kwargs: Any) -> None:
    actions.take_back(record=record)
