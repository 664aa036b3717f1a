"""From a file to text: which encoding it is in, and whether it is a text at all."""

import codecs
import re
from collections.abc import Mapping, Sequence
from pathlib import Path, PurePath
from types import MappingProxyType
from typing import NamedTuple

from charset_normalizer import from_bytes
from django.conf import settings

from website.imports import word
from website.imports.characters import HAN, PRIVATE_USE, is_common
from website.imports.errors import (
    DocumentBinaryError,
    DocumentEmptyError,
    DocumentEncryptedError,
    DocumentKindUnknownError,
    DocumentMissingError,
    DocumentTooLargeError,
    DocumentTooLongError,
    EncodingUnknownError,
)
from website.imports.lines import Kind, Picture, Role
from website.imports.markup import looks_like_html, text_of

MAX_BYTES = 5 * 1024 * 1024
MAX_CHARACTERS = 300_000
_TEXT_SUFFIXES = frozenset({"", ".txt", ".text"})
_HTML_SUFFIXES = frozenset({".html", ".htm"})
_WORD_SUFFIXES = frozenset({".docx"})
_ZIP, _OLD_OFFICE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_BINARY_STARTS = (
    b"%PDF",
    _ZIP,
    b"\x89PNG",
    b"\xff\xd8\xff",
    b"GIF8",
    b"{\\rtf",
    b"\x1f\x8b",
)
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Spelled as a person names them; the second is how Python decodes them.
_CANDIDATES = (
    ("gb18030", "gb18030"),
    ("big5", "big5hkscs"),
    ("utf-16", "utf-16-le"),
    ("utf-16", "utf-16-be"),
    ("utf-8", "utf-8"),
)
_HAN = re.compile(HAN)
_NOT_ASCII = re.compile(r"[^\x00-\x7f]")
_BREAKS = re.compile(r"\r\n?|[\n\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_SAMPLE = 20_000
# Ordinary Chinese reaches 0.98; scraped text with a pinyin letter after every fifth character still 0.8.
_CHINESE = 0.7
_CONTROL_SHARE = 0.01
_DAMAGED_SHARE, _MARKED_SHARE = 0.02, 0.1


class Reading(NamedTuple):
    """A file's text, and what else the file tells: ``places`` are the lines before which the navigation stood."""

    text: str
    encoding: str
    navigation: Sequence[str] = ()
    places: Sequence[int] = ()
    roles: Mapping[int, Role] = MappingProxyType({})
    pictures: Sequence[Picture] = ()
    title: str = ""


def read(path: Path) -> Reading:
    """Return the text of a file and the encoding it was in; raise a refusal if there is no text to be had."""
    _check_kind(path.name)
    return read_bytes(_bytes_of(path), name=path.name)


def read_bytes(raw: bytes, *, name: str) -> Reading:
    """Return the text of a file's content; what it is called only decides where the content leaves a doubt."""
    suffix = _check_kind(name)
    if len(raw) > most_bytes(name):
        raise DocumentTooLargeError(most_bytes=most_bytes(name))
    if suffix in _WORD_SUFFIXES:
        return _of_word(raw)
    text, encoding = decode(raw)
    if suffix in _HTML_SUFFIXES or looks_like_html(text):
        return _of_page(text, encoding)
    return _checked_reading(_with_rows(Reading(text, encoding)))


def most_bytes(name: str) -> int:
    """Return how large a file of this kind may be; Word documents carry their pictures."""
    return settings.IMPORT_MAX_BYTES if PurePath(name).suffix.lower() in _WORD_SUFFIXES else MAX_BYTES


def _check_kind(name: str) -> str:
    suffix = PurePath(name).suffix.lower()
    if suffix not in _TEXT_SUFFIXES | _HTML_SUFFIXES | _WORD_SUFFIXES:
        raise DocumentKindUnknownError
    return suffix


def _of_word(raw: bytes) -> Reading:
    if not raw.strip():
        raise DocumentEmptyError
    if raw.startswith(_OLD_OFFICE):
        raise DocumentEncryptedError
    source, pictures = word.page_of(raw)
    reading = _of_page(source, "docx")
    by_name = {picture.name: picture for picture in pictures}
    return reading._replace(pictures=[by_name.get(shown.name, shown) for shown in reading.pictures])


def _of_page(source: str, encoding: str) -> Reading:
    page = text_of(source)
    reading = Reading(page.text, encoding, page.navigation, page.places, page.roles, page.pictures, page.title)
    return _checked_reading(reading)


def _checked_reading(reading: Reading) -> Reading:
    if not reading.text.strip():
        raise DocumentEmptyError
    if len(reading.text) > MAX_CHARACTERS:
        raise DocumentTooLongError
    if not _HAN.search(reading.text):
        raise EncodingUnknownError
    return reading


def _with_rows(reading: Reading) -> Reading:
    """Take lines parted by tabs into as many columns as their neighbours for the rows of a table."""
    lines = _BREAKS.split(reading.text)
    columns = [0, *(line.strip().count("\t") for line in lines), 0]
    rows = {at for at in range(len(lines)) if columns[at + 1] and columns[at + 1] in (columns[at], columns[at + 2])}
    text = "\n".join(line.strip().replace("\t", " | ") if at in rows else line for at, line in enumerate(lines))
    return reading._replace(text=text, roles={at: Role(Kind.ROW) for at in rows})


def decode(raw: bytes) -> tuple[str, str]:
    """Return text and encoding: by a byte order mark, else UTF-8, else whatever reads most like Chinese."""
    if not raw.strip():
        raise DocumentEmptyError
    if raw.startswith(_OLD_OFFICE):
        raise DocumentEncryptedError
    if raw.startswith(_BINARY_STARTS):
        raise DocumentBinaryError
    for mark, encoding in _BYTE_ORDER_MARKS:
        if raw.startswith(mark):
            return _checked(raw.decode("utf-8-sig" if encoding == "utf-8" else encoding, errors="replace")), encoding
    if b"\x00" not in raw:
        text = _as_utf8(raw)
        if text and not _is_full_of(_CONTROL, text):
            return _checked(text), "utf-8"
    return _best_guess(raw)


def _as_utf8(raw: bytes) -> str:
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return ""


def chinese_share(text: str) -> float:
    """Return the share of common Chinese characters and punctuation among all that is not ASCII."""
    foreign = _NOT_ASCII.findall(text[:_SAMPLE])
    common = _common(text) + sum(letter in "ā á ǎ à ē é ě è ī í ǐ ì ō ó ǒ ò ū ú ǔ ù ü" for letter in foreign)
    return common / len(foreign) if foreign else 0.0


def _common(text: str) -> int:
    """Return how many common Chinese characters stand in the sample; of short readings, the one with more is right."""
    return sum(map(is_common, _NOT_ASCII.findall(text[:_SAMPLE])))


def _bytes_of(path: Path) -> bytes:
    try:
        if not path.is_file():
            raise DocumentMissingError
        if path.stat().st_size > most_bytes(path.name):
            raise DocumentTooLargeError(most_bytes=most_bytes(path.name))
        return path.read_bytes()
    except OSError as error:
        raise DocumentMissingError from error


def _best_guess(raw: bytes) -> tuple[str, str]:
    readings = [(raw.decode(codec, errors="replace"), name) for name, codec in _CANDIDATES]
    guess = from_bytes(raw[:_SAMPLE]).best()
    if guess is not None:
        readings.append((raw.decode(guess.encoding, errors="replace"), guess.encoding))
    text, encoding = max(readings, key=lambda reading: (chinese_share(reading[0]), _common(reading[0])))
    if chinese_share(text) < _CHINESE:
        raise (
            DocumentBinaryError
            if b"\x00" in raw or _is_full_of(_CONTROL, raw.decode("latin-1"))
            else EncodingUnknownError
        )
    return _checked(text), encoding


def _checked(text: str) -> str:
    if _is_full_of(_CONTROL, text):
        raise DocumentBinaryError
    damaged = text.count("\ufffd") + len(PRIVATE_USE.findall(text))
    if damaged > max(_DAMAGED_SHARE * len(text), 20) or text.count("?") > max(_MARKED_SHARE * len(text), 20):
        raise EncodingUnknownError
    return text


def _is_full_of(pattern: re.Pattern[str], text: str) -> bool:
    return len(pattern.findall(text)) > _CONTROL_SHARE * len(text)
