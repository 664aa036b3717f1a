from collections.abc import Collection, Sequence
from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.db.models import Case, CharField, Count, Exists, F, OuterRef, Q, QuerySet, Value, When
from django.db.models.functions import Length, Substr
from django.utils import timezone
from wagtail.models import Locale, Page
from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.services.enums import NOT_OFFERED, PASSES
from website.services.facts import Spot, channels_of, facts_of, spots_of
from website.services.models import ServiceCategory, ServicePage
from website.services.rules import REMINDED_AHEAD
from webui.providers import codes_of, communities

BESIDE = 4  # services shown beside another


def services(*, locale_id: int) -> "PageQuerySet[ServicePage]":
    """Return the published services, category by category; those without one come last."""
    pages = listed(ServicePage, locale_id=locale_id).select_related("category")
    return pages.order_by(F("category__order").asc(nulls_last=True), "category_id", "code", "title")


def items(pages: "PageQuerySet[ServicePage]") -> "PageQuerySet[ServicePage]":
    """Leave out the parts: what stands below another service."""
    above = ServicePage.objects.filter(
        path=Substr(OuterRef("path"), 1, Length(OuterRef("path")) - Page.steplen, output_field=CharField())
    )
    return pages.filter(~Exists(above))


def parts(page: ServicePage) -> "PageQuerySet[ServicePage]":
    """Return the published parts of a service, in the editor's order."""
    return listed(ServicePage, locale_id=page.locale_id).child_of(page).order_by("path")


def categories(*, locale_id: int) -> QuerySet[ServiceCategory]:
    """Return the categories that hold a published service, each with ``number`` of them."""
    published = items(services(locale_id=locale_id)).order_by().values("pk")
    held = Count("services", filter=Q(services__in=published))
    return ServiceCategory.objects.filter(locale_id=locale_id).annotate(number=held).filter(number__gt=0)


def offered_first(pages: "PageQuerySet[ServicePage]", *, on: date) -> "PageQuerySet[ServicePage]":
    """Put what is paused or closed last: nobody should be sent there."""
    passed = Q(status__in=PASSES, alert_until__lt=on)
    away = Case(When(Q(status__in=NOT_OFFERED) & ~passed, then=Value(1)), default=Value(0))
    return pages.alias(away=away).order_by("away", *pages.query.order_by)


def beside(page: ServicePage) -> "PageQuerySet[ServicePage]":
    """Return a few other services of the same category, what is offered first."""
    category = page.category_id or (page.above.category_id if page.above else None)
    if category is None:
        return ServicePage.objects.none()
    family = Q(path__startswith=page.path) | Q(pk=page.above.pk if page.above else None)
    others = items(services(locale_id=page.locale_id)).filter(category_id=category).exclude(family)
    return offered_first(others, on=timezone.localdate())[:BESIDE]


def shown(page: ServicePage, *, community: str) -> dict[str, Any]:
    """Return what a service page shows; ``community`` is the code of the reader's own, if they told us."""
    spots = spots_of(page, here=[community])
    here = _among(spots, [community])
    known = bool(here)
    if community and here is None:
        today = {each.code for each in communities()}
        if not today.issuperset({community, *(spot.community_code for spot in spots if spot.community_code)}):
            codes = codes_of(community)  # what was written of one that has ended holds for the one that follows
            community, spots = codes[0], spots_of(page, here=codes)
            here = _among(spots, codes)
        known = community in today
    return {
        "facts": facts_of(page),
        "channels": channels_of(page),
        "here": here,
        "spots": [spot for spot in spots if spot is not here],
        "carried": f"?{urlencode({'community': community})}" if known else "",
        "parts": list(parts(page)) if page.numchild else [],
    }


def _among(spots: Sequence[Spot], codes: Collection[str]) -> Spot | None:
    return next((spot for spot in spots if spot.community_code and spot.community_code in codes), None)


def stale(*, on: date) -> "PageQuerySet[ServicePage]":
    """Return the published services past their review, the longest overdue first; translations follow their source."""
    return _kept().filter(review_by__lt=on).order_by("review_by", "code")


def to_review(*, on: date) -> "PageQuerySet[ServicePage]":
    """Return the services that are stale, soon will be, or were never checked."""
    return _kept().filter(Q(review_by__lte=on + REMINDED_AHEAD) | Q(review_by__isnull=True))


def due(*, on: date) -> "PageQuerySet[ServicePage]":
    """Return the services whose keeper should look at them about ``on``, and has not been told for this date."""
    told = Q(reminders__keeper=F("keeper"), reminders__review_by=F("review_by"))
    pages = _kept().filter(keeper__is_active=True, review_by__lte=on + REMINDED_AHEAD)
    return pages.exclude(pk__in=pages.filter(told).values("pk")).order_by("keeper_id", "review_by", "code")


def with_past_alerts(*, on: date) -> "PageQuerySet[ServicePage]":
    """Return the services with an alert whose last day has passed."""
    return ServicePage.objects.live().filter(alert_until__lt=on)


def _kept() -> "PageQuerySet[ServicePage]":
    return ServicePage.objects.live().filter(locale=Locale.get_default())
