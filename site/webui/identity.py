"""Identity numbers, known when one is seen: the portal never needs one, and the public may never see one."""

import re
import unicodedata

_NOT_WITHIN_A_NUMBER = r"(?<![\d.])"
_BIRTHDAY = r"(?:18|19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])"
IDENTITY = re.compile(rf"{_NOT_WITHIN_A_NUMBER}([1-9]\d{{5}}[ -]?{_BIRTHDAY}[ -]?\d{{3}}[\dXx])(?![\dXx])")

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_LAST_CHARACTERS = "10X98765432"


def is_identity_number(number: str) -> bool:
    """Tell whether the last character of an 18-digit citizen number follows from the others (GB 11643)."""
    digits = re.sub(r"[ -]", "", number).upper()
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return len(digits) == len(_WEIGHTS) + 1 and digits[-1] == _LAST_CHARACTERS[total % 11]


def has_identity_number(text: str) -> bool:
    """Tell whether ``text`` has an identity number in it, in digits of any width."""
    return any(map(is_identity_number, IDENTITY.findall(unicodedata.normalize("NFKC", text))))
