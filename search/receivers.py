"""The one listener: whatever is published, changed, moved, closed or deleted, the index hears of it here."""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db import transaction
from django.db.models.signals import post_delete, post_save
from wagtail.models import Page, PageViewRestriction
from wagtail.signals import page_published, page_slug_changed, page_unpublished, post_page_move

from portal.activities.models import Activity, Shift
from portal.activities.signals import activities_written
from search import actions
from search.documents import INDEXED_PAGES
from website.case_studies.models import CaseStudyPage, Topic
from website.methods.models import MethodPage
from website.people.models import Consent
from website.services.models import ServiceAudience, ServiceCategory, ServicePage

# A shift is saved with every sign-up; only these fields of it are ever found.
FOUND_OF_A_SHIFT = frozenset({"activity", "activity_id", "name", "starts_at"})


def connect() -> None:
    """Begin to listen."""
    page_published.connect(page_changed)
    page_unpublished.connect(page_changed)
    post_delete.connect(page_changed, sender=Page)
    for model in INDEXED_PAGES:
        post_save.connect(page_changed, sender=model)
    page_slug_changed.connect(subtree_changed)
    post_page_move.connect(subtree_changed)
    for signal in (post_save, post_delete):
        signal.connect(restriction_changed, sender=PageViewRestriction)
        signal.connect(activity_changed, sender=Activity)
        signal.connect(shift_changed, sender=Shift)
    activities_written.connect(activities_changed)
    post_save.connect(consent_changed, sender=Consent)
    for shelf in (ServiceCategory, ServiceAudience):
        post_save.connect(shelf_changed, sender=shelf)
    page_published.connect(service_published, sender=ServicePage)
    post_save.connect(topic_changed, sender=Topic)
    for signal in (page_published, page_unpublished):
        signal.connect(method_changed, sender=MethodPage)


def page_changed(*, instance: Page, **kwargs: Any) -> None:
    _after_commit(partial(actions.refresh_pages, [instance.pk]))


def subtree_changed(*, instance: Page, **kwargs: Any) -> None:
    _after_commit(partial(actions.refresh_subtree, instance.pk))


def restriction_changed(*, instance: PageViewRestriction, **kwargs: Any) -> None:
    _after_commit(partial(actions.refresh_subtree, instance.page_id))
    _refresh_cases_naming(instance.page.path)


def activity_changed(*, instance: Activity, **kwargs: Any) -> None:
    _after_commit(partial(actions.refresh_activities, [instance.pk]))


def activities_changed(*, keys: list[int], **kwargs: Any) -> None:
    _after_commit(partial(actions.refresh_activities, keys))


def shift_changed(*, instance: Shift, update_fields: frozenset[str] | None = None, **kwargs: Any) -> None:
    if update_fields is None or FOUND_OF_A_SHIFT & set(update_fields):
        _after_commit(partial(actions.refresh_activities, [instance.activity_id]))


def consent_changed(*, instance: Consent, **kwargs: Any) -> None:
    _after_commit(partial(actions.refresh_pages, list(instance.pages.values_list("pk", flat=True))))


def shelf_changed(*, instance: ServiceCategory | ServiceAudience, created: bool, **kwargs: Any) -> None:
    if not created:
        _after_commit(partial(actions.refresh_pages, list(instance.services.values_list("pk", flat=True))))


def topic_changed(*, instance: Topic, created: bool, **kwargs: Any) -> None:
    if not created:
        _after_commit(partial(actions.refresh_pages, list(instance.case_studies.values_list("pk", flat=True))))


def service_published(*, instance: ServicePage, **kwargs: Any) -> None:
    # A sub-item says what the item above says, where it says nothing itself.
    _after_commit(partial(actions.refresh_pages, list(instance.get_children().values_list("pk", flat=True))))


def method_changed(*, instance: MethodPage, **kwargs: Any) -> None:
    _refresh_cases_naming(instance.path)


def _refresh_cases_naming(path: str) -> None:
    # A case names the parts of the methods it uses, while everybody may read of them.
    cases = CaseStudyPage.objects.filter(parts__page__path__startswith=path).values_list("pk", flat=True).distinct()
    _after_commit(partial(actions.refresh_pages, list(cases)))


def _after_commit(refresh: Callable[[], object]) -> None:
    # Robust: whatever happens here is logged, and never undoes or hides that the thing was published. Django logs a
    # function by its name, which a partial has not.
    def refreshed() -> None:
        refresh()

    transaction.on_commit(refreshed, robust=True)
