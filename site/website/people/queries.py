from collections.abc import Collection

from django.contrib.contenttypes.models import ContentType
from wagtail.models import Revision
from wagtail.query import PageQuerySet

from website.base.queries import listed, with_pictures
from website.people.models import PersonPage


def people(*, locale_id: int) -> "PageQuerySet[PersonPage]":
    """Return the published people, by name: nobody is ranked."""
    return with_pictures(listed(PersonPage, locale_id=locale_id)).order_by("title", "pk")


def scheduled_without_consent() -> list[Revision]:
    """Return the versions of people's pages that wait for their time and may not be shown when it comes."""
    kind = ContentType.objects.get_for_model(PersonPage)
    scheduled = Revision.objects.filter(content_type=kind, approved_go_live_at__isnull=False)
    return [revision for revision in scheduled if not revision.as_object().may_be_shown]


def unshowable(page_ids: Collection[int]) -> list[PersonPage]:
    """Return those pages, as last edited, that may not be published."""
    drafts = [page.get_latest_revision_as_object() for page in PersonPage.objects.filter(pk__in=page_ids)]
    return [draft for draft in drafts if not draft.may_be_shown]


def pictures_on(page: PersonPage) -> set[int]:
    """Return the keys of the pictures in the list and in the body."""
    in_body = {block.value["image"] for block in page.body if block.block_type == "picture"}
    return {picture.pk for picture in {page.listing_image, *in_body} if picture}
