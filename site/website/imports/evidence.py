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

    def attests(self, characters: Sequence[str], after: str = "") -> list[bool]:
        """Tell for each character whether its neighbours vouch for it.

        They do if it is part of a word with them, or if the text has it elsewhere beside the one before and beside the
        one after. A neighbour that is lost, or that nothing vouches for, says nothing.
        """
        line = "".join(map(simplified, [*characters, *after]))
        in_words = _in_words(line)
        seen = [pair in self._pairs for pair in pairwise(line)]
        known = [at in in_words or any(_sides(seen, at)) for at in range(len(line))]
        silent = [True, *(not (known[at] and known[at + 1]) for at in range(len(seen))), True]
        seen = [False, *seen, False]
        return [
            known[at] and (at in in_words or all(seen[side] or silent[side] for side in (at, at + 1)))
            for at in range(len(characters))
        ]


def _sides(seen: Sequence[bool], at: int) -> Sequence[bool]:
    return seen[max(0, at - 1) : at + 1]


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
