from collections.abc import Collection, Iterator
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import Q
from wagtail.models import Page, PageLogEntry, Revision, TaskState
from wagtail.query import PageQuerySet

from website.base.models import BasePage
from website.base.queries import listed, with_pictures
from website.case_studies.models import CaseStudyPage
from website.people import rules
from website.people.content import PAGE_FIELDS, said_by
from website.people.errors import NotToBeShown, SecondPersonIsMissing
from website.people.models import PeopleIndexPage, PersonPage, RelatedPage

# For lists, which must not ask each page: the rules for the living in the database's words.
CONSENT_IS_OPEN = Q(is_living=False) | Q(consent__isnull=False, consent__withdrawn_on__isnull=True)


def people(*, locale_id: int) -> "PageQuerySet[PersonPage]":
    """Return the published people, by name: nobody is ranked."""
    return with_pictures(listed(PersonPage, locale_id=locale_id)).filter(CONSENT_IS_OPEN).order_by("title", "pk")


def related_to(page: PersonPage) -> list[BasePage]:
    """Return the related pages that everybody may see, in the language of ``page`` and the editor's order."""
    chosen = RelatedPage.objects.filter(person=page.pk).order_by("sort_order")
    keys = list(chosen.values_list("page__translation_key", flat=True))
    if not keys:
        return []
    shown = listed(PersonPage, locale_id=page.locale_id).filter(CONSENT_IS_OPEN, translation_key__in=keys)
    cases = listed(CaseStudyPage, locale_id=page.locale_id).filter(translation_key__in=keys)
    found: list[BasePage] = [*shown, *cases]
    return sorted(found, key=lambda other: keys.index(other.translation_key))


def scheduled_against_the_rules() -> list[Revision]:
    """Return the versions of people's pages that wait for their time and may not be shown when it comes."""
    kind = ContentType.objects.get_for_model(PersonPage)
    scheduled = Revision.objects.filter(content_type=kind, approved_go_live_at__isnull=False)
    return [revision for revision in scheduled if not revision.as_object().may_be_shown]


def live_against_the_rules() -> list[PersonPage]:
    """Return the pages that are live and may no longer be: what a withdrawal missed."""
    live = PersonPage.objects.live().select_related("consent").prefetch_related("consent__purposes")
    return [page for page in live if not page.may_be_shown]


def refused(page_ids: Collection[int], *, by: Any) -> list[tuple[PersonPage, NotToBeShown]]:
    """Return those pages, as last edited, that ``by`` may not publish, each with the first reason."""
    drafts = [page.get_latest_revision_as_object() for page in PersonPage.objects.filter(pk__in=page_ids)]
    found = ((draft, next(_reasons(draft, by=by), None)) for draft in drafts)
    return [(draft, reason) for draft, reason in found if reason]


def _reasons(draft: PersonPage, *, by: Any) -> Iterator[NotToBeShown]:
    yield from rules.reasons_against(draft)
    revision = draft.latest_revision
    if revision and not has_second_person(revision, by=by):
        yield SecondPersonIsMissing()


def drafts_below(page: Page) -> list[int]:
    return list(PersonPage.objects.not_live().descendant_of(page).values_list("pk", flat=True))


def has_second_person(revision: Revision, *, by: Any) -> bool:
    """Tell whether somebody other than the author of the last changes releases or approved ``revision``.

    Both must be known by name. Nobody at the desk means the clock, and then whoever scheduled it releases it; or else
    whoever made the version.
    """
    same = _versions_like(revision)
    author = next((version.user_id for version in reversed(same) if version.user_id), None)
    releaser = by.pk if by else _scheduled_by(revision) or revision.user_id
    if author is None or releaser is None:
        return False
    if releaser != author:
        return True
    approvals = TaskState.objects.filter(revision__in=same, status=TaskState.STATUS_APPROVED)
    return approvals.filter(finished_by__isnull=False).exclude(finished_by=author).exists()


def says_what_was_saved(page: PersonPage) -> bool:
    """Tell whether ``page``, as it is in memory, says the same as its latest version."""
    fields = _fields_shown() - {"related"}  # which a form has not put into the page yet
    latest = page.latest_revision
    return latest is not None and said_by(page.serializable_data(), fields=fields) == _said(latest, fields)


def pictures_on(page: PersonPage) -> set[int]:
    """Return the keys of the pictures in the list and in the body."""
    in_body = {block.value["image"] for block in page.body if block.block_type == "picture"}
    return {picture.pk for picture in {page.listing_image, *in_body} if picture}


def people_index(*, locale_id: int) -> PeopleIndexPage | None:
    return PeopleIndexPage.objects.live().filter(locale_id=locale_id).first()


def _versions_like(revision: Revision) -> list[Revision]:
    """Return ``revision`` and the versions right before it that say the same; the last one is where it was written."""
    fields = _fields_shown()
    same, said = [revision], _said(revision, fields)
    earlier = Revision.objects.filter(
        base_content_type=revision.base_content_type_id, object_id=revision.object_id, pk__lt=revision.pk
    )
    for version in earlier.order_by("-pk").iterator(chunk_size=20):
        if _said(version, fields) != said:
            break
        same.append(version)
    return same


def _said(revision: Revision, fields: frozenset[str]) -> dict[str, Any]:
    return said_by(revision.content, fields=fields)


def _fields_shown() -> frozenset[str]:
    own = {field.name for field in PersonPage._meta.local_concrete_fields} - {"page_ptr"}
    return frozenset({*own, *PAGE_FIELDS, "related"})


def _scheduled_by(revision: Revision) -> int | None:
    entries = PageLogEntry.objects.filter(revision=revision, action="wagtail.publish.schedule").order_by("-pk")
    return entries.values_list("user_id", flat=True).first()
