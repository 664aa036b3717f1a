"""Whoever has something in a place that ends or becomes another is held before any row of theirs."""

from collections.abc import Iterable
from typing import Any

from django.contrib.auth import get_user_model
from django.db.models import Q, QuerySet

from portal.organisations.models import Unit
from portal.organisations.signals import Concerned


def hold_concerned(found: Iterable[Concerned]) -> None:
    """Lock the units, then the people of ``found``, each in the order of their keys, as everybody does.

    The caller holds the place itself. So nobody waits crosswise, whatever rows each reaches for next.
    """
    found = list(found)
    _hold(Unit._default_manager.all(), [keys for one in found for keys in one.units])
    _hold(get_user_model()._default_manager.all(), [keys for one in found for keys in one.people])


def _hold(rows: QuerySet[Any], keys: list[QuerySet[Any, Any]]) -> None:
    if not keys:
        return
    there = Q()
    for some in keys:
        there |= Q(pk__in=some)
    list(rows.filter(there).select_for_update(no_key=True, of=("self",)).order_by("pk").values_list("pk"))
