"""A member writes down what they did outside the listed activities; somebody of that community stands by it."""

from datetime import date, datetime, timedelta
from functools import partial

from django.db import transaction
from django.urls import reverse as reverse_url
from django.utils import timezone
from django.utils.translation import gettext as _

from portal import states
from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import may
from portal.records import queries
from portal.records.actions.moves import lock_member
from portal.records.enums import OWN_SERVICE_TRANSITIONS, OwnServiceState
from portal.records.errors import (
    AlreadyConfirmedError,
    NotConfirmableHereError,
    NotReportedInHereError,
    OwnServiceError,
    ReasonMissingError,
    RecordError,
)
from portal.records.models import OwnService


@transaction.atomic
def save_own_service(
    *,
    member: User,
    by: User,
    area: Area,
    title: str,
    starts_at: datetime,
    minutes: int,
    place: str = "",
    service: OwnService | None = None,
    submit: bool = False,
) -> OwnService:
    """Keep what ``member`` did as a draft, or send it at once. ``by`` is the member, or an organiser who enters it.

    Locks the member, then the service that is changed. The same thing sent twice is kept once; where the first may
    still be changed, it is said anew.

    Raises:
        RecordError: one of its kinds for each reason.
        IllegalMoveError: ``service`` may be changed no more.
    """
    member = states.lock(member)
    same = partial(queries.same_own_service, member, starts_at=starts_at, minutes=minutes, title=title)
    before = service or same()
    held = states.lock(before) if before else OwnService(member=member, state="")
    _refuse_place(member, by=by, area=area, starts_at=starts_at)
    twin = None if service else same()
    if twin and not (twin == held and held.may_be_changed):
        return twin
    service = held
    _refuse_settled(service)
    service.area, service.title, service.place, service.starts_at = area, title.strip(), place.strip(), starts_at
    fill_in(service, by=by, minutes=minutes)
    if submit:
        return _send(service, by=by)
    if not service.state:
        move_own_service(service, to=OwnServiceState.DRAFT, by=by)
    else:
        states.save(service, action="changed", by=by, data=states.for_whom(member.pk, by))
    return service


@transaction.atomic
def submit_own_service(*, service: OwnService, by: User) -> OwnService:
    """Send a draft, or what was asked back, to the community. Idempotent.

    Raises:
        RecordError: one of its kinds for each reason.
        IllegalMoveError: it is neither.
    """
    lock_member(service)
    service = states.lock(service, "area", "member")
    if service.state == OwnServiceState.SUBMITTED:
        return service
    _refuse_settled(service)
    _refuse_place(service.member, by=by, area=service.area, starts_at=service.starts_at)
    return _send(service, by=by)


@transaction.atomic
def ask_back_own_service(*, service: OwnService, by: User, reason: str) -> OwnService:
    """Give a service back to its member with the reason it cannot be confirmed as it is. Idempotent.

    Raises:
        RecordError: one of its kinds for each reason.
    """
    service = states.lock(service, "area", "member")
    if service.state == OwnServiceState.ASKED_BACK:
        return service
    if not may(by, Action.CONFIRM_RECORDS, service.area):
        raise NotConfirmableHereError
    if service.member_id == by.pk:
        raise OwnServiceError
    if service.state == OwnServiceState.CONFIRMED:  # the table lets it back only together with its record
        raise AlreadyConfirmedError
    if not reason.strip():
        raise ReasonMissingError
    move_own_service(service, to=OwnServiceState.ASKED_BACK, by=by, reason=reason)
    tell(
        recipient=service.member,
        kind=MessageKind.RECORDS,
        title=_("请补充这次服务：%(title)s") % {"title": service.title},
        body=_("点开看原因。"),
        url=reverse_url("records:own_edit", args=[service.pk]),
    )
    return service


@transaction.atomic
def withdraw_own_service(*, service: OwnService, by: User) -> OwnService:
    """Take back what was not confirmed yet. Idempotent."""
    service = states.lock(service, "member")
    if service.state != OwnServiceState.WITHDRAWN:
        move_own_service(service, to=OwnServiceState.WITHDRAWN, by=by)
    return service


def fill_in(service: OwnService, *, by: User, minutes: int) -> None:
    """Set the minutes, with the end that follows from them, and who noted them."""
    service.minutes = minutes
    service.ends_at = service.starts_at + timedelta(minutes=minutes)
    service.recorded_by, service.recorded_at = by, timezone.now()


def move_own_service(service: OwnService, *, to: OwnServiceState, by: User, reason: str = "") -> None:
    if to == OwnServiceState.SUBMITTED:
        service.submitted_at = timezone.now()
    service.reason = reason.strip()
    data = states.for_whom(service.member_id, by)
    states.move(service, to=to, by=by, transitions=OWN_SERVICE_TRANSITIONS, data=data)


def _send(service: OwnService, *, by: User) -> OwnService:
    refusal = queries.why_not_send(service)
    if refusal:
        raise refusal
    queries.refuse_overlap(service.member, starts_at=service.starts_at, ends_at=service.ends_at, but=service)
    queries.refuse_long_day(service)
    move_own_service(service, to=OwnServiceState.SUBMITTED, by=by)
    if service.is_by_another:
        _tell_entered(service)
    return service


def _refuse_settled(service: OwnService) -> None:
    # The table lets a confirmed one be submitted anew, for a correction; whoever logged it does not.
    if service.state and not service.may_be_changed:
        raise states.IllegalMoveError(before=service.state, after=OwnServiceState.SUBMITTED)


def _refuse_place(member: User, *, by: User, area: Area, starts_at: datetime) -> None:
    refusal = _why_not_here(member, by=by, area=area, on=timezone.localdate(starts_at))
    if refusal:
        raise refusal


def _why_not_here(member: User, *, by: User, area: Area, on: date) -> RecordError | None:
    if by.pk != member.pk and not may(by, Action.ENTER_FOR_PERSON, area):
        return NotConfirmableHereError()
    # What was served in a community before it became another stays with it.
    has_ended = area.ends_on is not None and on <= area.ends_on
    received = queries.communities_since(member) if has_ended else queries.communities_of(member)
    if not received.filter(pk=area.pk).exists():
        return NotReportedInHereError()
    return None


def _tell_entered(service: OwnService) -> None:
    tell(
        recipient=service.member,
        kind=MessageKind.ENTRY,
        title=_("社区替您登记了一次服务：%(title)s") % {"title": service.title},
        body=_("等另一位工作人员确认。不对的话，可以在“服务记录”里撤回。"),
        url=reverse_url("records:mine"),
    )
