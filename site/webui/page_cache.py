"""A short memory for public pages: kept under one generation, forgotten all at once when anything they show changes.

A page is kept only when it was made for nobody in particular: a plain GET without a session, answered 200 without a
cookie. When the cache is away pages are simply made anew; nobody notices but the server.
"""

import hashlib
import secrets
from collections.abc import Callable
from threading import Lock
from time import monotonic
from typing import TypeVar

import structlog
from django.conf import settings
from django.contrib.messages.storage.cookie import CookieStorage
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse

from webui.display import is_elder

logger = structlog.get_logger(__name__)

ALIAS = "pages"
GENERATION = "pages.generation"
KEPT_VIEWS = frozenset({"wagtail_serve", "standing_page", "site_map", "news_feed"})
PERMISSIONS = "_permissions_policy_override"  # what django-permissions-policy reads of an answer
SHAPE = 2  # of what is kept: another one is not looked for under the same key
PERSONAL_COOKIES = frozenset({settings.SESSION_COOKIE_NAME, CookieStorage.cookie_name})

# How many answers to questions one process keeps in one span: the values, and a host's port, are anybody's to invent.
MOST_ANSWERS = 500

Answer = TypeVar("Answer")

GetResponse = Callable[[HttpRequest], HttpResponse]


class _Allowance:
    """Counts the answers to questions that are kept, so that nobody fills the memory with invented ones."""

    def __init__(self) -> None:
        self._lock, self._until, self._number = Lock(), 0.0, 0

    def take(self) -> bool:
        with self._lock:
            if monotonic() >= self._until:
                self._until, self._number = monotonic() + settings.PUBLIC_PAGES_KEPT_SECONDS, 0
            self._number += 1
            return self._number <= MOST_ANSWERS


_allowance = _Allowance()


def public_pages_are_kept(get_response: GetResponse) -> GetResponse:
    """Answer a public page from memory where it is there, and keep it where it may be kept."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if not _is_for_anybody(request):
            return get_response(request)
        key = _key_of(request)
        kept = _ask(lambda: caches[ALIAS].get(key)) if key else None
        if kept is not None:
            body, content_type, allowed = kept
            answer = HttpResponse(body, content_type=content_type, headers={"X-Page-Cache": "hit"})
            return _allowing(answer, allowed)
        response = get_response(request)
        if key and _may_be_kept(request, response):
            page = (response.content, response["Content-Type"], getattr(response, PERMISSIONS, None))
            _ask(lambda: caches[ALIAS].set(key, page, settings.PUBLIC_PAGES_KEPT_SECONDS))
        return response

    return middleware


def understands(request: HttpRequest, questions: frozenset[str]) -> None:
    """Note what ``request`` may ask this page, by name.

    Anything else is answered, and not kept: nobody fills the memory with noise.
    """
    request.questions = questions  # type: ignore[attr-defined]  # ours


def forget_public_pages() -> None:
    """Let every public page be made anew."""
    if settings.PUBLIC_PAGES_KEPT_SECONDS:
        _ask(lambda: caches[ALIAS].set(GENERATION, secrets.token_hex(8), None))


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """Return what ``make`` makes, or made a little while ago for the same ``key``; a cache away only costs time."""
    if not settings.PUBLIC_PAGES_KEPT_SECONDS:
        return make()
    found = _ask(lambda: caches[ALIAS].get(key))
    if found is None:
        found = make()
        _ask(lambda: caches[ALIAS].set(key, found, settings.PUBLIC_PAGES_KEPT_SECONDS))
    return found


def _allowing(response: HttpResponse, allowed: str | None) -> HttpResponse:
    """Return ``response`` with the permissions its page gave when it was made."""
    if allowed:
        setattr(response, PERMISSIONS, allowed)
    return response


def _is_for_anybody(request: HttpRequest) -> bool:
    is_plain = request.method == "GET" and not PERSONAL_COOKIES & request.COOKIES.keys()
    return is_plain and settings.PUBLIC_PAGES_KEPT_SECONDS > 0


def _may_be_kept(request: HttpRequest, response: HttpResponse) -> bool:
    view = request.resolver_match.view_name if request.resolver_match else ""
    return (
        response.status_code == 200
        and request.GET.keys() <= getattr(request, "questions", frozenset())
        and view in KEPT_VIEWS
        and not response.streaming
        and not response.has_header("Cache-Control")
        and not _is_made_for_somebody(request, response)
        and (not _may_be_invented(request) or _allowance.take())
    )


def _may_be_invented(request: HttpRequest) -> bool:
    return bool(request.META.get("QUERY_STRING")) or ":" in request.get_host()


def _is_made_for_somebody(request: HttpRequest, response: HttpResponse) -> bool:
    # The cookies of session and CSRF are added further out; these are their signs.
    has_form = request.META.get("CSRF_COOKIE_NEEDS_UPDATE", False)
    told = getattr(request, "_messages", None)
    has_message = told is not None and (told.used or told.added_new)
    return bool(response.cookies or request.session.accessed or has_form or has_message)


def _key_of(request: HttpRequest) -> str | None:
    """Return where this page is kept, or ``None`` when the cache is away.

    The generation is read before the page is made: a page made before a change is never kept as one made after it.
    """
    generation = _ask(lambda: caches[ALIAS].get_or_set(GENERATION, lambda: secrets.token_hex(8), None))
    if generation is None:
        return None
    page = f"{generation} {SHAPE} {request.get_host()} {request.get_full_path()} {is_elder(request)}"
    return f"page.{hashlib.sha256(page.encode()).hexdigest()}"


def _ask(question: Callable[[], Answer]) -> Answer | None:
    try:
        return question()
    except Exception as error:  # whatever is wrong with the cache is no reason to refuse a page
        logger.warning("page_cache.away", error=type(error).__name__)
        return None
