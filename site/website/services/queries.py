from django.db.models import Count, F, Q, QuerySet
from wagtail.query import PageQuerySet

from website.base.queries import listed
from website.services.models import ServiceCategory, ServicePage


def services(*, locale_id: int) -> "PageQuerySet[ServicePage]":
    """Return the published services, category by category; those without one come last."""
    pages = listed(ServicePage, locale_id=locale_id).select_related("category")
    return pages.order_by(F("category__order").asc(nulls_last=True), "category_id", "code", "title")


def categories(*, locale_id: int) -> QuerySet[ServiceCategory]:
    """Return the categories that hold a published service, each with ``number`` of them."""
    published = services(locale_id=locale_id).order_by().values("pk")
    held = Count("services", filter=Q(services__in=published))
    return ServiceCategory.objects.filter(locale_id=locale_id).annotate(number=held).filter(number__gt=0)
