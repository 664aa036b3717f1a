"""Numbers, addresses and names of people. Every number here is invented."""

import pytest

from website.editing.checks import remarks_on
from website.editing.checks.privacy import (
    home_addresses,
    identity_numbers,
    mobile_numbers,
    named_without_consent,
)
from website.editing.enums import Weight
from website.editing.reading import Piece, Reading
from webui.identity import is_identity_number

INVENTED = "11010519491231002X"  # the worked example of GB 11643


def saying(text: str, *, path: str = "body.1") -> Reading:
    return Reading(pieces=(Piece(path, text),))


@pytest.mark.parametrize("number", [INVENTED, INVENTED.lower(), "110105 19491231 002X", "440524188001010014"])
def test_citizen_number_is_known_by_its_last_character(number: str) -> None:
    assert is_identity_number(number)


@pytest.mark.parametrize("number", ["110105194912310021", "440524188001010015", "", "12345"])
def test_number_with_another_last_character_is_none(number: str) -> None:
    assert not is_identity_number(number)


@pytest.mark.parametrize(
    "text",
    [f"证件号{INVENTED}。", f"（{INVENTED}）", "证件 110105 19491231 002X", "１１０１０５１９４９１２３１００２Ｘ"],
)
def test_citizen_number_refuses_publication(text: str) -> None:
    [remark] = identity_numbers(saying(text))

    assert (remark.code, remark.weight) == ("identity-number", Weight.REFUSES)
    assert "19491231" not in remark.message


def test_number_that_only_looks_like_one_asks() -> None:
    [remark] = identity_numbers(saying("编号 110105194912310021"))

    assert (remark.code, remark.weight) == ("identity-number-like", Weight.ASKS)


@pytest.mark.parametrize(
    "text",
    [
        "合同号 2024110105194912310021",
        "11010519491331002X",
        "订单 110105194912310",
        "共 544000 名党员，涉及 30085 个组织",
    ],
)
def test_other_long_numbers_are_left_alone(text: str) -> None:
    assert list(identity_numbers(saying(text))) == []


@pytest.mark.parametrize(
    "text", ["打 13812345678 找我", "138-1234-5678", "138 1234 5678", "+86 13812345678", "１３８１２３４５６７８"]
)
def test_mobile_number_asks_and_is_masked(text: str) -> None:
    [remark] = mobile_numbers(saying(text))

    assert remark.weight == Weight.ASKS
    assert "138****5678" in remark.message


@pytest.mark.parametrize("text", ["010-5550 0123", "12345 热线", "2013812345678901", "0.13812345678", "12812345678"])
def test_other_numbers_are_no_mobiles(text: str) -> None:
    assert list(mobile_numbers(saying(text))) == []


@pytest.mark.parametrize("path", ["phone", "places.phone", "contact_phone", "hotline"])
def test_number_in_a_field_for_it_is_meant_for_the_public(path: str) -> None:
    assert list(mobile_numbers(saying("13812345678", path=path))) == []


def test_citizen_number_is_not_taken_for_a_mobile() -> None:
    assert list(mobile_numbers(saying("110105138123456789 440524188001010014"))) == []


@pytest.mark.parametrize("text", ["家住 3号楼2单元501室", "12 栋 1 单元 302", "2单元501户"])
def test_home_address_asks(text: str) -> None:
    [remark] = home_addresses(saying(text))

    assert remark.code == "home-address"


@pytest.mark.parametrize(
    ("text", "path"), [("3号楼前的空地", "body.1"), ("3号楼2单元101室", "place"), ("3号楼1单元101室", "address")]
)
def test_buildings_and_public_places_are_no_homes(text: str, path: str) -> None:
    assert list(home_addresses(saying(text, path=path))) == []


def test_person_without_consent_is_noticed_in_title_and_text() -> None:
    reading = Reading(title="许望舒的药箱", pieces=(Piece("body.1", "许望舒每晚守着。"), Piece("body.2", "邻居说好。")))

    found = list(named_without_consent(reading, names=["许望舒", "罗砚秋"]))

    assert [remark.path for remark in found] == ["title", "body.1"]


def test_what_refuses_comes_first() -> None:
    found = remarks_on(saying(f"13812345678 {INVENTED}"))

    assert [remark.code for remark in found if remark.code in {"identity-number", "phone"}] == [
        "identity-number",
        "phone",
    ]
