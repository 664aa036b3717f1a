"""A city filled up to its whole size: places, units and people in bulk, with nobody's story written out."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

from django.contrib.auth.hashers import make_password
from django.utils import timezone
from django.utils.translation import gettext as _

from config.demo import bulk
from config.demo.city import City, shares
from config.demo.people import FIRST, SECOND, SURNAMES
from config.demo.places import NUMERALS
from config.demo.roles import phone_number
from config.demo.scale import Crowd
from portal.members.enums import Purpose
from portal.members.models import Consent, HomeMembership, RosterEntry, User
from portal.organisations.enums import AreaKind, Role, UnitKind
from portal.organisations.models import Area, Post, Unit
from portal.report_in.actions import CONSENT_VERSION
from portal.report_in.enums import ReportInKind, ReportInState
from portal.report_in.models import MemberReportIn

BRANCHES = 4  # below each unit
FIRST_PHONE = 1_000_000
LARGEST_SHARE = 27  # one part in so many of the members belong to the largest unit
ABSENT_SHARE = 12  # for so many members, one more on a roster who has never logged in
ACCEPTED, WAITING = 825, 850  # of a thousand members: received; received or waiting; the rest have not reported in
DAYS_BACK = 700


@dataclass
class Places:
    """What was made, by key: where people can live and belong."""

    communities: list[int] = field(default_factory=list)
    streets: list[int] = field(default_factory=list)
    units: list[int] = field(default_factory=list)  # each unit, then its branches
    roots: list[int] = field(default_factory=list)


def build_crowd(city: City, crowd: Crowd) -> None:
    """Fill ``city`` up to the numbers of ``crowd``."""
    places = Places()
    _build_areas(city, crowd, places)
    _build_units(city, crowd, places)
    members = _People(city, crowd, places)
    members.build()
    bulk.catch_up(Area, Unit, User, RosterEntry, HomeMembership, MemberReportIn, Consent, Post)


def _build_areas(city: City, crowd: Crowd, places: Places) -> None:
    scale = city.scale
    districts = crowd.districts - scale.districts
    streets = shares(crowd.streets - scale.streets, districts)
    communities = shares(crowd.communities - scale.communities, sum(streets))
    grids = shares(crowd.grids - scale.grids, sum(communities))
    city.progress.start(_("街道、社区和网格"), districts + sum(streets) + sum(communities) + sum(grids))
    city.area.refresh_from_db()
    tree = _Tree(city, places, iter(streets), iter(communities), iter(grids))
    columns = ("id", "path", "depth", "numchild", "code", "name", "kind", "phone", "starts_on")
    bulk.write(Area, columns, tree.districts(districts), advance=city.progress.advance)
    Area.objects.filter(pk=city.area.pk).update(numchild=city.area.numchild + districts)
    city.progress.finish()


class _Tree:
    """Walks down the places to make, parents before children, and knows treebeard's paths."""

    def __init__(
        self, city: City, places: Places, streets: Iterator[int], communities: Iterator[int], grids: Iterator[int]
    ) -> None:
        self.city, self.places = city, places
        self.below = {AreaKind.DISTRICT: streets, AreaKind.STREET: communities, AreaKind.COMMUNITY: grids}
        self.kinds = {AreaKind.DISTRICT: AreaKind.STREET, AreaKind.STREET: AreaKind.COMMUNITY}
        self.kinds[AreaKind.COMMUNITY] = AreaKind.GRID
        self.ids = count(bulk.next_id(Area))
        self.since = bulk.as_stored(city.day(-2000))

    def districts(self, number: int) -> Iterator[bulk.Row]:
        root = self.city.area
        for step in range(root.numchild + 1, root.numchild + 1 + number):
            yield from self._area(root.path, root.depth + 1, step, root.code, AreaKind.DISTRICT)

    def _area(self, above: str, depth: int, step: int, code: str, kind: AreaKind) -> Iterator[bulk.Row]:
        pk, path, own_code = next(self.ids), Area._get_path(above, depth, step), f"{code}{step:02}"
        children = next(self.below[kind]) if kind in self.below else 0
        phone = f"0600-883 {pk % 10000:04}"
        yield pk, path, depth, children, own_code, self._name(kind, step, pk), kind.value, phone, self.since
        self._remember(kind, pk)
        for number in range(1, children + 1):
            yield from self._area(path, depth + 1, number, own_code, self.kinds[kind])

    def _name(self, kind: AreaKind, step: int, pk: int) -> str:
        if kind == AreaKind.GRID:
            return f"第{step}网格" if step > len(NUMERALS) else f"第{NUMERALS[step - 1]}网格"
        first, second = FIRST[pk % len(FIRST)], SECOND[pk // len(FIRST) % len(SECOND)]
        return f"{first}{second}{kind.label}"

    def _remember(self, kind: AreaKind, pk: int) -> None:
        if kind == AreaKind.COMMUNITY:
            self.places.communities.append(pk)
        elif kind == AreaKind.STREET:
            self.places.streets.append(pk)


def _build_units(city: City, crowd: Crowd, places: Places) -> None:
    total = crowd.units - city.scale.units
    city.progress.start(_("单位和支部"), total)
    columns = ("id", "path", "depth", "numchild", "code", "name", "kind", "area_id", "phone", "starts_on")
    bulk.write(Unit, columns, _units(city, places, total), advance=city.progress.advance)
    city.progress.finish()


def _units(city: City, places: Places, total: int) -> Iterator[bulk.Row]:
    ids, kinds, since = count(bulk.next_id(Unit)), list(UnitKind), bulk.as_stored(city.day(-2000))
    last = Unit.get_last_root_node()
    first_step = Unit._str2int(last.path) + 1 if last else 1
    for number, branches in enumerate(_families(total)):
        pk, path, kind = next(ids), Unit._get_path("", 1, first_step + number), kinds[number % len(kinds)]
        area, code = places.streets[number % len(places.streets)], f"DW{number + 1:06}"
        name = f"{FIRST[number % len(FIRST)]}{SECOND[number // len(FIRST) % len(SECOND)]}第{number + 1}{kind.label}"
        phone = f"0600-884 {number % 10000:04}"
        places.units.append(pk)
        places.roots.append(pk)
        yield pk, path, 1, branches, code, name, kind.value, area, phone, since
        for step in range(1, branches + 1):
            branch = next(ids)
            places.units.append(branch)
            branch_path, branch_name = Unit._get_path(path, 2, step), f"{name}第{NUMERALS[step - 1]}支部"
            yield branch, branch_path, 2, 0, f"{code}{step:02}", branch_name, kind.value, area, phone, since


def _families(total: int) -> Iterator[int]:
    """Yield the number of branches of one unit after the other, until there are ``total`` units and branches."""
    while total > 0:
        branches = min(BRANCHES, total - 1)
        yield branches
        total -= branches + 1


class _People:
    """Everybody who is not in the town: members with roster and home, organisers, contacts, and who lives where."""

    def __init__(self, city: City, crowd: Crowd, places: Places) -> None:
        self.city, self.places = city, places
        self.number = crowd.members - city.scale.members
        self.absent = self.number // ABSENT_SHARE
        self.roots = set(places.roots)
        self.first = bulk.next_id(User)  # the members first, then one organiser a community
        self.first_organiser = self.first + self.number
        self.days = [timezone.now() - timedelta(days=day + 1) for day in range(DAYS_BACK)]
        self.moments = [bulk.as_stored(day) for day in self.days]
        self.dates = [bulk.as_stored(timezone.localdate(day)) for day in self.days]

    def build(self) -> None:
        staff = len(self.places.communities)
        reported = sum(1 for _number in self._reported())
        total = 3 * self.number + 2 * staff + self.absent + len(self.places.roots) + 2 * reported
        self.city.progress.start(_("全市的人"), total)
        self._write(
            User,
            ("id", "phone", "phone_verified_at", "name", "password", "joined_at"),
            self._users(self.number + staff),
        )
        self._write(RosterEntry, ("unit_id", "phone", "name", "person_id", "added_at"), self._roster())
        self._write(HomeMembership, ("person_id", "unit_id", "starts_on"), self._homes())
        self._write(Post, ("person_id", "role", "area_id", "unit_id", "starts_on"), self._posts())
        self._report_ins()
        self.city.progress.finish()

    def _write(self, model: type, columns: tuple[str, ...], rows: Iterator[bulk.Row]) -> None:
        bulk.write(model, columns, rows, advance=self.city.progress.advance)

    def _name(self, number: int) -> str:
        surname = SURNAMES[number % len(SURNAMES)]
        first = FIRST[number // len(SURNAMES) % len(FIRST)]
        return surname + first + SECOND[number // (len(SURNAMES) * len(FIRST)) % len(SECOND)]

    def _phone(self, number: int) -> str:
        return phone_number(FIRST_PHONE + number)

    def _unit(self, number: int) -> int:
        units = self.places.units
        if number < self.number // LARGEST_SHARE:
            return units[number % min(BRANCHES + 1, len(units))]
        return units[number % len(units)]

    def _community(self, number: int) -> int:
        return number * 7 % len(self.places.communities)

    def _users(self, total: int) -> Iterator[bulk.Row]:
        nobody = make_password(None)
        for number in range(total):
            moment = self.moments[number % DAYS_BACK]
            yield self.first + number, self._phone(number), moment, self._name(number), nobody, moment

    def _roster(self) -> Iterator[bulk.Row]:
        for number in range(self.number):
            moment = self.moments[number % DAYS_BACK]
            yield self._unit(number), self._phone(number), self._name(number), self.first + number, moment
        for number in range(self.number + len(self.places.communities), self._end):
            yield self._unit(number), self._phone(number), self._name(number), None, self.moments[number % DAYS_BACK]

    @property
    def _end(self) -> int:
        return self.number + len(self.places.communities) + self.absent

    def _homes(self) -> Iterator[bulk.Row]:
        for number in range(self.number):
            yield self.first + number, self._unit(number), self.dates[number % DAYS_BACK]

    def _posts(self) -> Iterator[bulk.Row]:
        since = bulk.as_stored(self.city.day(-400))
        for number, community in enumerate(self.places.communities):
            yield self.first_organiser + number, Role.ORGANISER.value, community, None, since
        # Behind the largest unit's people, members go round the units: one whole round gives each a contact of its own.
        size = len(self.places.units)
        start = -(-(self.number // LARGEST_SHARE) // size) * size
        for place, unit in enumerate(self.places.units):
            if unit in self.roots:
                yield self.first + start + place, Role.UNIT_CONTACT.value, None, unit, since

    def _report_ins(self) -> None:
        columns = ("id", "person_id", "unit_id", "area_id", "kind", "state", "number", "submitted_at")
        self._write(MemberReportIn, (*columns, "decided_at", "decided_by_id"), self._reports())
        consents = (
            (self.first + number, Purpose.REPORT_IN.value, CONSENT_VERSION, self.moments[number % DAYS_BACK])
            for number in self._reported()
        )
        self._write(Consent, ("person_id", "purpose", "text_version", "given_at"), consents)

    def _reported(self) -> Iterator[int]:
        return (number for number in range(self.number) if number % 1000 < WAITING)

    def _reports(self) -> Iterator[bulk.Row]:
        ids = count(bulk.next_id(MemberReportIn))
        for number in self._reported():
            pk, community, day = next(ids), self._community(number), number % DAYS_BACK
            received = number % 1000 < ACCEPTED
            yield (
                pk,
                self.first + number,
                self._unit(number),
                self.places.communities[community],
                ReportInKind.RESIDENCE.value,
                (ReportInState.ACCEPTED if received else ReportInState.SUBMITTED).value,
                f"BD-{self.days[day].year}-{pk:06}" if received else None,
                self.moments[day],
                self.moments[day] if received else None,
                self.first_organiser + community if received else None,
            )
