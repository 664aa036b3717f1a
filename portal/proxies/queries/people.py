"""Whom an organiser may enter for, and how they are found."""

from django.db.models import Exists, OuterRef, Q, QuerySet

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import came_of, communities
from portal.proxies.models import ManagedPerson, PaperForm, ResidentVolunteer
from portal.report_in.enums import OPEN
from portal.report_in.models import MemberReportIn

PEOPLE_SHOWN = 20
SHORTEST_NAME = 2


def areas_entered_for(organiser: User) -> QuerySet[Area]:
    """Return the open communities whose people ``organiser`` may enter for."""
    return communities().filter(pk__in=areas_for(organiser, Action.ENTER_FOR_PERSON))


def community_of_paper(organiser: User, paper: PaperForm) -> Area | None:
    """Return where what ``paper`` says is entered: its community, or what came of it where ``organiser`` serves."""
    return areas_entered_for(organiser).filter(pk__in=came_of(paper.area)).first()


def people_entered_for(organiser: User) -> QuerySet[User]:
    """Return the people of the communities of ``organiser``, who is none of them."""
    areas = areas_for(organiser, Action.ENTER_FOR_PERSON)
    return User.objects.filter(_belongs_to(areas), is_active=True).exclude(pk=organiser.pk).order_by("name", "pk")


def find_people(organiser: User, *, phone: str = "", number: str = "", name: str = "") -> list[User]:
    """Return the people of one's own communities with this very phone, receipt number, or name (a part of it)."""
    people = people_entered_for(organiser)
    if phone:
        people = people.filter(phone=phone)
    elif number:
        areas = areas_for(organiser, Action.ENTER_FOR_PERSON)
        people = people.filter(
            Exists(MemberReportIn.objects.filter(person=OuterRef("pk"), number=number, area__in=areas))
        )
    elif len(name) >= SHORTEST_NAME:
        people = people.filter(name__icontains=name)
    else:
        return []
    return list(people[:PEOPLE_SHOWN])


def community_of(person: User) -> Area | None:
    """Return the community ``person`` belongs to or has asked to belong to, however it came about."""
    report_ins = MemberReportIn.objects.filter(person=person, state__in=OPEN)
    for rows in (report_ins, open_residencies().filter(person=person), kept().filter(person=person)):
        if row := rows.select_related("area").first():
            return row.area
    return None


def open_residency(person: User) -> ResidentVolunteer | None:
    """Return where ``person`` is a resident volunteer now, with its community."""
    return open_residencies().filter(person=person).select_related("area").first()


def unaffiliated_with(phone: str) -> User | None:
    """Return the person with ``phone`` if no community has them yet."""
    person = User.objects.filter(phone=phone, is_active=True).first()
    return person if person and community_of(person) is None else None


def open_residencies() -> QuerySet[ResidentVolunteer]:
    return ResidentVolunteer.objects.filter(left_at__isnull=True)


def kept() -> QuerySet[ManagedPerson]:
    """Return those whose account a community still answers for."""
    return ManagedPerson.objects.filter(claimed_at__isnull=True, left_at__isnull=True)


def ties_to(organiser: User, person: User) -> list[ManagedPerson | ResidentVolunteer]:
    """Return what ties ``person`` to the communities of ``organiser``, unless a report-in does, which goes first."""
    here = {"person": person, "area__in": areas_for(organiser, Action.ENTER_FOR_PERSON)}
    if MemberReportIn.objects.filter(**here, state__in=OPEN).exists():
        return []
    residencies = open_residencies().filter(**here).select_related("area")
    return [*residencies, *kept().filter(**here).select_related("area")]


def _belongs_to(areas: QuerySet[Area]) -> Q:
    of_person = {"person": OuterRef("pk"), "area__in": areas}
    return (
        Q(Exists(MemberReportIn.objects.filter(**of_person, state__in=OPEN)))
        | Q(Exists(open_residencies().filter(**of_person)))
        | Q(Exists(kept().filter(**of_person)))
    )
