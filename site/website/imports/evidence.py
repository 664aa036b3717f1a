"""What a document itself, and the dictionary, say about which characters stand side by side."""

import re
from collections.abc import Sequence
from itertools import pairwise

import rjieba

from website.imports.characters import LOST, PRIVATE_USE, is_common, is_han, is_standard, simplified
from website.imports.pinyin import remove_pinyin

# How far behind a question mark the text may still be damaged and must not count as evidence.
_SUSPECT = re.compile(r"[?\ufffd].{0,40}")


class Evidence:
    """The pairs of neighbours a document attests in its undamaged parts."""

    def __init__(self, text: str) -> None:
        self.keeps_every_byte = PRIVATE_USE.search(text) is not None
        sound = remove_pinyin(_SUSPECT.sub("\n", text)).text
        self._pairs = frozenset(pairwise(map(simplified, sound)))

    def attests(self, before: str, characters: Sequence[str], after: str) -> list[bool]:
        """Tell for each character whether a neighbour vouches for it: in a word, or in a pair seen elsewhere."""
        line = "".join(map(simplified, [*before, *characters, *after]))
        vouched = _in_words(line)
        for at, pair in enumerate(pairwise(line)):
            if pair in self._pairs:
                vouched.update((at, at + 1))
        return [at in vouched for at in range(len(before), len(before) + len(characters))]


def _in_words(line: str) -> set[int]:
    """Return the places of ``line`` that lie in a dictionary word of two characters or more."""
    places: set[int] = set()
    for word, start, end in rjieba.tokenize(line, hmm=False):
        if len(word) > 1 and LOST not in word and rjieba.has_word(word):
            places.update(range(start, end))
    return places


def is_plausible(character: str, *, attested: bool) -> bool:
    """Tell whether ``character`` may stand in ordinary text: a common one, or a rarer one with a witness."""
    return is_common(character) or (attested and is_han(character) and is_standard(character))
