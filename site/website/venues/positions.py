"""Where things are on the earth, how far apart, and where a Chinese map draws them.

GCJ-02 shifts WGS-84 by up to some 700 m inside China. The shift is published nowhere officially; the terms below are
those every open implementation shares.
"""

from dataclasses import dataclass
from math import asin, cos, pi, radians, sin, sqrt

EARTH = 6_371_008.8  # mean radius in metres
# The ellipsoid the shift was made with (Krasovsky 1940).
SEMI_MAJOR, ECCENTRICITY_SQUARED = 6_378_245.0, 0.00669342162296594323
SOUTH, NORTH, WEST, EAST = 3.0, 54.0, 73.0, 136.0
METRES_A_MINUTE = 80  # an easy walk: ten minutes are 800 m


@dataclass(frozen=True, slots=True)
class Position:
    """A place on the earth in degrees; WGS-84 unless said otherwise."""

    latitude: float
    longitude: float


def is_in_china(position: Position) -> bool:
    """Whether ``position`` lies in the rectangle around China."""
    return SOUTH <= position.latitude <= NORTH and WEST <= position.longitude <= EAST


def distance(one: Position, other: Position) -> float:
    """Return the metres between two places as the crow flies (haversine)."""
    latitude, other_latitude = radians(one.latitude), radians(other.latitude)
    half_north = (other_latitude - latitude) / 2
    half_east = radians(other.longitude - one.longitude) / 2
    chord = sin(half_north) ** 2 + cos(latitude) * cos(other_latitude) * sin(half_east) ** 2
    return 2 * EARTH * asin(sqrt(chord))


def middle(positions: list[Position]) -> Position:
    """Return the mean of ``positions``, close together as those of one community are."""
    number = len(positions)
    return Position(sum(p.latitude for p in positions) / number, sum(p.longitude for p in positions) / number)


def walking_minutes(metres: float) -> int:
    return max(1, -int(-metres // METRES_A_MINUTE))


def to_gcj02(position: Position) -> Position:
    """Return where a map in GCJ-02 draws ``position``; outside China it is not moved."""
    if not is_in_china(position):
        return position
    north, east = _shift(position)
    return Position(position.latitude + north, position.longitude + east)


def from_gcj02(drawn: Position) -> Position:
    """Return the place that a map in GCJ-02 draws at ``drawn``, to within a metre."""
    guess = drawn
    for _round in range(5):
        there = to_gcj02(guess)
        guess = Position(
            guess.latitude + drawn.latitude - there.latitude, guess.longitude + drawn.longitude - there.longitude
        )
    return guess


def _shift(position: Position) -> tuple[float, float]:
    """Return the shift to the north and to the east in degrees."""
    x, y = position.longitude - 105.0, position.latitude - 35.0
    slant = radians(position.latitude)
    magic = 1 - ECCENTRICITY_SQUARED * sin(slant) ** 2
    north = _north(x, y) * 180 / ((SEMI_MAJOR * (1 - ECCENTRICITY_SQUARED)) / (magic * sqrt(magic)) * pi)
    east = _east(x, y) * 180 / (SEMI_MAJOR / sqrt(magic) * cos(slant) * pi)
    return north, east


def _waves(unit: float, *terms: tuple[float, float]) -> float:
    return sum(height * sin(unit * pi * rate) for height, rate in terms) * 2 / 3


def _north(x: float, y: float) -> float:
    return (
        -100 + 2 * x + 3 * y + 0.2 * y * y + 0.1 * x * y + 0.2 * sqrt(abs(x))
        + _waves(x, (20, 6), (20, 2))
        + _waves(y, (20, 1), (40, 1 / 3), (160, 1 / 12), (320, 1 / 30))
    )  # fmt: skip


def _east(x: float, y: float) -> float:
    return (
        300 + x + 2 * y + 0.1 * x * x + 0.1 * x * y + 0.1 * sqrt(abs(x))
        + _waves(x, (20, 6), (20, 2), (20, 1), (40, 1 / 3), (150, 1 / 12), (300, 1 / 30))
    )  # fmt: skip
