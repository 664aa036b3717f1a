from wagtail.query import PageQuerySet

from website.base.queries import listed, with_pictures
from website.case_studies.models import CaseStudyPage


def case_studies(*, locale_id: int) -> "PageQuerySet[CaseStudyPage]":
    """Return the published case studies, newest first."""
    return with_pictures(listed(CaseStudyPage, locale_id=locale_id)).order_by("-year", "-first_published_at", "-pk")
