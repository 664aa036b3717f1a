"""What changes a published service beside its editors: a check, an alert that is over, a reminder."""

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import urljoin

import structlog
from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.core.mail import send_mail
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from wagtail.log_actions import log
from wagtail.models import Page, Revision

from website.services import queries
from website.services.enums import PASSES, ServiceStatus
from website.services.errors import InvalidError, LockedError, UnpublishedError
from website.services.models import ReviewReminder, ServicePage
from webui.providers import send_message

Actor = AbstractBaseUser | AnonymousUser | None

NAMED = 10  # services named in one reminder

logger = structlog.get_logger(__name__)


@transaction.atomic
def confirm(*, page: ServicePage, by: Any, on: date) -> ServicePage:
    """Note that somebody made sure on this day that all of ``page`` is true. The second click changes nothing.

    Raises:
        UnpublishedError: readers do not see the page.
        LockedError: somebody else keeps it locked.
        InvalidError: it breaks a rule, and an editor has to look.
    """
    page = _locked(page.pk)
    if not page.live:
        raise UnpublishedError
    if page.permissions_for_user(by).page_locked():
        raise LockedError
    until = on + timedelta(days=settings.SERVICE_REVIEW_DAYS)
    if (page.checked_on, page.review_by) == (on, until):
        return page
    before = page.checked_on
    _amend(page, by=by, checked_on=on, checked_by=page.checked_by or page.provider[:60], review_by=until)
    log(page, "services.service.checked", user=by, data={"from": str(before or ""), "to": str(on)})
    return page


def end_alerts(*, today: date) -> int:
    """Take away the alerts whose last day has passed, each by itself; return how many those were."""
    return sum(_alone(partial(_end_alert, page.pk, today), page.pk) for page in queries.with_past_alerts(on=today))


def remind_keepers(*, today: date) -> int:
    """Tell each keeper once which of their services are due; return how many people were told."""
    due = queries.due(on=today).select_related("keeper")
    by_keeper = groupby(due, key=lambda page: page.keeper)
    return sum(_alone(partial(_remind, keeper, list(pages)), keeper.pk) for keeper, pages in by_keeper)


def _locked(pk: int) -> ServicePage:
    Page.objects.select_for_update().get(pk=pk)
    return ServicePage.objects.get(pk=pk)


@transaction.atomic
def _end_alert(pk: int, today: date) -> bool:
    page = _locked(pk)
    if page.alert_until is None or page.alert_until >= today:
        return False
    status = ServiceStatus.OPEN if page.status in PASSES else page.status
    _amend(page, by=None, status=status, alert="", alert_until=None)
    log(page, "services.service.alert_ended")
    return True


@transaction.atomic
def _remind(keeper: Any, pages: list[ServicePage]) -> bool:
    dates = [(page, page.review_by) for page in pages if page.review_by]
    reminders = [ReviewReminder(page=page, keeper=keeper, review_by=day) for page, day in dates]
    try:
        with transaction.atomic():
            ReviewReminder.objects.bulk_create(reminders)
    except IntegrityError:  # another clock was faster
        return False
    title = ngettext("有 %(n)d 项服务要复核", "有 %(n)d 项服务要复核", len(pages)) % {"n": len(pages)}
    body, url = _in_words(pages), f"{reverse('services_to_review')}?mine=true"
    send_message(keeper, title=title, body=body, url=url)
    if keeper.email:
        text = f"{body}\n\n{urljoin(settings.BASE_URL, url)}\n"
        transaction.on_commit(partial(send_mail, title, text, None, [keeper.email]), robust=True)
    return True


def _in_words(pages: list[ServicePage]) -> str:
    lines = [_("请核对这些服务还对不对，对的点“核对无误”，不对的改过来：")]
    lines += [
        _("%(title)s（%(day)s 前）")
        % {"title": page.title, "day": page.review_by.isoformat() if page.review_by else ""}
        for page in pages[:NAMED]
    ]
    return "\n".join([*lines, "…"] if len(pages) > NAMED else lines)


def _amend(page: ServicePage, *, by: Actor, **values: Any) -> None:
    """Change what readers see, and nothing else: an unfinished draft stays one, and learns of it."""
    is_draft_open = page.has_unpublished_changes
    for name, value in values.items():
        setattr(page, name, value)
    try:
        if not is_draft_open:
            page.save_revision(user=by).publish(user=by)
            return
        page.save(update_fields=list(values))
    except ValidationError as error:
        raise InvalidError(error.messages) from error
    written = page.serializable_data()
    for draft in _waiting(page):
        draft.content |= {name: written[name] for name in values}
        Revision.objects.filter(pk=draft.pk).update(content=draft.content)


def _waiting(page: ServicePage) -> Iterable[Revision]:
    """Return the versions that may yet be published: the latest draft, and what is scheduled."""
    return page.revisions.filter(Q(pk=page.latest_revision_id) | Q(approved_go_live_at__isnull=False))


def _alone(duty: Callable[[], bool], key: int) -> bool:
    try:
        return duty()
    except Exception:  # one page's or one person's trouble is not the others'
        logger.exception("services.duty_failed", key=key)
        return False
