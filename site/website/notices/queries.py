from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Count, F, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.notices.enums import NoticeKind, ObjectionState
from website.notices.models import NoticePage, Objection
from webui.pagination import page_of

IN_THE_FEED = 30


@dataclass(frozen=True, slots=True)
class ObjectionCounts:
    """What the public learns about objections: how many, and how many were answered."""

    received: int
    answered: int


def current(*, locale_id: int, on: date) -> "PageQuerySet[NoticePage]":
    """Return the notices that run on the day ``on``; what ends first comes first."""
    running = (Q(ends_on__isnull=True) | Q(ends_on__gte=on)) & Q(starts_on__lte=on)
    soonest_end = F("ends_on").asc(nulls_last=True)
    return listed(NoticePage, locale_id=locale_id).filter(running).order_by(soonest_end, "-starts_on", "-pk")


def coming(*, locale_id: int, on: date) -> "PageQuerySet[NoticePage]":
    """Return the notices that begin after the day ``on``, soonest first."""
    return listed(NoticePage, locale_id=locale_id).filter(starts_on__gt=on).order_by("starts_on", "pk")


def past(*, locale_id: int, on: date) -> "PageQuerySet[NoticePage]":
    """Return the notices that ended before the day ``on``, latest first."""
    return listed(NoticePage, locale_id=locale_id).filter(ends_on__lt=on).order_by("-ends_on", "-pk")


def newest(*, locale_id: int) -> "PageQuerySet[NoticePage]":
    """Return the notices published last."""
    return listed(NoticePage, locale_id=locale_id).order_by("-first_published_at", "-pk")[:IN_THE_FEED]


def without_result(*, on: date | None = None) -> "PageQuerySet[NoticePage]":
    """Return the 公示 that have ended and do not say yet how: for the editors' desk. Longest over first."""
    ended = NoticePage.objects.live().filter(alias_of__isnull=True, kind=NoticeKind.FOR_OBJECTION)
    return ended.filter(ends_on__lt=on or timezone.localdate(), result="").order_by("ends_on", "pk")


def board(request: HttpRequest, *, locale_id: int, on: date) -> dict[str, Any]:
    """Return what the board shows, narrowed to the kind and the year asked for."""
    kind = request.GET.get("kind", "")
    kind = kind if kind in NoticeKind.values else ""
    years = _years(past(locale_id=locale_id, on=on))
    year = next((year for year in years if str(year) == request.GET.get("year", "")), None)
    only = Q(kind=kind) if kind else Q()
    archive = past(locale_id=locale_id, on=on).filter(only)
    return {
        "kinds": NoticeKind,
        "kind": kind,
        "years": years,
        "year": year,
        "current": [] if year else list(current(locale_id=locale_id, on=on).filter(only)),
        "coming": [] if year else list(coming(locale_id=locale_id, on=on).filter(only)),
        "past": page_of(request, archive.filter(ends_on__year=year) if year else archive),
    }


def objection_counts(notice: NoticePage) -> ObjectionCounts:
    """Return how many objections there are to ``notice`` in any language; what was taken back does not count."""
    kept = of_notice(notice).exclude(state=ObjectionState.WITHDRAWN)
    counted = kept.aggregate(received=Count("pk"), answered=Count("pk", filter=Q(state=ObjectionState.ANSWERED)))
    return ObjectionCounts(**counted)


def of_notice(notice: NoticePage) -> "QuerySet[Objection]":
    return Objection.objects.filter(notice__translation_key=notice.translation_key)


def unanswered() -> "QuerySet[Objection]":
    """Return the objections that wait for an answer, for the editors' desk."""
    waiting = Objection.objects.filter(state=ObjectionState.RECEIVED, erased_at__isnull=True)
    return waiting.select_related("notice").order_by("received_at")


def objection_numbered(number: str) -> Objection | None:
    return Objection.objects.filter(number=number.strip().upper()).select_related("notice").first()


def to_forget(*, over_before: datetime) -> "QuerySet[Objection]":
    """Return what was closed before then, and what nobody answered although its notice had ended by then."""
    day = timezone.localdate(over_before)
    is_over = Q(notice__ends_on__lt=day) | Q(notice__ends_on__isnull=True)  # no end: from the day it came
    unanswered_for_long = Q(is_over, state=ObjectionState.RECEIVED, received_at__lt=over_before)
    return Objection.objects.filter(Q(closed_at__lt=over_before) | unanswered_for_long, erased_at__isnull=True)


def with_objections(page_ids: Collection[int]) -> "PageQuerySet[NoticePage]":
    return NoticePage.objects.filter(pk__in=page_ids, objections__isnull=False).distinct()


def _years(notices: "PageQuerySet[NoticePage]") -> list[int]:
    found = notices.order_by().values_list("ends_on__year", flat=True).distinct()
    return sorted({year for year in found if year}, reverse=True)
