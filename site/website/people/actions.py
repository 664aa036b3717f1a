"""What happens to people's pages when a consent ends."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.models import Revision

from website.base.actions import delete_unshown, take_off_schedule
from website.people import queries
from website.people.models import Consent, PersonPage

Actor = AbstractBaseUser | AnonymousUser | None


@transaction.atomic
def take_down_without_consent(*, consent: Consent, by: Actor) -> list[PersonPage]:
    """Hide a living person once ``consent`` is withdrawn; return the pages that were live. Idempotent.

    In every language pages are unpublished and drafts no longer wait for their time; the pictures go for good, unless
    somebody else's page shows them too.
    """
    if consent.is_open:
        return []
    pages = list(PersonPage.objects.filter(consent=consent, is_living=True))
    live = [page for page in pages if page.live]
    for page in live:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    for revision in queries.scheduled_without_consent():
        take_off_schedule(revision=revision, by=by)
    PersonPage.objects.filter(pk__in=[page.pk for page in pages]).update(go_live_at=None)
    delete_unshown(pictures=set().union(*(_pictures_ever(page) for page in pages)))
    return live


def _pictures_ever(page: PersonPage) -> set[int]:
    """Return what ``page`` shows or showed at some time: an address once known stays known."""
    versions: list[Revision] = list(page.revisions.all())
    return queries.pictures_on(page).union(*(queries.pictures_on(version.as_object()) for version in versions))
