"""How a unit reports in, and the community's answer. Communities are locked first, the unit, then its report-in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, fields
from datetime import date

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.organisations.actions import hold_communities
from portal.organisations.enums import Role
from portal.organisations.errors import EndInFutureError
from portal.organisations.models import Area, Unit
from portal.organisations.queries import nearest_holders
from portal.report_in.actions.rows import tell_all
from portal.report_in.enums import OPEN_UNITS, UNIT_REPORT_IN_TRANSITIONS, UnitReportInState
from portal.report_in.errors import (
    NoCommunityChosenError,
    NotACommunityError,
    OwnUnitReportInError,
    ReasonMissingError,
    UnitHasReportedInError,
)
from portal.report_in.models import UnitReportIn
from portal.report_in.queries.unit_report_ins import UNIT_PREFIX, open_areas_of
from portal.states import lock, move, save


@dataclass(frozen=True)
class UnitOffer:
    """What a unit tells a community."""

    contact_name: str
    contact_phone: str
    offer: str = ""
    members_expected: int | None = None


@transaction.atomic
def report_unit_in(*, unit: Unit, areas: Collection[Area], offer: UnitOffer, by: User) -> list[UnitReportIn]:
    """Report ``unit`` in to each of ``areas``, all or none. Tells the communities. Locks them, then the unit.

    Raises:
        NoCommunityChosenError: ``areas`` is empty.
        NotACommunityError: one of them is not a community that is open.
        UnitHasReportedInError: the unit waits or stands in one of them already.
    """
    if not areas:
        raise NoCommunityChosenError
    keys = {area.pk for area in areas}
    held = hold_communities(*areas)
    unit = lock(unit)
    if held != keys:
        raise NotACommunityError
    if open_areas_of(unit).filter(pk__in=keys).exists():
        raise UnitHasReportedInError
    return [_submit(UnitReportIn(unit=unit, area=area, submitted_by=by), offer, by=by) for area in areas]


@transaction.atomic
def resubmit_unit(*, report_in: UnitReportIn, offer: UnitOffer, by: User) -> UnitReportIn:
    """Send a unit's report-in again after the community asked it back; the clock for the answer begins anew."""
    report_in = _hold(report_in)
    report_in.submitted_at, report_in.submitted_by, report_in.escalated_at = timezone.now(), by, None
    _write(report_in, offer)
    _move(report_in, to=UnitReportInState.SUBMITTED, by=by)
    _tell_community(report_in, _("%(unit)s补充了单位报到的信息。"))
    return report_in


@transaction.atomic
def accept_unit(*, report_in: UnitReportIn, by: User) -> UnitReportIn:
    """Receive the unit in the community; the report-in gets its number. Tells the unit. Idempotent.

    Raises:
        OwnUnitReportInError: nobody receives the unit they reported in themselves.
    """
    report_in = _hold(report_in)
    if report_in.state == UnitReportInState.ACCEPTED:
        return report_in
    report_in.number = _number(report_in)
    _decide(report_in, to=UnitReportInState.ACCEPTED, by=by)
    _tell_unit(report_in, _("%(area)s已确认%(unit)s的单位报到，回执编号 %(number)s。"))
    return report_in


@transaction.atomic
def ask_unit_back(*, report_in: UnitReportIn, by: User, reason: str) -> UnitReportIn:
    """Return the report-in to its unit, saying what is missing.

    Raises:
        ReasonMissingError: ``reason`` is empty.
        OwnUnitReportInError: nobody answers what they sent themselves.
    """
    if not reason.strip():
        raise ReasonMissingError
    report_in = _hold(report_in)
    report_in.reason = reason.strip()
    _decide(report_in, to=UnitReportInState.ASKED_BACK, by=by)
    _tell_unit(report_in, _("%(area)s请%(unit)s补充单位报到的信息。"))
    return report_in


