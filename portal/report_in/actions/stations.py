"""The points of reference a community keeps for members away from home."""

from django.db import transaction
from django.utils import timezone

from portal.members.models import User
from portal.organisations.models import Area
from portal.organisations.naming import told_apart
from portal.report_in.errors import NotACommunityError, StationNameTakenError
from portal.report_in.models import Station
from portal.report_in.queries.stations import stations_of
from portal.states import lock, save


@transaction.atomic
def open_station(*, area: Area, name: str, place: str, by: User, hours: str = "", phone: str = "") -> Station:
    """Open a station in ``area``. Locks the area.

    Raises:
        NotACommunityError: it has ended this very moment.
        StationNameTakenError: one of that name is open there.
    """
    area = lock(area)
    if not area.is_open:
        raise NotACommunityError
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


@transaction.atomic
def follow_stations(*, before: Area, after: Area, by: User | None) -> int:
    """Move the open stations of ``before`` to ``after``; return how many. Idempotent.

    One whose name is taken there is told apart by the name of the place it comes from.
    """
    found = list(stations_of(before).order_by("pk"))
    taken = set(stations_of(after).values_list("name", flat=True))
    longest = Station._meta.get_field("name").max_length
    for station in found:
        held = lock(station)
        held.area, held.name = after, told_apart(held.name, before, taken=taken, longest=longest)
        taken.add(held.name)
        save(held, action="moved", by=by, data={"from": before.code, "to": after.code})
    return len(found)
