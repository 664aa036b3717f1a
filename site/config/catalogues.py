"""The words of the screen in each language: how our catalogues are kept.

Two folders, both read by Django before anybody else's translations:

* ``locale/``: what we say ourselves. The source is simplified Chinese; ``makemessages`` finds it, people translate it
  to English, and traditional characters come from OpenCC where nobody has written better.
* ``locale/wagtail/``: what Wagtail and its companions say and nobody has translated to Chinese yet, and a few words of
  theirs that we replace because they mean something else here (区域 is an area with us, never a language).
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

import polib
from django.apps import apps
from django.conf import settings
from opencc import OpenCC

OURS, THEIRS = (Path(folder) for folder in settings.LOCALE_PATHS)
DOMAINS = ("django", "djangojs")
SIMPLIFIED, TRADITIONAL = "zh_Hans", "zh_Hant"
# Whose screens our editors meet; the others speak Chinese, or to programmers only.
SPEAKERS = ("wagtail", "modelsearch", "taggit")

# Where OpenCC knows another meaning of the word than a site's.
MEANT_OTHERWISE = {"釋出": "發布", "稽核": "審核", "許可權": "權限", "型別": "類型"}

Key = tuple[str | None, str]


def catalogue(folder: Path, language: str, domain: str) -> polib.POFile:
    """Return the catalogue there is, or a new one."""
    path = path_of(folder, language, domain)
    if path.exists():
        return polib.pofile(str(path), wrapwidth=0)
    new = polib.POFile(wrapwidth=0)
    new.metadata = {
        "Project-Id-Version": "baodao",
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=UTF-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": "nplurals=1; plural=0;",
    }
    return new


def path_of(folder: Path, language: str, domain: str) -> Path:
    return folder / language / "LC_MESSAGES" / f"{domain}.po"


def save(book: polib.POFile, folder: Path, language: str, domain: str) -> None:
    path = path_of(folder, language, domain)
    path.parent.mkdir(parents=True, exist_ok=True)
    book.save(str(path))


def gather_theirs(domain: str) -> list[polib.POEntry]:
    """Put every phrase of theirs without Chinese into the catalogue; return those that still need words."""
    book = catalogue(THEIRS, SIMPLIFIED, domain)
    known = {key_of(entry): entry for entry in book}
    for entry in theirs(domain):
        if key_of(entry) not in known and not said_in(SIMPLIFIED, domain).get(key_of(entry)):
            book.append(_empty(entry))
    save(book, THEIRS, SIMPLIFIED, domain)
    return book.untranslated_entries()


def derive_theirs(domain: str) -> None:
    """Write in traditional characters what they do not say so themselves."""
    ours = {key_of(entry): entry for entry in catalogue(THEIRS, SIMPLIFIED, domain)}
    book = catalogue(THEIRS, TRADITIONAL, domain)
    book.clear()
    for entry in theirs(domain):
        key = key_of(entry)
        simplified = words_of(ours[key]) if key in ours else said_in(SIMPLIFIED, domain).get(key, [])
        if simplified and (key in ours or not said_in(TRADITIONAL, domain).get(key)):
            book.append(_with_words(_empty(entry), [traditional(text) for text in simplified]))
    save(book, THEIRS, TRADITIONAL, domain)


def derive_ours(domain: str) -> None:
    """Write our own words in traditional characters, but for those somebody has written by hand."""
    if not path_of(OURS, TRADITIONAL, domain).exists():
        return
    book = catalogue(OURS, TRADITIONAL, domain)
    for entry in book:
        if not entry.translated():
            _with_words(entry, [_characters().convert(entry.msgid)])
    save(book, OURS, TRADITIONAL, domain)


def compiled(path: Path) -> bytes:
    """Return what Django reads instead of the ``.po`` file at ``path``."""
    book: bytes = polib.pofile(str(path), wrapwidth=0).to_binary()
    return book


def catalogues() -> list[Path]:
    return sorted(path for folder in (OURS, THEIRS) for path in folder.glob("*/LC_MESSAGES/*.po"))


def theirs(domain: str) -> Iterator[polib.POEntry]:
    """Yield each phrase of the packages we build on, once."""
    seen: set[Key] = set()
    for folder in _their_folders():
        source = folder / "en" / "LC_MESSAGES" / f"{domain}.po"
        for entry in polib.pofile(str(source)) if source.exists() else ():
            if not entry.obsolete and key_of(entry) not in seen:
                seen.add(key_of(entry))
                yield entry


@cache
def said_in(language: str, domain: str) -> dict[Key, list[str]]:
    """Return what the packages we build on say in ``language``."""
    books = (folder / language / "LC_MESSAGES" / f"{domain}.mo" for folder in _their_folders())
    return {key_of(e): words_of(e) for book in books if book.exists() for e in polib.mofile(str(book)) if words_of(e)}


def key_of(entry: polib.POEntry | polib.MOEntry) -> Key:
    return entry.msgctxt, entry.msgid


def forms_of(book: polib.POFile) -> int:
    """Return in how many forms the language of ``book`` says a number."""
    return int(book.metadata["Plural-Forms"].partition("nplurals=")[2].partition(";")[0])


def is_complete(entry: polib.POEntry, *, forms: int) -> bool:
    """Return whether ``entry`` is translated, a number in each of the ``forms``: one left out is said in Chinese."""
    return entry.translated() and (not entry.msgid_plural or len(words_of(entry)) == forms)


def words_of(entry: polib.POEntry | polib.MOEntry) -> list[str]:
    """Return the translation: one text, or one for each plural form; nothing where there is none."""
    texts = [entry.msgstr_plural[n] for n in sorted(entry.msgstr_plural)] if entry.msgstr_plural else [entry.msgstr]
    return texts if all(texts) else []


@cache
def _characters() -> OpenCC:
    return OpenCC("s2tw")


@cache
def _words() -> OpenCC:
    return OpenCC("s2twp")


def traditional(text: str) -> str:
    """Return ``text``, which is about computers, in traditional characters and words (默认 → 預設)."""
    written: str = _words().convert(text)
    for wrong, right in MEANT_OTHERWISE.items():
        written = written.replace(wrong, right)
    return written


def _their_folders() -> Iterable[Path]:
    return [
        Path(app.path) / "locale" for app in apps.get_app_configs() if app.name.partition(".")[0].startswith(SPEAKERS)
    ]


def _empty(entry: polib.POEntry) -> polib.POEntry:
    plural = {0: ""} if entry.msgid_plural else None
    return polib.POEntry(
        msgctxt=entry.msgctxt,
        msgid=entry.msgid,
        msgid_plural=entry.msgid_plural,
        msgstr_plural=plural,
        comment=entry.comment,
        flags=[flag for flag in entry.flags if flag != "fuzzy"],
    )


def _with_words(entry: polib.POEntry, words: list[str]) -> polib.POEntry:
    if entry.msgid_plural:
        entry.msgstr_plural = dict(enumerate(words))
    else:
        entry.msgstr = words[0]
    return entry
