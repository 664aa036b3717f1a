"""Venues with hours and places. ``weekly=[("01234", "9:00", "17:00")]``: days (0 is Monday), from, to;
``at=("30.6", "104.1")`` puts one on the map."""

from collections.abc import Iterable
from datetime import time
from typing import Any

from tests.factories.website import VenuePageFactory
from website.venues.models import VenueHours, VenuePage


class VenueFactory(VenuePageFactory):
    """A venue open on weekdays, nobody knows where."""

    class Meta:
        model = VenuePage

    @classmethod
    def _create_instance(cls, model_class: type[VenuePage], parent: Any, kwargs: dict[str, Any]) -> VenuePage:
        weekly = kwargs.pop("weekly", [("01234", "9:00", "17:00")])
        latitude, longitude = kwargs.pop("at", (None, None))
        page = model_class(**kwargs, latitude=latitude, longitude=longitude)
        page.weekly_hours = list(rows(weekly))
        return parent.add_child(instance=page)


def rows(hours: Iterable[tuple[str, str, str]]) -> Iterable[VenueHours]:
    return (VenueHours(days=[int(day) for day in days], opens=moment(a), closes=moment(b)) for days, a, b in hours)


def moment(written: str) -> time:
    hour, minute = written.split(":")
    return time(int(hour), int(minute))
