"""What happens to people's pages when a consent ends."""

from collections.abc import Iterable
from datetime import date

import structlog
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db import transaction
from wagtail.actions.unpublish_page import UnpublishPageAction
from wagtail.log_actions import log
from wagtail.models import ModelLogEntry, Revision

from website.base.actions import delete_unshown, take_off_schedule
from website.people import queries
from website.people.models import Consent, PersonPage

Actor = AbstractBaseUser | AnonymousUser | None
WITHDRAWN = "people.consent.withdrawn"

logger = structlog.get_logger(__name__)


@transaction.atomic
def withdraw(*, consent: Consent, by: Actor, on: date, how: str = "") -> list[PersonPage]:
    """Note that ``consent`` is withdrawn, and hide what it allowed; return the pages that were live. Idempotent.

    In every language pages are unpublished and drafts no longer wait for their time; the pictures go for good, unless
    something else public shows them too.

    Raises:
        django.core.exceptions.ValidationError: the day is before the consent was given, or after today.
    """
    consent = Consent.objects.select_for_update().get(pk=consent.pk)
    if consent.is_open:
        consent.withdrawn_on, consent.withdrawn_by = on, how
        consent.full_clean(exclude=["scan"])
    if not ModelLogEntry.objects.for_instance(consent).filter(action=WITHDRAWN).exists():
        consent.withdrawal_recorded_by_id = by.pk if by else None
        consent.save()
        log(consent, WITHDRAWN, user=by, data={"on": str(consent.withdrawn_on)})
    return take_down(list(PersonPage.objects.filter(consent=consent, is_living=True)), by=by)


@transaction.atomic
def take_down(pages: Iterable[PersonPage], *, by: Actor = None) -> list[PersonPage]:
    """Hide ``pages``, take their drafts off the schedule and delete their pictures; return those that were live."""
    pages = list(pages)
    live = [page for page in pages if page.live]
    for revision in queries.scheduled_against_the_rules():
        take_off_schedule(revision=revision, by=by)
    for page in live:
        UnpublishPageAction(page, user=by).execute(skip_permission_checks=True)
    PersonPage.objects.filter(pk__in=[page.pk for page in pages]).update(go_live_at=None)
    delete_unshown(pictures=set().union(*(_pictures_ever(page) for page in pages)))
    return live


def heal_withdrawn() -> int:
    """Take down what is live without the right to be, and return how many pages that was.

    It finds something only where a withdrawal was interrupted, or a row was changed past our doors.
    """
    missed = queries.live_against_the_rules()
    if missed or queries.scheduled_against_the_rules():
        take_down(missed)
    for page in missed:
        logger.warning("people.taken_down", page=page.pk)
    return len(missed)


def record(*, consent: Consent, by: Actor) -> None:
    """Note who wrote ``consent`` into the register."""
    if consent.recorded_by_id is None and by is not None:
        consent.recorded_by_id = by.pk
        consent.save(update_fields=["recorded_by"])


def _pictures_ever(page: PersonPage) -> set[int]:
    """Return what ``page`` shows or showed at some time: an address once known stays known."""
    versions: list[Revision] = list(page.revisions.all())
    return queries.pictures_on(page).union(*(queries.pictures_on(version.as_object()) for version in versions))
