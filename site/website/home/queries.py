"""What is new, for the home page."""

from dataclasses import dataclass
from itertools import islice

from django.utils import timezone
from wagtail.models import Page

from website.base.queries import unrestricted
from website.case_studies.models import CaseStudyPage
from website.case_studies.queries import case_studies
from website.notices.models import NoticePage
from website.notices.queries import current
from website.people.models import PersonPage
from website.services.models import ServiceCategory, ServicePage
from website.services.queries import categories
from webui.providers import ActivityItem, LiveCount, live_counts, upcoming_activities

SHOWN = 3
NEWEST = 30


@dataclass(frozen=True)
class News:
    """The newest of each kind."""

    categories: list[ServiceCategory]
    activities: list[ActivityItem]
    notices: list[NoticePage]
    cases: list[CaseStudyPage]
    counts: list[LiveCount]


def news(*, locale_id: int) -> News:
    return News(
        categories=list(categories(locale_id=locale_id)),
        activities=list(islice(upcoming_activities(limit=SHOWN), SHOWN)),
        notices=list(current(locale_id=locale_id, on=timezone.localdate())[:SHOWN]),
        cases=list(case_studies(locale_id=locale_id)[:SHOWN]),
        counts=live_counts(),
    )


def newest(*, language: str) -> list[Page]:
    """Return the pages published last that tell something new, whole; two queries and one for each kind."""
    kinds = (CaseStudyPage, NoticePage, ServicePage, PersonPage)
    pages = (
        Page.objects.live()
        .filter(unrestricted(), locale__language_code=language, first_published_at__isnull=False)
        .type(*kinds)
        .order_by("-first_published_at", "-pk")
    )
    return list(pages.specific()[:NEWEST])
