"""Codes people copy from paper: no letter or digit that is misread, and a last one that betrays a slip of the pen."""

import re
import unicodedata

from django.utils.crypto import get_random_string, salted_hmac

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # 31 signs, a prime: every single slip and every swap is noticed
CARD_LENGTH, LINK_LENGTH = 8, 12
GROUP = 4
SALT = "portal.proxies.codes"


def new_code(length: int = CARD_LENGTH) -> str:
    """Return ``length`` random signs, the last of which checks the others; without hyphens."""
    body = get_random_string(length - 1, ALPHABET)
    return body + check_sign(body)


def check_sign(body: str) -> str:
    """Return the sign that makes the weighted sum of all signs a multiple of 31."""
    total = sum(weight * ALPHABET.index(sign) for weight, sign in enumerate(reversed(body), start=2))
    return ALPHABET[-total % len(ALPHABET)]


def read_code(text: str) -> str:
    """Return the code in ``text`` as it was made, however it was typed, or ``""`` where there is none."""
    code = re.sub(r"[\s\-‐-―－]", "", unicodedata.normalize("NFKC", text)).upper()
    is_one = len(code) in (CARD_LENGTH, LINK_LENGTH) and set(code) <= set(ALPHABET)
    return code if is_one and check_sign(code[:-1]) == code[-1] else ""


def shown(code: str) -> str:
    """Return ``code`` in groups of four: ``K7QF-2M9R``."""
    return "-".join(code[start : start + GROUP] for start in range(0, len(code), GROUP))


def digest_of(code: str) -> str:
    """Return what the database keeps of an invitation's code: useless without the secret key."""
    return str(salted_hmac(SALT, code, algorithm="sha256").hexdigest())
