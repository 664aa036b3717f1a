"""Recognising the pinyin that scrapers inject after characters: 鄉(xiāng)."""

import re
import unicodedata
from collections.abc import Container
from typing import NamedTuple

from website.imports.characters import HAN

# Initial → the finals it takes; an empty initial lists whole syllables.
_FINALS_OF = {
    "b": "a ai an ang ao ei en eng i ian iao ie in ing o u",
    "p": "a ai an ang ao ei en eng i ian iao ie in ing o ou u",
    "m": "a ai an ang ao e ei en eng i ian iao ie in ing iu o ou u",
    "f": "a an ang ei en eng o ou u",
    "d": "a ai an ang ao e ei en eng i ia ian iao ie ing iu ong ou u uan ui un uo",
    "t": "a ai an ang ao e eng i ian iao ie ing ong ou u uan ui un uo",
    "n": "a ai an ang ao e ei en eng i ian iang iao ie in ing iu ong ou u uan uo ü üe",
    "l": "a ai an ang ao e ei eng i ia ian iang iao ie in ing iu o ong ou u uan un uo ü üe",
    "g": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "k": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "h": "a ai an ang ao e ei en eng ong ou u ua uai uan uang ui un uo",
    "j": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "q": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "x": "i ia ian iang iao ie in ing iong iu u uan ue un",
    "zh": "a ai an ang ao e ei en eng i ong ou u ua uai uan uang ui un uo",
    "ch": "a ai an ang ao e en eng i ong ou u ua uai uan uang ui un uo",
    "sh": "a ai an ang ao e ei en eng i ou u ua uai uan uang ui un uo",
    "r": "an ang ao e en eng i ong ou u ua uan ui un uo",
    "z": "a ai an ang ao e ei en eng i ong ou u uan ui un uo",
    "c": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "s": "a ai an ang ao e en eng i ong ou u uan ui un uo",
    "y": "a an ang ao e i in ing o ong ou u uan ue un",
    "w": "a ai an ang ei en eng o u",
    "": "a ai an ang ao e ei en eng er o ou",
}
SYLLABLES = frozenset(initial + final for initial, finals in _FINALS_OF.items() for final in finals.split())

_TONE_MARKS = frozenset("\u0300\u0301\u0304\u030c")
_LETTERS = "a-zāáǎàēéěèīíǐìōóǒòūúǔùüǖǘǚǜńňǹḿɡ"
_MAX_LETTERS = 7
_SYLLABLE = rf"[{_LETTERS}]{{1,{_MAX_LETTERS}}}"
_BRACKETED = re.compile(rf"(?<={HAN})[ \t]?\(({_SYLLABLE})\)")
# An opening bracket swallowed by a damaged character leaves only the rest: ?cè)
_TAIL = re.compile(rf"({_SYLLABLE})\)")
_ENOUGH_TO_TRUST_TONELESS = 3


class Cleaned(NamedTuple):
    text: str
    removed: list[str]


def is_syllable(letters: str, *, toneless: bool = False) -> bool:
    """Tell whether ``letters`` are one real pinyin syllable, with its tone mark unless ``toneless`` is allowed."""
    bare, tones = _without_tone(letters)
    return bare in SYLLABLES and (tones == 1 or (toneless and tones == 0 and len(bare) > 1))


def remove_pinyin(text: str, *, kept: Container[str] = frozenset()) -> Cleaned:
    """Take out bracketed pinyin after Chinese characters, and list what was taken.

    Syllables without a tone mark (neutral tone) go only from a text that carries marked ones too:
    otherwise they may be an abbreviation. Readings among ``kept``, such as ``(xiāng)``, stay.
    """
    marked = sum(is_syllable(found[1]) for found in _BRACKETED.finditer(text))
    toneless = marked >= _ENOUGH_TO_TRUST_TONELESS
    removed: list[str] = []

    def drop(found: re.Match[str]) -> str:
        if not is_syllable(found[1], toneless=toneless) or found[0].strip() in kept:
            return found[0]
        removed.append(found[0].strip())
        return ""

    return Cleaned(_BRACKETED.sub(drop, text), removed)


def tail_at(text: str, position: int) -> str:
    """Return the pinyin at ``position`` that has lost its opening bracket (``cè)``), or an empty string."""
    found = _TAIL.match(text, position)
    return found[0] if found and is_syllable(found[1], toneless=True) else ""


def _without_tone(letters: str) -> tuple[str, int]:
    parts = unicodedata.normalize("NFD", letters.replace("ɡ", "g"))
    tones = sum(part in _TONE_MARKS for part in parts)
    return unicodedata.normalize("NFC", "".join(part for part in parts if part not in _TONE_MARKS)), tones
