"""What a table of units is told that a table of areas is not."""

import pytest

from tests.factories.organisations import UnitFactory
from tests.portal.organisations.test_imports import problems, units

pytestmark = pytest.mark.django_db


def test_a_unit_that_would_stand_elsewhere_is_told_what_units_can_do():
    UnitFactory(code="B", above=UnitFactory(code="A"))
    UnitFactory(code="C")

    found = problems(units(["B", "", "", "C"], ["C", "", "", "A"]))

    assert found == [
        (2, "上级编码", "已有的上级是 A。单位的上级不能改，请照原来的填写，或者留空。"),
        (3, "上级编码", "已有的上级是 —。单位的上级不能改，请照原来的填写，或者留空。"),
    ]


def test_units_that_stand_above_each_other_are_refused():
    found = units(["A", "甲", "机关", "B"], ["B", "乙", "机关", "A"])

    assert (2, "上级编码", "上级绕成了一圈。") in problems(found)
