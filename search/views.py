from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import get_language, override
from django.views.decorators.http import require_safe
from wagtail.coreutils import get_supported_content_language_variant
from wagtail.models import Locale

from search import actions, queries
from search.enums import Kind
from search.promotions import promoted
from search.queries import LAST_HIT, PAGE_SIZE, Answer
from website.services.models import ServiceIndexPage
from website.services.queries import categories


@dataclass(frozen=True)
class Asked:
    """What the address asks for. Whatever stands in it, it is a question that has an answer."""

    text: str
    kind: str
    page: int
    locale: str


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """Show what was found, or help to find it."""
    asked = _asked(request)
    answer = _answer(asked)
    if answer.is_stand_in:
        actions.heal_later()
    context: dict[str, Any] = {
        "asked": asked,
        "answer": answer,
        "kinds": _kinds(answer, asked),
        "promoted": promoted(answer.query.text, locale=asked.locale) if asked.page == 1 and not asked.kind else [],
        "page": Paginator(range(min(answer.total, LAST_HIT)), PAGE_SIZE).get_page(asked.page),
    }
    if asked.locale != settings.LANGUAGE_CODE:
        context |= _elsewhere(asked)
    if not answer.results:
        context |= _help(answer, asked)
    return render(request, "search/search.html", context)


def _asked(request: HttpRequest) -> Asked:
    kind, page = request.GET.get("kind", ""), request.GET.get("page", "")
    return Asked(
        text=request.GET.get("q", ""),
        kind=kind if kind in Kind.values else "",
        page=min(int(page), LAST_HIT // PAGE_SIZE) if page.isascii() and page.isdigit() and len(page) < 9 else 1,
        locale=get_supported_content_language_variant(get_language()),
    )


def _answer(asked: Asked) -> Answer:
    kinds = (asked.kind,) if asked.kind else ()
    answer = queries.search(asked.text, locale=asked.locale, kinds=kinds, start=max(0, asked.page - 1) * PAGE_SIZE)
    if answer.results or not answer.total:
        return answer
    # Past the end: show the last page there is, as every list of ours does.
    last = (min(answer.total, LAST_HIT) - 1) // PAGE_SIZE
    return queries.search(asked.text, locale=asked.locale, kinds=kinds, start=last * PAGE_SIZE)


def _kinds(answer: Answer, asked: Asked) -> list[dict[str, Any]]:
    """Return the filters that lead somewhere, and the one that is on."""
    every = sum(answer.counts.values())
    held = [kind for kind in Kind if answer.counts.get(kind)]
    everything = {"value": None, "label": "", "number": every, "is_on": not asked.kind}
    kinds = [
        {"value": kind.value, "label": kind.label, "number": answer.counts[kind], "is_on": kind == asked.kind}
        for kind in held
    ]
    return [everything, *kinds] if held else []


def _elsewhere(asked: Asked) -> dict[str, Any]:
    """Return how much there is in the language everything is written in first, and where."""
    with override(settings.LANGUAGE_CODE):
        url = reverse("search:search", query={"q": asked.text})
    found = queries.search(asked.text, locale=settings.LANGUAGE_CODE, size=0)
    return {"elsewhere": {"total": found.total, "url": url}}


def _help(answer: Answer, asked: Asked) -> dict[str, Any]:
    """Return shorter questions, and the list of services to look through."""
    locale = Locale.objects.filter(language_code=asked.locale).first()
    words = [word.text for word in answer.query.words]
    pages = ServiceIndexPage.objects.live().public().filter(locale=locale)
    return {
        "shorter": words if len(words) > 1 else [],
        "services": pages.first(),
        "categories": categories(locale_id=locale.pk) if locale else [],
    }