@transaction.atomic
def withdraw_unit(*, report_in: UnitReportIn, by: User) -> UnitReportIn:
    """Take a unit's report-in back before the community has accepted it. Idempotent."""
    report_in = _hold(report_in)
    if report_in.state == UnitReportInState.WITHDRAWN:
        return report_in
    report_in.ended_on = timezone.localdate()
    _move(report_in, to=UnitReportInState.WITHDRAWN, by=by)
    _tell_community(report_in, _("%(unit)s撤回了单位报到。"))
    return report_in


@transaction.atomic
def end_unit(*, report_in: UnitReportIn, by: User) -> UnitReportIn:
    """End a report-in that stands; the record and its number stay. Tells both sides. Idempotent."""
    report_in = _hold(report_in)
    if report_in.state == UnitReportInState.ENDED:
        return report_in
    report_in.ended_on = timezone.localdate()
    _move(report_in, to=UnitReportInState.ENDED, by=by)
    text = _("%(unit)s在%(area)s的单位报到已结束。")
    _tell_community(report_in, text)
    _tell_unit(report_in, text)
    return report_in


@transaction.atomic
def end_unit_for_community(*, report_in: UnitReportIn, by: User, reason: str) -> UnitReportIn:
    """End a report-in for the community, with a reason the unit is shown. Tells both sides. Idempotent.

    Raises:
        ReasonMissingError: ``reason`` is empty.
        OwnUnitReportInError: ``by`` submitted it.
    """
    if not reason.strip():
        raise ReasonMissingError
    report_in = _hold(report_in)
    if report_in.state == UnitReportInState.ENDED:
        return report_in
    if report_in.submitted_by_id == by.pk:
        raise OwnUnitReportInError
    report_in.ended_on, report_in.end_reason = timezone.localdate(), reason.strip()
    _move(report_in, to=UnitReportInState.ENDED, by=by)
    text = _("%(area)s结束了%(unit)s的单位报到。")
    _tell_community(report_in, text)
    _tell_unit(report_in, text, body=_("社区写了原因，请打开看。如果不对，请联系社区。"))
    return report_in


@transaction.atomic
def follow_units(*, before: Area, after: Area, on: date, by: User | None) -> int:
    """Move every open report-in of a unit from ``before`` to ``after``; return how many. Idempotent.

    One that stood ends on the day and an accepted one follows it; one that waits for an answer waits at ``after``. A
    unit that has one at ``after`` keeps one: what stands goes before what waits. The unit is told.
    """
    found = UnitReportIn.objects.filter(area=before, state__in=OPEN_UNITS).select_related("unit").order_by("pk")
    for report_in in found:
        held = _hold(report_in)
        if held.state in OPEN_UNITS and held.area_id == before.pk:
            _follow(held, after, on=on, by=by)
    return len(found)


def _follow(report_in: UnitReportIn, after: Area, *, on: date, by: User | None) -> None:
    before, kept = report_in.area, report_in
    there = UnitReportIn.objects.filter(unit=report_in.unit, area=after, state__in=OPEN_UNITS).first()
    if there and there.is_pending and not report_in.is_pending:
        _close(lock(there), on=on, by=by)
        there = None
    if there:
        _close(report_in, on=on, by=by)
        kept = there
    elif report_in.is_pending:
        report_in.area = after
        save(report_in, action="redirected", by=by, data={"from": before.code, "to": after.code})
    else:
        _close(report_in, on=on, by=by)
        kept = _continue(report_in, after, by=by)
    text = _("%(before)s已由%(after)s承接，%(unit)s的单位报到随之转过去。")
    title = text % {"before": before, "after": after, "unit": report_in.unit}
    url = reverse("report_in:unit_one", args=[kept.pk])
    contacts = nearest_holders(report_in.unit, role=Role.UNIT_CONTACT)
    tell_all(contacts, kind=MessageKind.WORK, title=title[:120], body=_("不用再办手续。"), url=url)


def _close(report_in: UnitReportIn, *, on: date, by: User | None) -> None:
    report_in.ended_on = on
    _move(report_in, to=UnitReportInState.WITHDRAWN if report_in.is_pending else UnitReportInState.ENDED, by=by)


