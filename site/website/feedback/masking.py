"""Numbers that point to a person are hidden before anything is written down."""

import re

_FULL_WIDTH = {
    ord(wide): narrow for wide, narrow in zip("０１２３４５６７８９Ｘｘ＋－＠．", "0123456789Xx+-@.", strict=True)
}
_GAP = r"[ \-·.]?"
_GAPS = r"[ \u3000\-–—_/·.]{0,3}"  # a mobile is short enough to tell from a date, however it is spaced
_PATTERNS = [
    re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)+"),  # e-mail
    re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{16}}{_GAP}[\dXx](?![\dXx])"),  # identity number
    re.compile(rf"(?<!\d)\d(?:{_GAP}\d){{14,18}}(?!\d)"),  # old identity number, bank card
    re.compile(rf"(?<!\d)(?:\+?86{_GAPS})?1[3-9]\d(?:{_GAPS}\d){{8}}(?!\d)"),  # mobile
    re.compile(rf"(?<!\d)0\d{{2,3}}{_GAP}\d(?:{_GAP}\d){{6,7}}(?!\d)"),  # landline with its area code
    re.compile(r"(?<=电话)[^\d\n]{0,3}\d{7,8}(?!\d)"),  # landline without
]


def masked(text: str) -> str:
    """Return ``text`` with phones, identity numbers, cards and e-mail addresses hidden but for their ends."""
    plain = text.translate(_FULL_WIDTH)
    for pattern in _PATTERNS:
        plain = pattern.sub(lambda found: _hidden(found[0]), plain)
    return plain


def _hidden(found: str) -> str:
    if "@" in found:
        name, _at, host = found.partition("@")
        return f"{name[:1]}***@{host}"
    digits = [character for character in found if character.isalnum()]
    return f"{''.join(digits[:3])}****{''.join(digits[-2:])}"
