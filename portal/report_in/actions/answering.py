"""The community's answer to a report-in. The person's row is locked first, then the report-in."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import cache

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.report_in.actions import rows
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.errors import ReasonMissingError, ReportInError
from portal.report_in.models import MemberReportIn
from portal.report_in.signals import residence_accepted
from portal.states import IllegalMoveError, lock


@dataclass
class BulkOutcome:
    """What became of many report-ins: those received, and those that could not be, each with the reason."""

    accepted: list[MemberReportIn] = field(default_factory=list)
    refused: list[tuple[MemberReportIn, str]] = field(default_factory=list)


@transaction.atomic
def accept(*, report_in: MemberReportIn, by: User, contacts: rows.Contacts = rows.contacts_of) -> MemberReportIn:
    """Receive the person in the community; the report-in gets its number. Tells the person and the unit. Idempotent.

    A move becomes the residence, and the residence it leaves has moved the same day. ``contacts`` finds the unit's.

    Raises:
        OwnReportInError: nobody receives themselves, whatever else they may do.
    """
    report_in = rows.hold(report_in)
    if report_in.state == ReportInState.ACCEPTED:
        return report_in
    rows.refuse_own(report_in, by=by)
    left = _leave(report_in, by=by) if report_in.kind == ReportInKind.MOVE else None
    # The row's own number cannot be given twice, however many communities accept at once.
    report_in.number = f"BD-{timezone.localdate().year}-{report_in.pk:06}"
    rows.decide(report_in, to=ReportInState.ACCEPTED, by=by)
    if report_in.kind == ReportInKind.RESIDENCE:
        residence_accepted.send(MemberReportIn, report_in=report_in, by=by)
    details = {"name": report_in.person.name, "area": report_in.area, "number": report_in.number}
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("%(area)s已确认您的报到。") % details,
        body=_("回执编号 %(number)s。现在可以报名社区的活动了。") % details,
        url=reverse("report_in:receipt", args=[report_in.number]),
    )
    if left:
        details["before"] = left.area
        rows.tell_organisers(left, title=_("%(name)s已从%(before)s迁到%(area)s。") % details)
        title = _("%(name)s已从%(before)s迁到%(area)s报到。") % details
    else:
        title = _("%(name)s已到%(area)s报到。") % details
    rows.tell_unit(report_in, title=title, contacts=contacts)
    return report_in


def accept_many(*, report_ins: Iterable[MemberReportIn], by: User) -> BulkOutcome:
    """Receive each of ``report_ins`` by ``accept``, one transaction each; one that cannot be keeps no other back."""
    outcome, contacts = BulkOutcome(), cache(lambda unit: list(rows.contacts_of(unit)))
    for report_in in report_ins:
        try:
            outcome.accepted.append(accept(report_in=report_in, by=by, contacts=contacts))
        except (IllegalMoveError, ReportInError) as refusal:
            outcome.refused.append((report_in, str(refusal)))
    return outcome


@transaction.atomic
def ask_back(*, report_in: MemberReportIn, by: User, reason: str) -> MemberReportIn:
    """Return the report-in to its person, saying what is missing.

    Raises:
        ReasonMissingError: ``reason`` is empty.
        OwnReportInError: nobody answers themselves.
    """
    if not reason.strip():
        raise ReasonMissingError
    report_in = rows.hold(report_in)
    report_in.reason = reason.strip()
    rows.decide(report_in, to=ReportInState.ASKED_BACK, by=by)
    tell(
        recipient=report_in.person,
        kind=MessageKind.REPORT_IN,
        title=_("%(area)s请您补充报到信息。") % {"area": report_in.area},
        body=_("点开看社区请您补充什么。"),  # the reason itself is kept encrypted, and a message also leaves by mail
        url=reverse("report_in:start"),
    )
    return report_in


def _leave(report_in: MemberReportIn, *, by: User) -> MemberReportIn | None:
    report_in.kind = ReportInKind.RESIDENCE
    left = lock(MemberReportIn(pk=report_in.moves_from_id), "person", "area", "unit")
    if left.state != ReportInState.ACCEPTED:
        return None
    left.ended_on = timezone.localdate()
    rows.move_to(left, to=ReportInState.MOVED, by=by)
    return left
