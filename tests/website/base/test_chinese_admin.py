"""The editors' desk speaks Chinese: a crawl of it counts what is left in another language."""

import json
import re
from collections.abc import Iterator
from html import unescape

import pytest
from bs4 import BeautifulSoup, Comment
from django.test import Client
from django.urls import resolve
from wagtail.models import Collection, Locale

from tests.factories import website as make
from tests.factories.members import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

MOST_LEFT = 0.01
FEWEST_PAGES = 120
SPOKEN_ATTRIBUTES = ("aria-label", "title", "placeholder", "alt")
UNSPOKEN = ("script", "style", "code", "kbd", "svg", "pre")
CHINESE = re.compile("[\u4e00-\u9fff]")
LATIN_WORD = re.compile(r"[A-Za-z]{2,}")
# Names and formats that are written so in Chinese, too; and what the data itself says.
NAMES = re.compile(
    r"(?:English|Wagtail|AVIF|CSV|DOCX|GIF|ID|JPEG|JPG|JSON|PDF|PNG|RSS|TXT|URL|UTC|WebP|XLSX|XML|zh|hans|hant|en|Asia"
    r"|Shanghai|Ctrl|Alt|Shift|Enter|Esc|Tab|https?|API|HTML|IP|localhost|Baodao)",
    re.IGNORECASE,
)
ADDRESS = re.compile(r'"(/cms/[^"?#\s]*)')  # links, and what the menu is told as JSON
MENU_LABEL = re.compile(r'"label": ?"([^"]+)"')
IDENTIFIER = re.compile(r"\w+\.\w+")  # a file, a model by its label
NOT_ENTERED = re.compile(r"/(?:logout|delete|unlock|lock|jsi18n|sprite|results|chosen|download|usage/\d+/delete)")


@pytest.fixture
def editor() -> Client:
    client = Client()
    client.force_login(UserFactory(is_superuser=True))
    return client


# wagtail-localize lists its translations in no order.
@pytest.mark.filterwarnings("ignore::django.core.paginator.UnorderedObjectListWarning")
def test_hardly_a_word_at_the_desk_is_not_chinese(editor: Client) -> None:
    _something_of_everything()

    spoken: dict[str, str] = {}
    pages = 0
    for address, html in _crawl(editor):
        pages += 1
        for text in _texts(html):
            spoken.setdefault(text, address)
    left = {text: address for text, address in spoken.items() if _is_left(text)}

    assert pages >= FEWEST_PAGES
    assert len(left) / len(spoken) <= MOST_LEFT, "\n".join(f"{text!r} at {where}" for text, where in left.items())


def _something_of_everything() -> None:
    for language in ("zh-hant", "en"):
        Locale.objects.get_or_create(language_code=language)
    for page in (
        make.ServicePageFactory,
        make.CaseStudyPageFactory,
        make.MethodPageFactory,
        make.PersonPageFactory,
        make.NoticePageFactory,
        make.VenuePageFactory,
        make.ActivityCalendarPageFactory,
        make.ContentPageFactory,
    ):
        page()
    make.ImageFactory(collection=Collection.get_first_root_node())


def _crawl(client: Client) -> Iterator[tuple[str, str]]:
    """Yield each kind of page once, from the desk's first page on."""
    waiting, seen = ["/cms/"], set()
    while waiting:
        address = waiting.pop(0)
        response = client.get(address, follow=True)
        if response.status_code != 200 or "text/html" not in response.headers["Content-Type"]:
            continue
        html = response.content.decode()
        yield address, html
        for path in ADDRESS.findall(unescape(html)):
            kind = _kind_of(path)
            if kind and kind not in seen and not NOT_ENTERED.search(path):
                seen.add(kind)
                waiting.append(path)


def _kind_of(path: str) -> str:
    """Return what tells pages of one kind from another; numbers do not, but for pages of the site."""
    if not path.startswith("/cms/"):
        return ""
    try:
        match = resolve(path)
    except Exception:
        return ""
    return path if match.view_name.startswith("wagtailadmin_pages:edit") else re.sub(r"\d+", "0", path)


def _texts(html: str) -> Iterator[str]:
    yield from (json.loads(f'"{label}"') for label in MENU_LABEL.findall(unescape(html)))
    soup = BeautifulSoup(html, "html.parser")
    for tag in [*soup(UNSPOKEN), *soup.select("[data-side-panel-toggle-counter]")]:
        tag.decompose()
    for node in soup.find_all(string=True):
        if not isinstance(node, Comment) and (text := " ".join(node.split())):
            yield text
    for name in SPOKEN_ATTRIBUTES:
        for tag in soup.select(f"[{name}]"):
            if text := " ".join(str(tag[name]).split()):
                yield text


def _is_left(text: str) -> bool:
    return not CHINESE.search(text) and bool(LATIN_WORD.search(NAMES.sub("", IDENTIFIER.sub("", text))))
