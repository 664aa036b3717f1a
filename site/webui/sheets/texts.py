"""How a text looks on both sides of a comparison, and in a cell that must never be taken for anything else."""

import re
import unicodedata

# What no spreadsheet can hold: control characters, halves of characters, and what XML forbids.
_UNFIT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff\ufffe\uffff]")
_LINE_ENDS = re.compile(r"\r\n?|[\x85\u2028\u2029]")
_STARTS_A_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
# How a workbook writes a character by its number; a text that merely looks so has its first sign written that way.
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")


def fit(text: str) -> str:
    """Return ``text`` without what neither a cell nor every database can hold."""
    return _UNFIT.sub("", text)


def plain(text: str) -> str:
    """Return ``text`` without what a cell cannot hold, with one kind of line end and no space around it."""
    return fit(_LINE_ENDS.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """Return ``text`` on one line."""
    return " ".join(plain(text).split())


def half_width(text: str) -> str:
    """Return a code, number or date as typed on a western keyboard, on one line."""
    return one_line(unicodedata.normalize("NFKC", text))


def escaped_for_workbook(text: str) -> str:
    return _LOOKS_ESCAPED.sub("_x005F_", text)


def escaped_formula(text: str) -> str:
    """Return ``text`` with an apostrophe where a spreadsheet would run it, and such that it can be taken off again."""
    return f"'{text}" if text.lstrip("'").startswith(_STARTS_A_FORMULA) else text


def unescaped_formula(text: str) -> str:
    return text[1:] if text.startswith("'") and text.lstrip("'").startswith(_STARTS_A_FORMULA) else text
