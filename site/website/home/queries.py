"""What is new, for the home page."""

from dataclasses import dataclass
from itertools import islice

from django.utils import timezone

from website.case_studies.models import CaseStudyPage
from website.case_studies.queries import case_studies
from website.notices.models import NoticePage
from website.notices.queries import current
from website.services.models import ServiceCategory
from website.services.queries import categories
from webui.providers import ActivityItem, LiveCount, live_counts, upcoming_activities

SHOWN = 3


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
