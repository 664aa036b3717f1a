"""One way to turn a long list into pages."""

from typing import Any

from django.core.paginator import Page, Paginator
from django.http import HttpRequest

PAGE_SIZE = 20


def page_of(request: HttpRequest, items: Any, *, size: int = PAGE_SIZE) -> "Page[Any]":
    """Return the page the request asks for (``?page=``); a wrong number gives the nearest page there is."""
    return Paginator(items, size).get_page(request.GET.get("page"))
