"""The translations: complete, compiled, and with every blank of the original."""

import re
import shutil
from pathlib import Path
from typing import Any

import polib
import pytest
from django.core.management import call_command
from django.test import Client
from django.utils.translation import gettext, override

from config import catalogues
from tests.factories.members import UserFactory

BLANK = re.compile(r"%\(\w+\)[a-z]|\{\w*\}|%[sd]")
TAG = re.compile(r"</?\w+")

EACH_CATALOGUE = pytest.mark.parametrize("path", catalogues.catalogues(), ids=lambda path: "-".join(path.parts[-4:]))


def test_catalogues_are_complete_and_compiled() -> None:
    call_command("catalogues", "--check")


def test_a_number_is_said_in_every_form_of_its_language() -> None:
    english = polib.POFile()
    english.metadata = {"Plural-Forms": "nplurals=2; plural=(n != 1);"}
    one = polib.POEntry(msgid="%(n)d 人", msgid_plural="%(n)d 人", msgstr_plural={0: "%(n)d person"})

    assert not catalogues.is_complete(one, forms=catalogues.forms_of(english))
    one.msgstr_plural[1] = "%(n)d people"
    assert catalogues.is_complete(one, forms=catalogues.forms_of(english))


@pytest.mark.skipif(not shutil.which("xgettext"), reason="gettext was not found")
def test_every_word_of_ours_is_in_the_catalogue(tmp_path: Path, settings: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    # From a place of its own: run at home, it would write into the catalogue itself.
    for name in ("site", "portal", "search", "templates"):
        (tmp_path / name).symlink_to(settings.BASE_DIR / name)
    (tmp_path / "locale").mkdir()
    monkeypatch.chdir(tmp_path)
    settings.LOCALE_PATHS = [tmp_path / "locale"]

    call_command("makemessages", locale=["en"], symlinks=True, verbosity=0)

    found = {catalogues.key_of(e) for e in polib.pofile(str(tmp_path / "locale" / "en" / "LC_MESSAGES" / "django.po"))}
    for language in ("en", catalogues.TRADITIONAL):
        assert found == {catalogues.key_of(e) for e in catalogues.catalogue(catalogues.OURS, language, "django")}


@EACH_CATALOGUE
def test_a_translation_fills_no_other_blanks_than_the_original(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        original = set(BLANK.findall(entry.msgid + entry.msgid_plural))
        for words in catalogues.words_of(entry):
            assert set(BLANK.findall(words)) <= original, entry.msgid


@EACH_CATALOGUE
def test_a_translation_keeps_the_mark_up_of_the_original(path: Path) -> None:
    for entry in polib.pofile(str(path)):
        originals = {tuple(sorted(TAG.findall(text))) for text in (entry.msgid, entry.msgid_plural) if text}
        for words in catalogues.words_of(entry):
            assert tuple(sorted(TAG.findall(words))) in originals, entry.msgid


def test_every_phrase_of_theirs_has_chinese_words() -> None:
    for language in (catalogues.SIMPLIFIED, catalogues.TRADITIONAL):
        for domain in catalogues.DOMAINS:
            ours = {catalogues.key_of(entry) for entry in catalogues.catalogue(catalogues.THEIRS, language, domain)}
            said = catalogues.said_in(language, domain)
            assert [
                e.msgid
                for e in catalogues.theirs(domain)
                if not (said.get(catalogues.key_of(e)) or catalogues.key_of(e) in ours)
            ] == []


def test_a_language_is_not_called_an_area() -> None:
    with override("zh-hans"):
        assert gettext("Locale") == "语言"
    with override("zh-hant"):
        assert gettext("Locale") == "語言"


def test_traditional_words_are_a_sites_words() -> None:
    assert catalogues.traditional("默认发布，审核权限") == "預設發布，審核權限"


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/cms/jsi18n/", "/cms/localize/jsi18n/"])
def test_the_scripts_of_the_desk_speak_chinese(address: str, client: Client) -> None:
    client.force_login(UserFactory(is_superuser=True))

    script = client.get(address).content.decode()

    assert "\\u81ea\\u52a8\\u4fdd\\u5b58" in script  # 自动保存, which Wagtail's own catalogue lacks
