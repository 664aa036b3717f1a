"""What is shown, spoken or printed at the place, and recognised again: signed with the secret key, stored nowhere."""

import re
import time
import unicodedata

from django.conf import settings
from django.core import signing
from django.utils.crypto import constant_time_compare, salted_hmac

from portal.check_in.errors import TokenExpiredError, TokenForgedError

ROTATING, PRINTED = "portal.check_in.rotating", "portal.check_in.printed"
SPOKEN, SHEET, TABLET, ACCOUNT = (f"portal.check_in.{name}" for name in ("spoken", "sheet", "tablet", "account"))
DIGITS = 6
ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no sign that is misread
KEY_SIGNS, CHECK_SIGNS = 5, 4


def rotating(shift: int) -> str:
    """Return what the QR code at the place says of ``shift`` now; good for two turns of the code."""
    return signing.TimestampSigner(salt=ROTATING).sign(str(shift))


def printed(shift: int) -> str:
    """Return what a printed QR code says of ``shift``; when it counts, the shift itself decides."""
    return signing.Signer(salt=PRINTED).sign(str(shift))


def read_rotating(token: str) -> int:
    """Return the key of the shift ``token`` was made for.

    Raises:
        TokenExpiredError: it has turned since.
        TokenForgedError: it was not made here.
    """
    try:
        return int(signing.TimestampSigner(salt=ROTATING).unsign(token, max_age=2 * settings.CHECK_IN_QR_SECONDS))
    except signing.SignatureExpired:
        raise TokenExpiredError from None
    except (signing.BadSignature, ValueError):
        raise TokenForgedError from None


def read_printed(token: str) -> int:
    """Return the key of the shift ``token`` was printed for.

    Raises:
        TokenForgedError: it was not made here.
    """
    try:
        return int(signing.Signer(salt=PRINTED).unsign(token))
    except (signing.BadSignature, ValueError):
        raise TokenForgedError from None


def spoken(shift: int, *, turns_ago: int = 0) -> str:
    """Return the six digits read aloud for ``shift`` in this turn, or some turns ago."""
    turn = int(time.time()) // settings.CHECK_IN_CODE_SECONDS - turns_ago
    digest = salted_hmac(SPOKEN, f"{shift}:{turn}", algorithm="sha256").digest()
    return f"{int.from_bytes(digest[:8], 'big') % 10**DIGITS:0{DIGITS}}"


def is_spoken(typed: str, shift: int) -> bool:
    """Return whether ``typed`` is the code of ``shift``, the present one or the one before."""
    good = [constant_time_compare(typed, spoken(shift, turns_ago=ago)) for ago in (0, 1)]
    return any(good)


def seconds_left(every: int) -> int:
    """Return how long what turns ``every`` so many seconds still stands."""
    return every - int(time.time()) % every


def sheet_code(sheet: int) -> str:
    """Return the code on a printed list: its number, and signs that only the secret key can make."""
    body = _in_signs(sheet, KEY_SIGNS)
    return body + _check(body)


def read_sheet_code(typed: str) -> int | None:
    """Return the number of the printed list, however its code was typed; ``None`` where there is none."""
    code = re.sub(r"[\s\-‐-―－]", "", unicodedata.normalize("NFKC", typed)).upper()
    if len(code) != KEY_SIGNS + CHECK_SIGNS or not set(code) <= set(ALPHABET):
        return None
    body, check = code[:KEY_SIGNS], code[KEY_SIGNS:]
    if not constant_time_compare(check, _check(body)):
        return None
    number = 0
    for sign in body:
        number = number * len(ALPHABET) + ALPHABET.index(sign)
    return number


def shown_code(code: str) -> str:
    """Return ``code`` in two groups: ``2222K-7QFM``."""
    return f"{code[:KEY_SIGNS]}-{code[KEY_SIGNS:]}"


def tablet_digest(key: str) -> str:
    """Return what the database keeps of a tablet's key."""
    return str(salted_hmac(TABLET, key, algorithm="sha256").hexdigest())


def end_code(key: str) -> str:
    """Return the six digits that end a tablet's session."""
    return f"{int(tablet_digest('end:' + key)[:12], 16) % 10**DIGITS:0{DIGITS}}"


def account_tag(person: int) -> str:
    """Return a mark by which a device knows whether the same person is logged in; it says nothing of whom."""
    return str(salted_hmac(ACCOUNT, str(person), algorithm="sha256").hexdigest()[:16])


def _in_signs(number: int, length: int) -> str:
    signs = ""
    for _place in range(length):
        number, rest = divmod(number, len(ALPHABET))
        signs = ALPHABET[rest] + signs
    return signs


def _check(body: str) -> str:
    digest = salted_hmac(SHEET, body, algorithm="sha256").digest()
    return _in_signs(int.from_bytes(digest[:8], "big"), CHECK_SIGNS)
