"""What happens to people's pages when a consent ends."""

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction

from website.people.models import Consent, PersonPage


@transaction.atomic
def take_down_without_consent(*, consent: Consent, by: AbstractBaseUser | AnonymousUser | None) -> list[PersonPage]:
    """Unpublish the pages of a living person, in every language, once ``consent`` is withdrawn. Idempotent."""
    if consent.is_open:
        return []
    pages = list(PersonPage.objects.live().filter(consent=consent, is_living=True))
    for page in pages:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    return pages
