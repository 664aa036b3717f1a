"""What counts as a Chinese character, a common one, and a simplified one."""

import re
from functools import cache

from opencc import OpenCC

LOST = "▢"
HAN = r"[\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]"
PRIVATE_USE = re.compile(r"[\ue000-\uf8ff\U000f0000-\U0010ffff]")
PUNCTUATION = frozenset("“”‘’、。，；：！？《》〈〉（）【】—…·％．～￥")

_SYMBOLS_OF_DAMAGE = frozenset("^_`|~\\{}@")

_is_han = re.compile(HAN).fullmatch
_converter = OpenCC("t2s")
# Below this share of converted characters, a text is simplified and its few 著, 乾, 藉 are meant.
_TRADITIONAL_SHARE = 0.01
# Simplified writing keeps 著 for writing and fame; everywhere else it is 着, which OpenCC leaves alone.
_KEEPS_ZHU = re.compile(r"(?<=[显卓名专编原论遗土昭拙合译巨新旧])著|著(?=[名作者称述书录])")


def is_han(character: str) -> bool:
    """Tell whether ``character`` is a Chinese character."""
    return _is_han(character) is not None


@cache
def level_one() -> frozenset[str]:
    """Return the 3755 most used simplified characters: the first level of GB 2312."""
    codes = (bytes([lead, trail]) for lead in range(0xB0, 0xD8) for trail in range(0xA1, 0xFF))
    return frozenset("".join(code.decode("gb2312", errors="ignore") for code in codes))


@cache
def is_common(character: str) -> bool:
    """Tell whether ordinary text uses ``character``, in simplified or traditional writing."""
    return character in PUNCTUATION or simplified(character) in level_one()


@cache
def is_odd(character: str) -> bool:
    """Tell whether ordinary Chinese text hardly ever shows ``character``."""
    return character in _SYMBOLS_OF_DAMAGE if character.isascii() else not is_common(character)


@cache
def is_standard(character: str) -> bool:
    """Tell whether ``character`` belongs to GB 2312 (6763 characters and symbols), once simplified."""
    try:
        simplified(character).encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True


@cache
def simplified(character: str) -> str:
    """Return the simplified form of one character, taken by itself."""
    return _converter.convert(character)


def simplify(text: str) -> str:
    """Bring traditional characters to simplified ones, minding those with more than one counterpart."""
    converted = _converter.convert(text)
    if len(converted) != len(text):
        return converted
    han = sum(map(is_han, text)) or 1
    changed = sum(old != new for old, new in zip(text, converted, strict=True))
    if changed / han >= _TRADITIONAL_SHARE:
        return _settle_zhu(converted)
    return "".join(old if old == new or _in_gb2312(old) else new for old, new in zip(text, converted, strict=True))


def _settle_zhu(text: str) -> str:
    kept = {found.start() for found in _KEEPS_ZHU.finditer(text)}
    return "".join("着" if letter == "著" and at not in kept else letter for at, letter in enumerate(text))


@cache
def _in_gb2312(character: str) -> bool:
    try:
        character.encode("gb2312")
    except UnicodeEncodeError:
        return False
    return True
