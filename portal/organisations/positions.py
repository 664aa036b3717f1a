"""Where something lies on the earth, in WGS-84 as a phone tells it, and how far two things are apart."""

from dataclasses import dataclass
from math import cos, hypot, radians
from typing import Any

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import F, FloatField, Q, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast, Coalesce
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

METRES_A_DEGREE = 111_195.08  # of a circle with the earth's mean radius
A_KILOMETRE = 1_000


@dataclass(frozen=True, slots=True)
class Point:
    """A place in degrees."""

    latitude: float
    longitude: float


def degrees(label: Any, limit: int) -> "models.DecimalField[Any, Any]":
    """Return a field for a latitude (``limit`` 90) or a longitude (180), which may be unknown."""
    words = gettext_lazy("这个数超出了范围；纬度和经度别写反了。")
    range_of = [MinValueValidator(-limit, words), MaxValueValidator(limit, words)]
    return models.DecimalField(label, max_digits=9, decimal_places=6, null=True, blank=True, validators=range_of)


def whole_position(name: str) -> models.CheckConstraint:
    """Return the constraint that ``latitude`` and ``longitude`` are both known or both unknown, and on the earth."""
    return models.CheckConstraint(
        condition=Q(latitude__isnull=True, longitude__isnull=True)
        | Q(
            latitude__isnull=False,
            longitude__isnull=False,
            latitude__range=(-90, 90),
            longitude__range=(-180, 180),
        ),
        name=name,
        violation_error_message=gettext_lazy("纬度和经度要么都填，要么都不填。"),
    )


def point_of(place: Any) -> Point | None:
    """Return where ``place`` (anything with a latitude and a longitude) lies, if that is known."""
    if place is None or place.latitude is None:
        return None
    return Point(float(place.latitude), float(place.longitude))


def metres_between(one: Point, other: Point) -> float:
    """Return how far apart two places of a city are, as the crow flies: on a flat map, to a thousandth."""
    east = (other.longitude - one.longitude) * cos(radians(one.latitude))
    return hypot(other.latitude - one.latitude, east) * METRES_A_DEGREE


def square_metres_from(point: Point, *prefixes: str) -> Combinable:
    """Return the same distance, squared, for the database: from ``point`` to the first of ``prefixes`` that is known.

    A prefix leads to a latitude and a longitude, such as ``"activity__"``. Unknown where none is known.
    """
    north = (_first("latitude", prefixes) - Value(point.latitude)) * Value(METRES_A_DEGREE)
    east = (_first("longitude", prefixes) - Value(point.longitude)) * Value(
        METRES_A_DEGREE * cos(radians(point.latitude))
    )
    return north * north + east * east


def said(metres: float) -> str:
    """Return a distance in words, no more exact than it is known."""
    tens = round(metres / 50) * 50
    if metres < 100:
        return _("不到 100 米")
    if tens < A_KILOMETRE:
        return _("约 %(n)d 米") % {"n": tens}
    return _("约 %(n)s 公里") % {"n": f"{metres / A_KILOMETRE:.{0 if metres >= 10 * A_KILOMETRE else 1}f}"}


def _first(name: str, prefixes: tuple[str, ...]) -> Combinable:
    known = [F(f"{prefix}{name}") for prefix in prefixes]
    return Cast(Coalesce(*known) if len(known) > 1 else known[0], FloatField())
