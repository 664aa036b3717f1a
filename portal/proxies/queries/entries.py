"""What was entered for whom, and what can be."""

from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from portal.activities.enums import ActivityState, ShiftState
from portal.activities.models import Shift, SignUp
from portal.activities.queries import upcoming_sign_ups
from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for, in_areas_of, may
from portal.proxies.enums import EntryKind, EntryState
from portal.proxies.models import PaperForm, ProxyEntry
from portal.proxies.queries.people import people_entered_for
from portal.report_in.models import MemberReportIn

RELATED = ("area", "entered_by", "person", "report_in__area", "sign_up__shift__activity", "residency", "paper_form")


def may_enter_for(organiser: User, person: User, area: Area) -> bool:
    """Return whether ``organiser`` may enter something for ``person`` in ``area``; never for themselves."""
    if not may(organiser, Action.ENTER_FOR_PERSON, area):
        return False
    return people_entered_for(organiser).filter(pk=person.pk).exists()


def entries_of(person: User) -> QuerySet[ProxyEntry]:
    """Return what others entered for ``person``, newest first."""
    return ProxyEntry.objects.filter(person=person).select_related(*RELATED)


def papers_of(organiser: User) -> QuerySet[PaperForm]:
    """Return the forms printed for the communities of ``organiser``, and for those they came from, newest first."""
    ours = PaperForm.objects.filter(in_areas_of(organiser, Action.ENTER_FOR_PERSON))
    return ours.select_related("area", "shift__activity", "issued_by")


def entries_in(organiser: User) -> QuerySet[ProxyEntry]:
    """Return what was entered in the communities of ``organiser``, about others, newest first."""
    areas = areas_for(organiser, Action.ENTER_FOR_PERSON)
    return ProxyEntry.objects.filter(area__in=areas).exclude(person=organiser).select_related(*RELATED)


def objections_to_answer(organiser: User) -> QuerySet[ProxyEntry]:
    """Return the entries somebody objects to and nobody has answered yet."""
    return entries_in(organiser).filter(state=EntryState.OBJECTED)


def entry_about(report_in: MemberReportIn) -> ProxyEntry | None:
    """Return how ``report_in`` was entered for its person, if somebody else did."""
    return ProxyEntry.objects.filter(report_in=report_in).select_related("entered_by").first()


def sign_ups_entered(sign_ups: Iterable[SignUp]) -> dict[int, ProxyEntry]:
    """Return by sign-up how those of ``sign_ups`` were entered that somebody else entered last, in one query.

    Whoever was withdrawn, or took it back, and signed up again by themselves is not among them.
    """
    keys = [one.pk for one in sign_ups]
    about = ProxyEntry.objects.filter(sign_up__in=keys).select_related("entered_by").order_by("entered_at", "pk")
    last = {entry.sign_up_id: entry for entry in about if entry.sign_up_id}
    return {
        key: entry
        for key, entry in last.items()
        if entry.kind == EntryKind.SIGN_UP and entry.state != EntryState.UNDONE
    }


def open_shifts(organiser: User) -> QuerySet[Shift]:
    """Return the shifts to come in the communities of ``organiser``, soonest first."""
    areas = areas_for(organiser, Action.ENTER_FOR_PERSON)
    return (
        Shift.objects.filter(
            activity__area__in=areas,
            activity__state=ActivityState.PUBLISHED,
            state=ShiftState.PLANNED,
            starts_at__gt=timezone.now(),
        )
        .select_related("activity__area")
        .order_by("starts_at", "pk")
    )


def upcoming_of(person: User, *, organiser: User) -> QuerySet[SignUp]:
    """Return the sign-ups of ``person`` that ``organiser`` may withdraw: those in their own communities."""
    areas = areas_for(organiser, Action.ENTER_FOR_PERSON)
    return upcoming_sign_ups(person).filter(shift__activity__area__in=areas, shift__starts_at__gt=timezone.now())
