"""How text and queries are cut, once, in Python, so that every engine finds the same things.

Chinese puts no spaces between words, and no two engines guess the words alike. So an engine is only ever given:

* **terms**, which decide what is found: of each run of Chinese characters every single character and every overlapping
  pair; of anything else the whole word. A query is cut into words, and a word is found where all its pairs are.
  However it is cut, each piece is a part of the query, so a text that holds the query is always found: the recall of
  characters without their noise, and no engine needs positions (PostgreSQL keeps no more than 256 for a term).
* **words**, which decide what comes first: where the text, cut by a dictionary, has the same word as the query, it
  ranks before a text where two other words only happen to touch (上海|上学 for 海上).

Both are *folded* first: width, case, accents, and traditional to simplified characters. Folding goes character by
character without looking at neighbours; otherwise 乾 might fold differently in a text than alone in a query.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

import rjieba
from opencc import OpenCC

LONGEST_QUERY = 100
LONGEST_TEXT = 50_000
LONGEST_TERM = 64
MOST_WORDS = 12
SHORTEST_PREFIX = 3

CHINESE = "\u3005\u3007\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af\U00020000-\U0003ffff"
RUN = re.compile(rf"[{CHINESE}]+|[^\W_{CHINESE}]+")
CHINESE_RUN = re.compile(rf"[{CHINESE}]+")
# OpenCC leaves alone what only its neighbours decide (著名, but 沿着); to find both, both are one.
UNDECIDED = {"著": "着"}
ACCENTS = re.compile("[\u0300-\u036f]")

# Words that ask and do not name. They are dropped when a query says more than them.
FILLERS = frozenset(
    {
        *("的", "了", "吗", "呢", "吧", "啊", "我", "你", "您", "我们", "想", "要", "在", "是", "有", "和", "与", "及"),
        *("怎么", "怎么办", "如何", "怎样", "哪里", "哪儿", "什么", "请问", "可以"),
    }
)


@dataclass(frozen=True)
class Word:
    """One word of a query: where all its ``terms`` are, it is found."""

    text: str
    terms: tuple[str, ...]
    is_prefix: bool = False


@dataclass(frozen=True)
class Query:
    """What somebody typed, and the words it is made of."""

    text: str
    words: tuple[Word, ...]

    def __bool__(self) -> bool:
        return bool(self.words)


class _Folding(dict[int, str]):
    """A table for ``str.translate`` that learns each character when it first meets it."""

    def __missing__(self, codepoint: int) -> str:
        wide = unicodedata.normalize("NFKC", chr(codepoint)).casefold()
        bare = unicodedata.normalize("NFC", ACCENTS.sub("", unicodedata.normalize("NFD", wide)))
        folded = "".join(_simplified(character) for character in bare)
        self[codepoint] = folded
        return folded


@cache
def _converter() -> OpenCC:
    return OpenCC("t2s")


def _simplified(character: str) -> str:
    if not CHINESE_RUN.match(character):
        return character
    return UNDECIDED.get(character) or _converter().convert(character)


FOLDING = _Folding()


def fold(text: str) -> str:
    """Return ``text`` in one width, one case, without accents, in simplified characters."""
    return text.translate(FOLDING)


def terms_of(text: str) -> list[str]:
    """Return each term of ``text`` once, in order."""
    return list(dict.fromkeys(_terms(fold(text[:LONGEST_TEXT]))))


def words_of(text: str) -> list[str]:
    """Return the words of ``text`` as a dictionary sees them, long words also in their parts."""
    words = rjieba.cut_for_search(fold(text[:LONGEST_TEXT]))
    return [word[:LONGEST_TERM] for word in words if RUN.fullmatch(word)]


def parse(text: str) -> Query:
    """Return what ``text`` asks for. Any input is a query: there is no syntax, so nothing can be wrong with it."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text[:LONGEST_QUERY]).split())
    words = list(dict.fromkeys(word for run in RUN.findall(fold(shown)) for word in _query_words(run)))
    telling = [word for word in words if word.text not in FILLERS]
    return Query(text=shown, words=tuple((telling or words)[:MOST_WORDS]))


def _terms(folded: str) -> Iterator[str]:
    for run in RUN.findall(folded):
        if CHINESE_RUN.match(run):
            yield from run
            yield from _pairs(run)
        else:
            yield run[:LONGEST_TERM]


def _pairs(run: str) -> list[str]:
    return [run[at : at + 2] for at in range(len(run) - 1)]


def _query_words(run: str) -> Iterator[Word]:
    if not CHINESE_RUN.match(run):
        text = run[:LONGEST_TERM]
        yield Word(text, (text,), is_prefix=len(text) >= SHORTEST_PREFIX)
        return
    for text in _joined_singles(rjieba.cut(run)):
        yield Word(text, tuple(dict.fromkeys(_pairs(text))) or (text,))


def _joined_singles(cut: list[str]) -> Iterator[str]:
    """Join neighbouring single characters: a word the dictionary does not know is looked for as a whole."""
    held = ""
    for word in cut:
        if len(word) == 1 and word not in FILLERS:
            held += word
            continue
        if held:
            yield held
        held = ""
        yield word
    if held:
        yield held
