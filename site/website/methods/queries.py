from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.case_studies.models import CaseStudyPage
from website.methods.models import MethodPage, MethodPart


@dataclass(frozen=True, slots=True)
class UsedPart:
    """A part of a method, with the published cases that used it."""

    part: MethodPart
    cases: list[CaseStudyPage]


@dataclass(frozen=True, slots=True)
class GlossaryEntry:
    """A method and its parts, as the glossary shows them."""

    method: MethodPage
    parts: list[MethodPart]
    cases: int


def methods(*, locale_id: int) -> "PageQuerySet[MethodPage]":
    """Return the published methods in the order the editors gave them."""
    return listed(MethodPage, locale_id=locale_id).order_by("path")


def glossary(*, locale_id: int) -> list[GlossaryEntry]:
    """Return every method with its parts, and how many cases used it."""
    found = list(methods(locale_id=locale_id).prefetch_related("parts"))
    used = _cases_by_part(locale_id=locale_id)
    return [GlossaryEntry(method, list(method.parts.all()), _count(method, used)) for method in found]


def parts_with_cases(method: MethodPage) -> list[UsedPart]:
    """Return the parts of ``method`` in order, each with the cases that used it, newest first."""
    parts = list(method.parts.all())
    used = _cases_by_part(locale_id=method.locale_id, keys=[part.translation_key for part in parts])
    wanted = {pk for pks in used.values() for pk in pks}
    cases = {
        case.pk: case
        for case in listed(CaseStudyPage, locale_id=method.locale_id)
        .filter(pk__in=wanted)
        .defer("body")
        .order_by("-year", "-pk")
    }
    return [UsedPart(part, [case for pk, case in cases.items() if pk in used[part.translation_key]]) for part in parts]


def _count(method: MethodPage, used: dict[UUID, set[int]]) -> int:
    return len({pk for part in method.parts.all() for pk in used.get(part.translation_key, ())})


def _cases_by_part(*, locale_id: int, keys: list[UUID] | None = None) -> dict[UUID, set[int]]:
    # By translation key: a case in another language keeps the parts of the language it was written in.
    pages = listed(CaseStudyPage, locale_id=locale_id).filter(parts__isnull=False)
    if keys is not None:
        pages = pages.filter(parts__translation_key__in=keys)
    cases: dict[UUID, set[int]] = defaultdict(set)
    for key, pk in pages.values_list("parts__translation_key", "pk"):
        cases[key].add(pk)
    return cases
