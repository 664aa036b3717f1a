"""Typography: spaces, widths and punctuation as Chinese text has them."""

import re
import unicodedata

from website.imports.characters import HAN, LOST

_CJK = rf"(?:{HAN}|[“”‘’、。，；：！？《》〈〉（）【】—…·％％{LOST}])"
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060\ufeff]")
_BREAKS = re.compile(r"\r\n?|[\x0b\x0c\x85\u2028\u2029]")
_SPACES = re.compile(r"[ \t\u00a0\u2000-\u200a\u3000]+")
_SPACE_AT_PUNCTUATION = re.compile(r" (?=[“”‘’、。，；：！？《》（）])|(?<=[“”‘’、。，；：！？《》（）]) ")
_WIDE_LETTERS = re.compile(r"[０-９Ａ-Ｚａ-ｚ＋．％]")
_WIDE = {",": "，", ";": "；", ":": "：", "!": "！", "?": "？"}
# A half-width mark is Chinese punctuation when Chinese stands on either side and it parts no figures.
_MARK = re.compile(rf"(?<={_CJK})[ ]?([,;:!?])[ ]?|(?<!\d)([,;:!?])(?={_CJK})|(?<=\d)([,;:!?])(?={_CJK})")
_BRACKETS = re.compile(rf"\(([^()\n]*{HAN}[^()\n]*)\)")


def lines_of(text: str) -> list[str]:
    """Return the lines of a text, without unseen characters and with one kind of space; empty lines stay empty."""
    broken = _BREAKS.sub("\n", text)
    return [_SPACES.sub(" ", _UNSEEN.sub("", line)).strip() for line in broken.split("\n")]


def tidy(line: str) -> str:
    """Bring punctuation to full width between Chinese characters, digits and letters to half width."""
    narrow = _WIDE_LETTERS.sub(lambda found: unicodedata.normalize("NFKC", found[0]), line)
    wide = _MARK.sub(lambda found: _WIDE[found[1] or found[2] or found[3]], _BRACKETS.sub(r"（\1）", narrow))
    return _SPACE_AT_PUNCTUATION.sub("", wide)
