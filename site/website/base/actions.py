"""What is done to accounts, scheduled pages and pictures beyond what Wagtail does itself."""

from collections.abc import Callable, Collection
from typing import Any

import structlog
from django.contrib.auth import SESSION_KEY
from django.contrib.sessions.models import Session
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from website.base.models import SiteImage

logger = structlog.get_logger(__name__)


@transaction.atomic
def forget_proof_of_phone(*, user: Any) -> None:
    """Note that nobody has proved to hold the new phone of ``user`` yet, and log out whoever came in by the old one."""
    user.phone_verified_at = None
    user.save(update_fields=["phone_verified_at"])
    _end_sessions(user)
    log(user, "base.user.phone_changed")  # the actor is whoever is at the desk


def _end_sessions(user: Any) -> None:
    for session in Session.objects.filter(expire_date__gt=timezone.now()).iterator():
        if session.get_decoded().get(SESSION_KEY) == str(user.pk):
            session.delete()


def publish_due() -> int:
    """Publish what is due, each by itself, and return how much that was.

    What a page refuses to show is taken off the schedule; whatever else fails is logged, and tried again next time.
    """
    due = Revision.objects.filter(approved_go_live_at__lt=timezone.now()).order_by("approved_go_live_at", "pk")
    return sum(_each_by_itself(_publish, revision) for revision in due)


def expire_due() -> int:
    """Unpublish the pages whose time is over, each by itself, and return how many those were."""
    due = Page.objects.live().filter(expire_at__lt=timezone.now()).order_by("expire_at", "pk")
    return sum(_each_by_itself(_expire, page) for page in due.specific())


def take_off_schedule(*, revision: Revision, by: Any = None) -> None:
    """Let ``revision`` no longer wait for its time; the draft stays."""
    revision.content["go_live_at"] = None
    revision.approved_go_live_at = None
    revision.save(user=by, update_fields=["content", "approved_go_live_at"])  # which logs it, too
    source = revision.content_object
    if source.go_live_at:
        type(source).objects.filter(pk=source.pk).update(go_live_at=None)


def delete_unshown(*, pictures: Collection[int]) -> None:
    """Delete those of ``pictures`` that nothing public shows, with every size made of them."""
    for picture in SiteImage.objects.filter(pk__in=pictures):
        if not any(_is_shown(source) for source, _references in picture.get_usage()):
            picture.delete()


def _each_by_itself(duty: Callable[[Any], bool], thing: Revision | Page) -> bool:
    try:
        with transaction.atomic():
            return duty(thing)
    except Exception:  # one page's trouble is not the others'
        logger.exception("schedule.failed", kind=type(thing).__name__, key=thing.pk)
        return False


def _publish(revision: Revision) -> bool:
    try:
        with transaction.atomic():
            revision.publish(log_action="wagtail.publish.scheduled")
    except ValidationError as error:
        logger.warning("schedule.refused", revision=revision.pk, reasons=error.messages)
        take_off_schedule(revision=revision)
        return False
    return True


def _expire(page: Page) -> bool:
    page.unpublish(set_expired=True, log_action="wagtail.unpublish.scheduled")
    return True


def _is_shown(source: Any) -> bool:
    """Tell whether the public sees ``source``, now or at a time that is set; of what is no page we assume it."""
    return not isinstance(source, Page) or source.live or source.approved_schedule
