"""Undoing the damage of scraping, and marking what cannot be undone. Nothing is ever guessed."""

import re
from collections.abc import Container
from typing import NamedTuple

from website.imports.characters import HAN, LOST, PRIVATE_USE, is_han, is_odd, is_standard
from website.imports.evidence import Evidence, is_plausible
from website.imports.misalignment import MARKS, Run, run_at
from website.imports.pinyin import remove_pinyin

_MARK = re.compile("[" + re.escape("".join(MARKS)) + "]")
_ASKS = re.compile(
    r"[吗嗎呢吧谁誰哪岂豈]|什[么麼]|怎[么麼样樣]|[为為如]何|何[时時处處以在]|[是能可]否|[难難]道|真的|多少|"
    r"[能会會该該要]不|(.)不\1"
)
_CLAUSE = re.compile(r"[^。！？；!?;\n]*$")
_HAN_ROW = re.compile(rf"{HAN}{{2,}}")
_IN_ADDRESS = re.compile(r"https?://[!-~]+$")
_LONE_LETTER = re.compile(rf"[A-Za-z@^_`|~]{HAN}")
_LATIN = re.compile(r"[A-Za-z]")
_CONTEXT = 12
_LONGEST_CLAUSE = 80
# The share of characters with a witness from which a stretch reads as language.
_ORDINARY = 0.5
# Fewer trusted characters than this, and bytes are missing in between: then nothing of the stretch is certain.
_READS = 0.75
# What is shown after the damage may stand if it is this long and this well attested.
_SOUND_LENGTH, _SOUND = 8, 0.85


class Repaired(NamedTuple):
    text: str
    removed: list[str]


class _Mended(NamedTuple):
    text: str
    end: int
    debris: list[str]
    ends_open: bool = False


def repair(text: str, *, kept: Container[str] = frozenset()) -> Repaired:
    """Re-align shifted bytes, mark what is lost with ▢, take out injected pinyin but ``kept`` readings; return both."""
    evidence = Evidence(text)
    pieces: list[str] = []
    debris: list[str] = []
    position, is_open = 0, False
    while found := _MARK.search(text, position):
        between = text[position : found.start()]
        mended = _mend(text, run_at(text, found.start()), evidence, follows_open=is_open and not between)
        pieces += [between, mended.text]
        debris += mended.debris
        position, is_open = mended.end, mended.ends_open
    cleaned = remove_pinyin("".join([*pieces, text[position:]]), kept=kept)
    marked = PRIVATE_USE.sub(LOST, cleaned.text)
    return Repaired(_HAN_ROW.sub(_mark_unreadable, marked), debris + cleaned.removed)


def _mend(text: str, run: Run, evidence: Evidence, *, follows_open: bool) -> _Mended:
    """Decide what stands in place of the run: its re-aligned characters, marks, or what was shown all along.

    ``follows_open``: the ``?`` is the second half of a character already marked as lost.
    """
    if not (run.opening or any(map(is_odd, run.shown))):
        return _mend_ordinary(text, run, evidence, follows_open=follows_open)
    if sound := _sound_end(run, evidence):
        return _Mended(LOST * (1 + len(run.shown) - len(sound)), run.end - len(sound), run.debris[:1])
    trusted = _trusted(text, run, evidence)
    return _realigned(run, trusted if _reads(run, trusted) >= _READS else [])


def _mend_ordinary(text: str, run: Run, evidence: Evidence, *, follows_open: bool) -> _Mended:
    """Mend a run of ordinary characters: a question, one lost character, or shifted all the same."""
    if _is_question(text, run.start) and not follows_open:
        return _Mended(text[run.start], run.start + 1, [])
    as_shown = _share(evidence.attests(run.shown, text[run.end : run.end + 1]))
    if not run.shown or as_shown >= _ORDINARY:
        return _Mended("" if follows_open else LOST, run.start + 1, [])
    trusted = _trusted(text, run, evidence)
    return _realigned(run, trusted if _reads(run, trusted) == 1 else [])


def _realigned(run: Run, trusted: list[str | None]) -> _Mended:
    """Put the trusted characters in place of the run, or marks where there are none."""
    row = trusted or [None] * len(run.characters)
    return _Mended("".join(character or LOST for character in row), run.end, run.debris, run.ends_open)


def _reads(run: Run, trusted: list[str | None]) -> float:
    """Return the share of whole characters that are trusted."""
    return _share([kept is not None for kept, whole in zip(trusted, run.characters, strict=True) if whole])


def _trusted(text: str, run: Run, evidence: Evidence) -> list[str | None]:
    """Return the re-aligned characters, without those nothing vouches for.

    A text that still shows private-use characters has lost none of the bytes in between: there, pairing them is
    arithmetic. Where such characters were dropped on the way, a pair may join halves of two characters, so each needs
    a witness: a neighbour it makes a word with, or stands beside elsewhere in the text.
    """
    after = remove_pinyin(text[run.end - 1 : run.end + 3 * _CONTEXT]).text[1 : _CONTEXT + 1]
    row = [character or LOST for character in run.characters]
    attested = evidence.attests(row, after)
    return [
        character
        if character and (witness or evidence.keeps_every_byte) and is_plausible(character, attested=witness)
        else None
        for character, witness in zip(run.characters, attested, strict=True)
    ]


def _sound_end(run: Run, evidence: Evidence) -> str:
    """Return the end of what is shown that reads as language: the damage stopped before it, without a sign."""
    attested = evidence.attests(run.shown)
    last_odd = max((at for at, character in enumerate(run.shown) if is_odd(character)), default=-1)
    for start in range(last_odd + 1, len(run.shown) - _SOUND_LENGTH + 1):
        if attested[start] and _share(attested[start:]) >= _SOUND:
            return run.shown[start:]
    return ""


def _is_question(text: str, at: int) -> bool:
    before, after = text[at - 1 : at], text[at + 1 : at + 2]
    if text[at] != "?" or (after and after in "；，：、。;,:") or _LONE_LETTER.match(text, at + 1):
        return False
    if _IN_ADDRESS.search(text[max(0, at - _LONGEST_CLAUSE) : at]):
        return True
    if _LATIN.match(before):
        return not after or after.isascii()
    clause = _CLAUSE.search(text[max(0, at - _LONGEST_CLAUSE) : at])
    return bool(clause and _ASKS.search(clause[0]))


def _mark_unreadable(row: re.Match[str]) -> str:
    """Mark neighbours that belong to no ordinary writing; one alone may be a name."""
    odd = [is_han(character) and not is_standard(character) for character in row[0]]
    beside = [odd[at] and any(odd[max(0, at - 1) : at] + odd[at + 1 : at + 2]) for at in range(len(odd))]
    return "".join(LOST if lost else character for character, lost in zip(row[0], beside, strict=True))


def _share(flags: list[bool]) -> float:
    return sum(flags) / len(flags) if flags else 0.0
