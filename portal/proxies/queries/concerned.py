"""Of whom this room keeps something open in areas that are about to become others."""

from collections.abc import Collection

from django.db.models import QuerySet

from portal.organisations.models import Area
from portal.organisations.signals import Concerned
from portal.proxies.enums import HandOverState
from portal.proxies.models import HandOver, ManagedPerson, ResidentVolunteer


def managed_in(areas: Collection[Area]) -> QuerySet[ManagedPerson]:
    """Return those whose accounts ``areas`` keep."""
    return ManagedPerson.objects.filter(area__in=areas, claimed_at__isnull=True)


def hand_overs_waiting_in(areas: Collection[Area]) -> QuerySet[HandOver]:
    return HandOver.objects.filter(area__in=areas, state=HandOverState.ASKED)


def residents_in(areas: Collection[Area]) -> QuerySet[ResidentVolunteer]:
    return ResidentVolunteer.objects.filter(area__in=areas, left_at__isnull=True)


def concerned_in(areas: Collection[Area]) -> Concerned:
    """Return who is a resident volunteer in ``areas``, or has an account kept or handed over there."""
    kept = (managed_in(areas), hand_overs_waiting_in(areas), residents_in(areas))
    return Concerned(people=[rows.order_by().values("person") for rows in kept])
