"""The same page in the other languages, or the nearest thing there is."""

from dataclasses import dataclass

from django.db.models import F, Q
from django.http import HttpRequest
from django.urls import translate_url
from wagtail.models import Page

from website.base.models import UNTRANSLATED
from website.base.queries import unrestricted
from website.navigation.queries import Frame, Language


@dataclass(frozen=True, slots=True)
class Words:
    """How a language names itself, in its own script, whatever language the page around it is in."""

    short: str
    name: str
    not_yet: str  # said before one goes
    arrived: str  # said where one arrives instead


WORDS = {
    "zh-hans": Words("简", "简体中文", "这一页还没有简体版", "刚才那一页还没有简体版，这里是离它最近的一页。"),
    "zh-hant": Words("繁", "繁體中文", "這一頁還沒有繁體版", "剛才那一頁還沒有繁體版，這裡是離它最近的一頁。"),
    "en": Words(
        "EN",
        "English",
        "This page is not in English yet",
        "The page you came from is not in English yet. This is the nearest page that is.",
    ),
}


@dataclass(frozen=True, slots=True)
class Translation:
    """Where a language leads from here; ``is_same`` says whether it is this very page."""

    code: str
    words: Words
    url: str
    is_here: bool
    is_same: bool


def translations(request: HttpRequest, frame: Frame, page: Page | None, *, active: str) -> list[Translation]:
    """Return where each language of the site leads from here; nothing where there is but one."""
    if not any(language.code != active for language in frame.languages):
        return []
    found = _pages(page, frame) if page else {}
    return [_translation(request, language, page, found, active=active) for language in frame.languages]


def _translation(
    request: HttpRequest, language: Language, page: Page | None, found: dict[str, Page], *, active: str
) -> Translation:
    words = WORDS[language.code]
    if language.code == active:
        return Translation(language.code, words, request.get_full_path(), is_here=True, is_same=True)
    if page:
        nearest = found.get(language.code)
        url = language.url + nearest.url_path.removeprefix(language.url_path) if nearest else language.url
        is_same = nearest is not None and nearest.translation_key == page.translation_key
    else:
        other = _by_address(request, language.code)
        url, is_same = (other, True) if other else (language.url, False)
    asked = url if is_same else f"{url}?{UNTRANSLATED}=1"
    return Translation(language.code, words, asked, is_here=False, is_same=is_same)


def _by_address(request: HttpRequest, language: str) -> str:
    """Return the same question in another language, where the address carries the language (search, feedback)."""
    address = request.get_full_path()
    other = translate_url(address, language)
    return other if other != address else ""


def _pages(page: Page, frame: Frame) -> dict[str, Page]:
    """Return, by language, the published page nearest to ``page``: itself, or the nearest ancestor; one query."""
    steps = range(page.steplen * 2, len(page.path) + 1, page.steplen)
    way = Page.objects.filter(path__in=[page.path[:end] for end in steps]).values("translation_key")
    # An alias shows the words of another language: no translation yet.
    is_own = Q(alias_of=None) | Q(alias_of__locale_id=F("locale_id"))
    rows = (
        Page.objects.live()
        .filter(unrestricted(), is_own, translation_key__in=way)
        .order_by("depth")
        .only("path", "depth", "url_path", "locale_id", "translation_key", "numchild")
    )
    codes = {language.locale_id: language.code for language in frame.languages}
    return {codes[row.locale_id]: row for row in rows if row.locale_id in codes}
