"""The points of reference a community keeps for members away from home."""

from django.db import transaction
from django.utils import timezone

from portal.members.models import User
from portal.organisations.models import Area
from portal.report_in.errors import StationNameTakenError
from portal.report_in.models import Station
from portal.states import lock, save


@transaction.atomic
def open_station(*, area: Area, name: str, place: str, by: User, hours: str = "", phone: str = "") -> Station:
    """Open a station in ``area``. Locks the area.

    Raises:
        StationNameTakenError: one of that name is open there.
    """
    area = lock(area)
    if area.stations.filter(name=name, ended_on__isnull=True).exists():
        raise StationNameTakenError
    station = Station(area=area, name=name, place=place, hours=hours, phone=phone)
    save(station, action="opened", by=by)
    return station


@transaction.atomic
def end_station(*, station: Station, by: User) -> Station:
    """Offer the station no longer; stays that name it keep it. Idempotent."""
    station = lock(station)
    if station.ended_on is None:
        station.ended_on = timezone.localdate()
        save(station, action="ended", by=by)
    return station
