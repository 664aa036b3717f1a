"""The names by which people know where they live, as a community keeps them."""

from collections.abc import Iterable

from django.db import transaction
from wagtail.log_actions import log

from portal.members.models import User
from portal.organisations.models import Area
from portal.report_in.models import AddressName
from portal.report_in.queries import fold
from portal.states import lock


@transaction.atomic
def keep_address_names(*, area: Area, names: Iterable[str], by: User) -> int:
    """Make ``names`` the estates and roads of ``area``; return how many changed. Locks the area."""
    area = lock(area)
    wanted = {folded for name in names if (folded := fold(name))}
    there = set(AddressName.objects.filter(area=area).values_list("text", flat=True))
    added, removed = sorted(wanted - there), sorted(there - wanted)
    AddressName.objects.filter(area=area, text__in=removed).delete()
    AddressName.objects.bulk_create(AddressName(area=area, text=text) for text in added)
    if added or removed:
        log(area, "report_in.addressname.changed", user=by, data={"added": added, "removed": removed})
    return len(added) + len(removed)
