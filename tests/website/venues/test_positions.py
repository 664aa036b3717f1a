import pytest
from hypothesis import given
from hypothesis import strategies as st

from website.venues.positions import (
    Position,
    distance,
    from_gcj02,
    is_in_china,
    middle,
    to_gcj02,
    walking_minutes,
)

BEIJING = Position(39.90105, 116.42079)
# As it is, and as a Chinese map draws it.
KNOWN = [
    (BEIJING, Position(39.90245, 116.42703)),
    (Position(31.1774276, 121.5272106), Position(31.1753040, 121.5315419)),
    (Position(22.543847, 113.912316), Position(22.5407961, 113.9171765)),
    (Position(39.911954, 116.377817), Position(39.9133455, 116.3840472)),
]
IN_CHINA = st.builds(Position, st.floats(18.2, 53.5), st.floats(73.6, 134.7))


@pytest.mark.parametrize(("place", "drawn"), KNOWN)
def test_a_chinese_map_draws_places_where_it_is_known_to(place: Position, drawn: Position) -> None:
    assert distance(to_gcj02(place), drawn) < 1
    assert distance(from_gcj02(drawn), place) < 1


@given(IN_CHINA)
def test_there_and_back_again_is_within_a_metre(place: Position) -> None:
    assert distance(from_gcj02(to_gcj02(place)), place) < 1


@given(IN_CHINA)
def test_a_chinese_map_is_some_hundred_metres_off(place: Position) -> None:
    assert 0 < distance(to_gcj02(place), place) < 1000


@pytest.mark.parametrize("place", [Position(51.5, -0.12), Position(-33.9, 151.2), Position(35.68, 139.69)])
def test_nothing_is_moved_outside_china(place: Position) -> None:
    assert not is_in_china(place)
    assert to_gcj02(place) == place


def test_distances_are_those_of_the_earth() -> None:
    shanghai = Position(31.23039, 121.47370)

    assert distance(BEIJING, BEIJING) == 0
    assert distance(BEIJING, shanghai) == pytest.approx(1_067_000, rel=0.005)
    assert distance(BEIJING, shanghai) == distance(shanghai, BEIJING)
    # A minute of latitude is a nautical mile.
    assert distance(BEIJING, Position(39.90105 + 1 / 60, 116.42079)) == pytest.approx(1852, rel=0.002)


def test_the_middle_lies_between() -> None:
    assert middle([Position(30, 120), Position(31, 122)]) == Position(30.5, 121)


@pytest.mark.parametrize(("metres", "minutes"), [(0, 1), (79, 1), (80, 1), (81, 2), (800, 10), (801, 11)])
def test_ten_minutes_of_walking_are_800_metres(metres: int, minutes: int) -> None:
    assert walking_minutes(metres) == minutes
