"""What is shown, spoken and printed: signed, short-lived, and forgotten by nobody but the clock."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from portal.check_in import tokens
from portal.check_in.errors import TokenExpiredError, TokenForgedError

NOW = timezone.now().replace(minute=0, second=1, microsecond=0)


def test_the_turning_code_counts_for_two_turns_and_no_longer(settings):
    with time_machine.travel(NOW, tick=False) as clock:
        token = tokens.rotating(7)
        clock.shift(timedelta(seconds=2 * settings.CHECK_IN_QR_SECONDS))
        assert tokens.read_rotating(token) == 7
        clock.shift(timedelta(seconds=1))
        with pytest.raises(TokenExpiredError):
            tokens.read_rotating(token)


@pytest.mark.parametrize("forged", ["7", "7:x:y", "", "8:aaaaaa:bbbbbbbb"])
def test_what_was_not_made_here_is_refused(forged):
    for read in (tokens.read_rotating, tokens.read_printed):
        with pytest.raises(TokenForgedError):
            read(forged)


def test_one_kind_of_token_is_not_the_other():
    with pytest.raises(TokenForgedError):
        tokens.read_rotating(tokens.printed(7))
    with pytest.raises(TokenForgedError):
        tokens.read_printed(tokens.rotating(7))
    assert tokens.read_printed(tokens.printed(7)) == 7


def test_the_spoken_code_turns_and_the_one_before_still_counts(settings):
    with time_machine.travel(NOW, tick=False) as clock:
        code = tokens.spoken(7)
        assert (len(code), code.isdigit()) == (6, True)
        assert tokens.is_spoken(code, 7)
        clock.shift(timedelta(seconds=settings.CHECK_IN_CODE_SECONDS))
        assert tokens.is_spoken(code, 7)
        clock.shift(timedelta(seconds=settings.CHECK_IN_CODE_SECONDS))
        assert not tokens.is_spoken(code, 7)


def test_each_shift_has_its_own_spoken_code():
    assert len({tokens.spoken(shift) for shift in range(1, 9)}) > 6


def test_a_sheets_code_is_read_as_people_type_it_and_every_slip_is_noticed():
    code = tokens.sheet_code(12345)

    assert tokens.read_sheet_code(code) == 12345
    assert tokens.read_sheet_code(f" {tokens.shown_code(code).lower()} ") == 12345
    for place, sign in enumerate(code):
        other = next(one for one in tokens.ALPHABET if one != sign)
        assert tokens.read_sheet_code(code[:place] + other + code[place + 1 :]) is None
    assert tokens.read_sheet_code("") is tokens.read_sheet_code("O0O0O-0000") is None