def _continue(report_in: UnitReportIn, after: Area, *, by: User | None) -> UnitReportIn:
    then = UnitReportIn(unit=report_in.unit, area=after, submitted_by=report_in.submitted_by)
    for name in (field.name for field in fields(UnitOffer)):
        setattr(then, name, getattr(report_in, name))
    save(then, action=UnitReportInState.SUBMITTED, by=by, data={"follows": report_in.pk})
    then.number = _number(then)
    then.decided_at, then.decided_by = timezone.now(), by
    _move(then, to=UnitReportInState.ACCEPTED, by=by)
    return then


def _number(report_in: UnitReportIn) -> str:
    # The row's own number cannot be given twice, however many communities accept at once.
    return f"{UNIT_PREFIX}-{timezone.localdate().year}-{report_in.pk:06}"


def end_with_unit(*, unit: Unit, on: date, by: User | None) -> None:
    """End what stands of ``unit``, which ends, and take back what waits; the communities are told.

    The caller holds the unit.

    Raises:
        EndInFutureError: the day is still to come, and something stands or waits.
    """
    found = UnitReportIn.objects.filter(unit=unit, state__in=OPEN_UNITS).order_by("pk")
    if on > timezone.localdate() and found.exists():
        raise EndInFutureError(_("日期不能晚于今天：单位报到还没有结束，到了那一天再操作。"))
    for one in found:
        report_in = lock(one, "unit", "area")
        stood = report_in.state == UnitReportInState.ACCEPTED
        report_in.ended_on = timezone.localdate()
        _move(report_in, to=UnitReportInState.ENDED if stood else UnitReportInState.WITHDRAWN, by=by)
        _tell_community(report_in, _("%(unit)s已经停用，在%(area)s的单位报到随之结束。"))


def _submit(report_in: UnitReportIn, offer: UnitOffer, *, by: User) -> UnitReportIn:
    _write(report_in, offer)
    save(report_in, action=UnitReportInState.SUBMITTED, by=by)
    _tell_community(report_in, _("%(unit)s向%(area)s报到，等您确认。"))
    return report_in


def _write(report_in: UnitReportIn, offer: UnitOffer) -> None:
    report_in.contact_name, report_in.contact_phone = offer.contact_name, offer.contact_phone
    report_in.offer, report_in.members_expected = offer.offer, offer.members_expected


def _hold(report_in: UnitReportIn) -> UnitReportIn:
    lock(report_in.unit)
    return lock(report_in, "unit", "area")


def _decide(report_in: UnitReportIn, *, to: UnitReportInState, by: User) -> None:
    if report_in.submitted_by_id == by.pk:
        raise OwnUnitReportInError
    report_in.decided_by, report_in.decided_at = by, timezone.now()
    _move(report_in, to=to, by=by)


def _move(report_in: UnitReportIn, *, to: UnitReportInState, by: User | None) -> None:
    move(report_in, to=to, by=by, transitions=UNIT_REPORT_IN_TRANSITIONS)


def _tell_community(report_in: UnitReportIn, text: str) -> None:
    organisers = nearest_holders(report_in.area, role=Role.ORGANISER)
    _tell(organisers, report_in, text, url=reverse("report_in:unit_review", args=[report_in.pk]))


def _tell_unit(report_in: UnitReportIn, text: str, *, body: str = "") -> None:
    contacts = nearest_holders(report_in.unit, role=Role.UNIT_CONTACT)
    _tell(contacts, report_in, text, url=reverse("report_in:unit_one", args=[report_in.pk]), body=body)


def _tell(people: Iterable[User], report_in: UnitReportIn, text: str, *, url: str, body: str = "") -> None:
    details = {"unit": report_in.unit, "area": report_in.area, "number": report_in.number or ""}
    tell_all(people, kind=MessageKind.WORK, title=(text % details)[:120], body=body, url=url)
