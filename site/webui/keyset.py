"""Pages of a list too long to count: each begins behind a row, so that the last page costs what the first one does."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q, QuerySet
from django.http import HttpRequest

PAGE_SIZE = 20


@dataclass(frozen=True)
class KeysetPage:
    """Some rows of a list; ``next_after`` and ``previous_before`` are the keys its neighbours begin at."""

    object_list: Sequence[Any]
    next_after: int | None
    previous_before: int | None

    def __iter__(self) -> Iterator[Any]:
        return iter(self.object_list)

    @property
    def has_other_pages(self) -> bool:
        return self.next_after is not None or self.previous_before is not None


def keyset_page(
    request: HttpRequest, rows: "QuerySet[Any]", *, order: Sequence[str], size: int = PAGE_SIZE
) -> KeysetPage:
    """Return the page the request asks for: ``?after=<key>``, ``?before=<key>``, or the first one.

    ``order`` names fields that are never null, all rising or all falling (``-``), the primary key last. The address
    holds the key of a row and nothing else; a row that is not in the list any more means the first page.
    """
    back = _number(request.GET.get("before"))
    key = back or _number(request.GET.get("after"))
    names = [field.removeprefix("-") for field in order]
    anchor = rows.order_by().filter(pk=key).values_list(*names).first() if key else None
    is_back = bool(back and anchor)
    falls = order[0].startswith("-")
    if anchor:
        rows = rows.filter(_beyond(names, anchor, rising=falls == is_back))
    found = list(rows.order_by(*(_turned(order) if is_back else order))[: size + 1])
    more, shown = len(found) > size, found[:size]
    if is_back:
        shown.reverse()
    has_next, has_previous = (True, more) if is_back else (more, anchor is not None)
    return KeysetPage(
        object_list=shown,
        next_after=shown[-1].pk if shown and has_next else None,
        previous_before=shown[0].pk if shown and has_previous else None,
    )


def _beyond(names: Sequence[str], anchor: Sequence[Any], *, rising: bool) -> Q:
    # The first field bounds the range of the index; only rows equal in it need the fields behind.
    sign = "gt" if rising else "lt"
    (name, *others), (value, *values) = names, anchor
    if not others:
        return Q(**{f"{name}__{sign}": value})
    tied = Q(**{f"{name}__{sign}": value}) | _beyond(others, values, rising=rising)
    return Q(**{f"{name}__{sign}e": value}) & tied


def _turned(order: Sequence[str]) -> list[str]:
    return [field[1:] if field.startswith("-") else f"-{field}" for field in order]


def _number(text: str | None) -> int | None:
    return int(text) if text and text.isascii() and text.isdigit() and len(text) < 19 else None
