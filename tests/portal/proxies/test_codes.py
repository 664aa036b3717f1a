import pytest
from hypothesis import given
from hypothesis import strategies as st

from portal.proxies import codes

BODY = st.text(alphabet=codes.ALPHABET, min_size=codes.CARD_LENGTH - 1, max_size=codes.CARD_LENGTH - 1)
SIGN = st.sampled_from(codes.ALPHABET)


def test_nothing_that_is_misread_stands_in_a_code():
    assert not set("01IOL") & set(codes.ALPHABET)
    assert len(codes.ALPHABET) == len(set(codes.ALPHABET)) == 31


@given(BODY, st.integers(0, codes.CARD_LENGTH - 1), SIGN)
def test_a_single_slip_is_noticed(body, place, sign):
    code = body + codes.check_sign(body)
    slipped = code[:place] + sign + code[place + 1 :]

    assert (codes.read_code(slipped) == slipped) is (slipped == code)


@given(BODY, st.integers(0, codes.CARD_LENGTH - 2))
def test_two_neighbours_swapped_are_noticed(body, place):
    code = body + codes.check_sign(body)
    swapped = code[:place] + code[place + 1] + code[place] + code[place + 2 :]

    assert (codes.read_code(swapped) == swapped) is (swapped == code)


@pytest.mark.parametrize("length", [codes.CARD_LENGTH, codes.LINK_LENGTH])
def test_a_code_is_read_however_it_is_typed(length):
    code = codes.new_code(length)
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)

    for typed in (
        code,
        codes.shown(code),
        code.lower(),
        f" {codes.shown(code)} ",
        wide,
        codes.shown(code).replace("-", "－"),
    ):
        assert codes.read_code(typed) == code


@pytest.mark.parametrize("typed", ["", "K7QF", "0000-0000", "你好", "K7QF2M9RK7QF2M9R", "\x00" * 8])
def test_what_is_no_code_is_read_as_none(typed):
    assert codes.read_code(typed) == ""


def test_a_digest_does_not_hold_its_code():
    code = codes.new_code()

    assert code not in codes.digest_of(code)
    assert codes.digest_of(code) == codes.digest_of(code) != codes.digest_of(codes.new_code())
