"""What every change to a report-in shares: the locks, the move, whom to tell."""

from collections.abc import Callable, Iterable
from functools import partial

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from portal.members.actions import withdraw_consent
from portal.members.enums import Purpose
from portal.members.models import User
from portal.notices.actions import tally
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.enums import Role
from portal.organisations.models import Unit
from portal.organisations.queries import nearest_holders
from portal.report_in.enums import OPEN, REPORT_IN_TRANSITIONS, ReportInState
from portal.report_in.errors import OwnReportInError
from portal.report_in.models import MemberReportIn
from portal.states import lock, move

PROGRESS = "report_in.progress"
Contacts = Callable[[Unit], Iterable[User]]


def hold(report_in: MemberReportIn) -> MemberReportIn:
    """Lock the person, then the report-in: always in this order."""
    lock(report_in.person)
    return lock(report_in, "person", "area", "unit")


def decide(report_in: MemberReportIn, *, to: ReportInState, by: User) -> None:
    refuse_own(report_in, by=by)
    report_in.decided_by, report_in.decided_at = by, timezone.now()
    move_to(report_in, to=to, by=by)


def refuse_own(report_in: MemberReportIn, *, by: User) -> None:
    if report_in.person_id == by.pk:
        raise OwnReportInError


def move_to(report_in: MemberReportIn, *, to: ReportInState, by: User | None) -> None:
    if to not in OPEN:
        report_in.grid = None  # where exactly somebody lived is nobody's business any more
    move(report_in, to=to, by=by, transitions=REPORT_IN_TRANSITIONS)


def end_consent(person: User) -> None:
    """Withdraw the consent to hand data on, once no report-in of ``person`` waits or stands that needs it."""
    if not MemberReportIn.objects.filter(person=person, state__in=OPEN).exists():
        withdraw_consent(person=person, purpose=Purpose.REPORT_IN)


def contacts_of(unit: Unit) -> Iterable[User]:
    return nearest_holders(unit, role=Role.UNIT_CONTACT)


def tell_community(report_in: MemberReportIn) -> None:
    title = _("%(area)s有一份新的报到等您确认。") % {"area": report_in.area}
    tell_organisers(report_in, title=title)


def tell_organisers(report_in: MemberReportIn, *, title: str) -> None:
    organisers = nearest_holders(report_in.area, role=Role.ORGANISER, exclude=report_in.person)
    tell_all(organisers, kind=MessageKind.WORK, title=title, url=reverse("report_in:review", args=[report_in.pk]))


def tell_unit(report_in: MemberReportIn, *, title: str, contacts: Contacts = contacts_of) -> None:
    """Tell the unit's contacts: one message a day with the number, or each by itself for whoever wants that.

    Of a unit that has ended nobody is told: its posts ended with it, and those above never had to do with the person.
    """
    unit = report_in.unit
    if unit is None or unit.has_ended:
        return
    today = timezone.localdate()
    receipt = reverse("report_in:receipt", args=[report_in.number])
    for contact in sorted(contacts(unit), key=lambda person: person.pk):  # one order for all who count at once
        tally(
            recipient=contact,
            each=Note(title=title, url=receipt, kind=MessageKind.PROGRESS, once=f"{PROGRESS}:{unit.pk}:{today}"),
            title_of=partial(_progress, unit),
            url=reverse("rosters:roster", args=[unit.code]),
        )


def _progress(unit: Unit, number: int) -> str:
    text = ngettext("%(unit)s今天有 %(number)s 件报到有了进展。", "%(unit)s今天有 %(number)s 件报到有了进展。", number)
    return text % {"unit": unit, "number": number}


def tell_all(people: Iterable[User], *, kind: MessageKind, title: str, url: str, body: str = "") -> None:
    tell_each(people, Note(kind=kind, title=title, body=body, url=url))
