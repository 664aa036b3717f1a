"""The public site as any reader meets it: every kind of page, phone and desk, light and dark, elder mode."""

import re
from collections.abc import Iterator
from html import unescape
from urllib.error import HTTPError
from urllib.parse import parse_qs, urljoin, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser

from tests.e2e.server import Server
from tests.e2e.visitor import DESKTOP, PHONE, Visitor

pytestmark = pytest.mark.e2e

MOST_BYTES = 100_000
FEWEST_KINDS = 25
NOT_FOR_READERS = re.compile(
    r"^/(?:account|cms|demo|display|documents|media|portal|static)/"
    r"|\.(?:csv|ics|json|rss|xml|xlsx)$|\w/(?:csv|feed|json|points)/$"
)
PHONE_NUMBER = re.compile(r"^[\d -]{8,}$")
NEEDS_COOKIE = re.compile(r"/objections?/$|^/feedback/(?:\?|$)")  # a form that keeps strangers' pages from sending it
ROUTES = {"print", "objection", "objections"}


@pytest.fixture(scope="module")
def kinds(still_server: Server) -> list[str]:
    """Return one address of each kind of public page, found by following links from home."""
    found: dict[tuple[str, int, str, tuple[str, ...]], str] = {}
    waiting = ["/"]
    while waiting:
        address = waiting.pop(0)
        for link in _links(still_server.url, address):
            kind = _kind_of(link)
            if kind not in found:
                found[kind] = link
                waiting.append(link)
    return list(dict.fromkeys(["/", "/nothing-here/", *found.values()]))


def test_there_are_as_many_kinds_of_pages_as_we_think(kinds: list[str]) -> None:
    assert len(kinds) >= FEWEST_KINDS, kinds


def test_every_kind_of_page_is_clean_in_the_light_on_a_phone(kinds: list[str], reader: Visitor) -> None:
    _look_at_each(reader, kinds)


def test_every_kind_of_page_is_clean_in_the_dark_at_a_desk(
    kinds: list[str], browser: Browser, still_server: Server
) -> None:
    visitor = Visitor(browser, still_server.url, viewport=DESKTOP, has_javascript=True)
    visitor.page.emulate_media(color_scheme="dark")
    _look_at_each(visitor, kinds)
    visitor.close()


def test_every_kind_of_page_is_clean_in_elder_mode(kinds: list[str], reader: Visitor) -> None:
    reader.go("/")
    reader.click("长辈版")
    reader.press("使用长辈版")
    assert reader.page.locator("html").get_attribute("data-display") == "elder"
    _look_at_each(reader, kinds)


def test_no_page_sets_a_cookie_or_weighs_more_than_a_phone_can_carry(
    kinds: list[str], still_server: Server, reader: Visitor
) -> None:
    for address in kinds:
        if not NEEDS_COOKIE.search(address):
            reader.page.goto(address)
    weights = {address: _weight(still_server.url, address) for address in kinds}

    assert reader.context.cookies() == []
    assert {address: weight for address, weight in weights.items() if weight > MOST_BYTES} == {}


@pytest.mark.parametrize("has_javascript", [True, False], ids=["with scripts", "without scripts"])
def test_who_delivers_meals_in_a_community_is_three_clicks_away(
    browser: Browser, still_server: Server, has_javascript: bool
) -> None:
    visitor = Visitor(browser, still_server.url, viewport=PHONE, has_javascript=has_javascript)
    visitor.go("/")
    visitor.click("吃饭和送餐")
    visitor.click("槐荫社区")
    visitor.click("送餐上门")

    here = visitor.page.get_by_role("complementary", name="槐荫社区")
    assert "槐荫社区食堂" in here.inner_text()
    assert here.get_by_role("link", name=PHONE_NUMBER).count()
    visitor.close()


@pytest.fixture
def reader(browser: Browser, still_server: Server) -> Iterator[Visitor]:
    visitor = Visitor(browser, still_server.url, viewport=PHONE, has_javascript=True)
    yield visitor
    visitor.close()


def _look_at_each(visitor: Visitor, kinds: list[str]) -> None:
    for address in kinds:
        visitor.page.goto(address)
        visitor.complaints = [c for c in visitor.complaints if "404" not in c]
        visitor.look()


def _weight(base_url: str, address: str) -> int:
    """Return the bytes of the page, its styles and its scripts, as they are without compression."""
    html = _read(base_url, address)
    parts = re.findall(r'<(?:link rel="stylesheet" href|script[^>]* src)="([^"]+)"', html)
    return len(html.encode()) + sum(len(_read(base_url, part).encode()) for part in set(parts))


def _read(base_url: str, address: str) -> str:
    try:
        with urlopen(base_url + address, timeout=30) as answer:
            return str(answer.read().decode())
    except HTTPError as missing:  # the page that says so is a page, too
        with missing:
            return missing.read().decode()


def _links(base_url: str, address: str) -> Iterator[str]:
    """Yield where a page leads to within the site; to pages only, with one question at most."""
    for href in re.findall(r'<a\b[^>]*\bhref="([^"]+)"', _read(base_url, address)):
        parts = urlsplit(urljoin(base_url + address, unescape(href)))
        is_ours = f"{parts.scheme}://{parts.netloc}" == base_url and not NOT_FOR_READERS.search(parts.path)
        if is_ours and len(parse_qs(parts.query)) <= 1:
            yield parts.path + (f"?{parts.query}" if parts.query else "")


def _kind_of(link: str) -> tuple[str, int, str, tuple[str, ...]]:
    parts = urlsplit(link)
    steps = parts.path.strip("/").split("/")
    return steps[0], len(steps), steps[-1] if steps[-1] in ROUTES else "", tuple(parse_qs(parts.query))
