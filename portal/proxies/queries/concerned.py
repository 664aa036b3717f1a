"""Of whom this room keeps something open in areas that are about to become others."""

from collections.abc import Collection

from django.db.models import QuerySet

from portal.organisations.models import Area
from portal.organisations.signals import Concerned
from portal.proxies.enums import HandOverState
from portal.proxies.models import HandOver, ManagedPerson, ResidentVolunteer
from portal.proxies.queries.people import kept, open_residencies


def managed_in(areas: Collection[Area]) -> QuerySet[ManagedPerson]:
    """Return those whose accounts ``areas`` keep."""
    return kept().filter(area__in=areas)


def hand_overs_waiting_in(areas: Collection[Area]) -> QuerySet[HandOver]:
    return HandOver.objects.filter(area__in=areas, state=HandOverState.ASKED)


def residents_in(areas: Collection[Area]) -> QuerySet[ResidentVolunteer]:
    return open_residencies().filter(area__in=areas)


def concerned_in(areas: Collection[Area]) -> Concerned:
    """Return who is a resident volunteer in ``areas``, or has an account kept or handed over there."""
    open_rows = (managed_in(areas), hand_overs_waiting_in(areas), residents_in(areas))
    return Concerned(people=[rows.order_by().values("person") for rows in open_rows])
