import pytest

from portal.organisations.models import Area
from portal.organisations.naming import told_apart

LONGEST = 12


@pytest.mark.parametrize(
    ("name", "taken", "expected"),
    [
        ("清洁", {"巡逻"}, "清洁"),
        ("清洁", {"清洁"}, "清洁（东湖社区）"),
        ("清洁", {"清洁", "清洁（东湖社区）"}, "清洁（东湖社区 2）"),
        ("清洁", {"清洁", "清洁（东湖社区）", "清洁（东湖社区 2）"}, "清洁（东湖社区 3）"),
        ("一二三四五六七八九十一二", {"一二三四五六七八九十一二"}, "一二三四五六（东湖社区）"),
        ("一二三四五六七八", {"一二三四五六七八", "一二三四五六（东湖社区）"}, "一二三四（东湖社区 2）"),
    ],
)
def test_a_name_is_told_apart_until_it_is_free(name, taken, expected):
    assert told_apart(name, Area(name="东湖社区"), taken=taken, longest=LONGEST) == expected


def test_a_long_place_leaves_room_for_the_name():
    place = Area(name="很长很长很长很长很长很长的社区")

    assert told_apart("清洁", place, taken={"清洁"}, longest=LONGEST) == "清洁（很长很长很长）"
