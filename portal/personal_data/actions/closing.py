"""Closing an account: asked for, taken back by logging in, and done when its day has come."""

from datetime import date, timedelta

import structlog
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.personal_data import queries
from portal.personal_data.actions.erasing import erase
from portal.personal_data.enums import CLOSING_TRANSITIONS, ClosingState
from portal.personal_data.errors import HoldsPostsError, IsSuperuserError, PersonalDataError
from portal.personal_data.models import AccountClosing
from portal.states import lock, move, save

logger = structlog.get_logger(__name__)


@transaction.atomic
def ask_to_close(*, person: User) -> AccountClosing:
    """Note that ``person`` wants their account closed; it waits ``ACCOUNT_CLOSING_DAYS``. Locks the person. Idempotent.

    Raises:
        HoldsPostsError: a post is not over.
        IsSuperuserError: the person administers the system.
    """
    person = lock(person)
    refuse_to_close(person)
    waiting = queries.waiting_closing(person)
    if waiting:
        return waiting
    closing = AccountClosing(person=person, due_on=timezone.localdate() + timedelta(days=queries.waiting_days()))
    save(closing, action=ClosingState.WAITING, by=person)
    return closing


@transaction.atomic
def cancel_closing(*, person: User, by: User | None, why: str = "") -> bool:
    """Take the closing back, if one waits, and tell the person; return whether there was one. Locks the person."""
    person = lock(person)
    waiting = queries.waiting_closing(person)
    if waiting is None:
        return False
    _move(waiting, to=ClosingState.CANCELLED, by=by)
    tell(
        recipient=person,
        kind=MessageKind.SECURITY,
        title=_("注销账户已取消。"),
        body=why or _("您又登录了，所以账户保留，什么都没有删除。仍要注销，可以再申请一次。"),
        url=reverse("personal_data:close"),
    )
    return True


def close_due(*, today: date) -> int:
    """Erase the people whose closing is due; return how many. One at a time, safe to run at any time.

    A closing that breaks is logged and tried again next time; it holds up no other.
    """
    return sum(_close_or_log(closing) for closing in queries.closings_due(today))


def refuse_to_close(person: User) -> None:
    """Raise why the account of ``person`` cannot be closed now, if there is a reason."""
    if person.is_superuser:
        raise IsSuperuserError
    if queries.posts_in_the_way(person).exists():
        raise HoldsPostsError


def _close_or_log(closing: AccountClosing) -> bool:
    try:
        return _close(closing)
    except Exception:  # whatever broke, the next person is not to wait for it
        logger.exception("account_closing.failed", closing=closing.pk)
        return False


@transaction.atomic
def _close(closing: AccountClosing) -> bool:
    person = lock(closing.person)
    closing = lock(closing)
    if closing.state != ClosingState.WAITING:  # the person logged in meanwhile
        return False
    try:
        refuse_to_close(person)
    except PersonalDataError as refusal:
        cancel_closing(person=person, by=None, why=str(refusal))
        return False
    erase(person=person)
    _move(closing, to=ClosingState.DONE, by=None)
    return True


def _move(closing: AccountClosing, *, to: ClosingState, by: User | None) -> None:
    closing.ended_at = timezone.now()
    move(closing, to=to, by=by, transitions=CLOSING_TRANSITIONS)
