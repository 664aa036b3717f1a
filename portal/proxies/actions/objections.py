"""What the person says to what was entered for them. The person's row is locked first, then the entry."""

from collections.abc import Collection

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.activities.actions import withdraw as withdraw_sign_up
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.enums import Action, Role
from portal.organisations.permissions import may
from portal.organisations.queries import nearest_holders
from portal.proxies.enums import ENTRY_TRANSITIONS, EntryState
from portal.proxies.errors import CannotBeUndoneError, NotOursError, OwnEntryError, ReasonMissingError
from portal.proxies.models import ManagedPerson, ProxyEntry, ResidentVolunteer
from portal.report_in.actions import withdraw as withdraw_report_in
from portal.states import for_whom, lock, move, save


@transaction.atomic
def undo(*, entry: ProxyEntry, by: User) -> ProxyEntry:
    """Take back what was entered for ``by``, while nothing has come of it. Idempotent.

    Raises:
        NotOursError: it is somebody else's.
        CannotBeUndoneError: it can only be objected to.
    """
    entry = _hold(entry, by)
    if entry.state == EntryState.UNDONE:
        return entry
    if not entry.is_undoable:
        raise CannotBeUndoneError
    if entry.report_in:
        withdraw_report_in(report_in=entry.report_in, by=by)
    elif entry.sign_up:
        withdraw_sign_up(sign_up=entry.sign_up, by=by, until_start=True)
    elif entry.residency:
        leave(residency=entry.residency, by=by)
    _move(entry, to=EntryState.UNDONE, by=by)
    tell(
        recipient=entry.entered_by,
        kind=MessageKind.WORK,
        title=_("本人撤销了您代为录入的：%(what)s") % {"what": entry.get_kind_display()},
        url=reverse("proxies:entries"),
    )
    return entry


@transaction.atomic
def object_to(*, entry: ProxyEntry, by: User, reason: str) -> ProxyEntry:
    """Say that what was entered for ``by`` is wrong; the community is told and answers.

    Raises:
        NotOursError: it is somebody else's.
        ReasonMissingError: ``reason`` is empty.
        IllegalMoveError: it was undone or objected to before.
    """
    if not reason.strip():
        raise ReasonMissingError
    entry = _hold(entry, by)
    entry.objection = reason.strip()
    _move(entry, to=EntryState.OBJECTED, by=by)
    for organiser in _who_answer(entry):
        tell(
            recipient=organiser,
            kind=MessageKind.WORK,
            title=_("有人对代为录入的内容提出异议。"),
            body=_("请打开记录，看看哪里不对，再答复本人。"),
            url=reverse("proxies:entries"),
        )
    return entry


@transaction.atomic
def answer(*, entry: ProxyEntry, by: User, text: str) -> ProxyEntry:
    """Answer an objection for the community.

    Raises:
        OwnEntryError: nobody answers themselves.
        NotOursError: the community is not one of ``by``.
        ReasonMissingError: ``text`` is empty.
        IllegalMoveError: there is no open objection.
    """
    if entry.person_id == by.pk:
        raise OwnEntryError
    if not may(by, Action.ENTER_FOR_PERSON, entry.area):
        raise NotOursError
    if not text.strip():
        raise ReasonMissingError
    entry = _locked(entry)
    entry.answer = text.strip()
    _move(entry, to=EntryState.ANSWERED, by=by)
    tell(
        recipient=entry.person,
        kind=MessageKind.NOTICE,
        title=_("%(area)s答复了您的异议。") % {"area": entry.area},
        body=_("请打开看社区的答复。"),
        url=reverse("proxies:mine"),
    )
    return entry


def leave(*, residency: ManagedPerson | ResidentVolunteer, by: User) -> None:
    """End a residency, or the keeping of an account; part of the caller's transaction. Idempotent."""
    residency = lock(residency)
    if residency.left_at is None:
        residency.left_at = timezone.now()
        save(residency, action="left", by=by, data=for_whom(residency.person_id, by))


def _who_answer(entry: ProxyEntry) -> Collection[User]:
    people = list(nearest_holders(entry.area, role=Role.ORGANISER, exclude=entry.person))
    if may(entry.entered_by, Action.ENTER_FOR_PERSON, entry.area):  # else they would not be shown the objection
        people.append(entry.entered_by)
    return {person.pk: person for person in people}.values()


def _hold(entry: ProxyEntry, by: User) -> ProxyEntry:
    if entry.person_id != by.pk:
        raise NotOursError
    return _locked(entry)


def _locked(entry: ProxyEntry) -> ProxyEntry:
    lock(entry.person)
    return lock(entry)


def _move(entry: ProxyEntry, *, to: EntryState, by: User) -> None:
    move(entry, to=to, by=by, transitions=ENTRY_TRANSITIONS)
