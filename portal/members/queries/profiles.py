"""What people say of themselves, as far as they let it be seen."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from django.db.models import Exists, OuterRef, QuerySet

from portal.members.enums import FREE_TIMES, DayPart, ShownAt, Skill, Visibility, Weekday
from portal.members.models import HomeMembership, Profile, ProfileSkill, User
from portal.members.queries.consents import agrees_to_skills
from portal.organisations.models import Unit


@dataclass(frozen=True)
class VisibleProfile:
    """What one person lets the reader see; a part they keep to themselves is empty."""

    skills: list[str] = field(default_factory=list)
    own_skills: str = ""
    free_times: list[str] = field(default_factory=list)
    wishes: str = ""
    contact: str = ""
    unit: Unit | None = None

    def __bool__(self) -> bool:
        return any((self.skills, self.own_skills, self.free_times, self.wishes, self.contact, self.unit))


def profile_of(person: User) -> Profile:
    """Return the profile of ``person``; an empty one, not saved, where they have written nothing."""
    return Profile.objects.filter(person=person).first() or Profile(person=person)


def visible_profiles(people: Iterable[User], *, for_organiser: bool = True) -> dict[int, VisibleProfile]:
    """Return what organisers of their community may see of ``people``, by key; three queries for any number.

    Whoever shows nothing is left out. The caller has checked that the reader organises where the people live.
    """
    found = Profile.objects.filter(person__in=[person.pk for person in people])
    rows = list(found.annotate(agrees=agrees_to_skills("person")))
    profiles = {one.person_id: one for one in rows}
    agreeing = {one.person_id for one in rows if one.agrees}
    skills = _skills_of(profiles.values())
    units = _units_of([pk for pk, profile in profiles.items() if profile.shows_unit(ShownAt.PROFILE)])
    seen = {
        pk: _seen(profile, skills.get(profile.pk, []), units.get(pk), by_organiser=for_organiser, agrees=pk in agreeing)
        for pk, profile in profiles.items()
    }
    return {pk: profile for pk, profile in seen.items() if profile}


def shown_units(people: Iterable[User], *, at: ShownAt) -> dict[int, Unit]:
    """Return the unit of each of ``people`` who lets it be named at the place ``at``, by key; two queries."""
    keys = [person.pk for person in people]
    rows = Profile.objects.filter(person__in=keys).exclude(shows_unit_at=[]).only("person", "shows_unit_at")
    return _units_of([profile.person_id for profile in rows if profile.shows_unit(at)])


def with_skill(people: QuerySet[User], skill: Skill) -> QuerySet[User]:
    """Narrow ``people`` to those who let organisers see that they have ``skill``, and agreed to be found by it."""
    having = ProfileSkill.objects.filter(
        agrees_to_skills("profile__person"),
        profile__person=OuterRef("pk"),
        skill=skill,
        profile__skills_seen_by=Visibility.ORGANISERS,
    )
    return people.filter(Exists(having))


def times_in_words(codes: Collection[str]) -> list[str]:
    """Return a line for each weekday that has a free time: ``周六：上午、下午``."""
    lines = []
    for day in Weekday:
        parts = [str(part.label) for part in DayPart if f"{day}-{part}" in codes]
        if parts:
            lines.append(f"{day.label}：{'、'.join(parts)}")
    return lines


def skills_of(profile: Profile) -> list[str]:
    """Return the codes of the known skills of ``profile``."""
    return list(profile.known_skills.values_list("skill", flat=True)) if profile.pk else []


def _skills_of(profiles: Iterable[Profile]) -> dict[int, list[str]]:
    found: dict[int, list[str]] = {}
    for row in ProfileSkill.objects.filter(profile__in=[profile.pk for profile in profiles]).order_by("skill"):
        found.setdefault(row.profile_id, []).append(str(row.get_skill_display()))
    return found


def _units_of(people: Collection[int]) -> dict[int, Unit]:
    homes = HomeMembership.objects.filter(person__in=people, ends_on__isnull=True).select_related("unit")
    return {home.person_id: home.unit for home in homes}


def _seen(
    profile: Profile, skills: list[str], unit: Unit | None, *, by_organiser: bool, agrees: bool
) -> VisibleProfile:
    open_parts = {part for part in Profile.PARTS if profile.is_seen(part, by_organiser=by_organiser)}
    if not agrees:  # opened once, and the consent taken back since
        open_parts.discard("skills")
    times = sorted(profile.free_times, key=FREE_TIMES.index) if "free_times" in open_parts else []
    return VisibleProfile(
        skills=skills if "skills" in open_parts else [],
        own_skills=profile.own_skills if "skills" in open_parts else "",
        free_times=times_in_words(times),
        wishes=profile.wishes if "wishes" in open_parts else "",
        contact=profile.contact if "contact" in open_parts else "",
        unit=unit if by_organiser else None,
    )
