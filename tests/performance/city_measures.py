"""Run by ``tests.performance.city`` inside a filled city: each answer against its bare SQL, and each page's p95."""

import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import cycle
from typing import Any

import django

django.setup()

from django.db import connection, transaction  # noqa: E402 -- after the settings are read
from django.test import Client  # noqa: E402 -- as above
from django.utils import timezone  # noqa: E402 -- as above

from portal.members import actions  # noqa: E402 -- as above
from portal.members.models import RosterEntry, User  # noqa: E402 -- as above
from portal.members.queries import rosters_awaiting  # noqa: E402 -- as above
from portal.organisations.enums import AreaKind, Role  # noqa: E402 -- as above
from portal.organisations.models import Area, Post, Unit  # noqa: E402 -- as above
from portal.organisations.queries import subtree_counts  # noqa: E402 -- as above
from portal.organisations.queries.reach import PATH_LENGTH  # noqa: E402 -- as above
from portal.report_in.queries import gap_list  # noqa: E402 -- as above
from portal.report_in.queries.community import SORTS, members_of  # noqa: E402 -- as above

ROUNDS, PAGE_ROUNDS, WARM_UP = 60, 60, 5


@dataclass(frozen=True)
class Answer:
    """One question, asked our way and in bare SQL with the same parameters."""

    name: str
    ours: Callable[[], object]
    bare: Callable[[], object]


def main() -> None:
    show("answer", "ours ms", "bare ms", "ratio")
    for answer in answers():
        ours, bare = in_turn(answer)
        show(answer.name, f"{ours:.2f}", f"{bare:.2f}", f"{ours / bare:.1f}")
    show("page", "p50 ms", "p95 ms")
    for name, person, path in pages():
        times = page_times(person, path)
        show(name, f"{statistics.median(times):.0f}", f"{statistics.quantiles(times, n=20)[-1]:.0f}")


def answers() -> list[Answer]:
    return [_log_in(), *_lists()]


def in_turn(answer: Answer) -> tuple[float, float]:
    """Return the median milliseconds of both ways, asked in turn."""
    taken: dict[str, list[float]] = {"ours": [], "bare": []}
    for _round in range(WARM_UP + ROUNDS):
        for way, ask in (("ours", answer.ours), ("bare", answer.bare)):
            start = time.perf_counter()
            ask()
            taken[way].append((time.perf_counter() - start) * 1000)
    ours, bare = (statistics.median(taken[way][WARM_UP:]) for way in ("ours", "bare"))
    return ours, bare


def page_times(person: User, path: str) -> list[float]:
    client = Client()
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    times = []
    for _round in range(WARM_UP + PAGE_ROUNDS):
        start = time.perf_counter()
        response = client.get(path)
        times.append((time.perf_counter() - start) * 1000)
        if response.status_code != 200:
            raise SystemExit(f"{path} answered {response.status_code}")
    return times[WARM_UP:]


def select(sql: str, *parameters: Any) -> Sequence[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall()


def show(*columns: str) -> None:
    print(f"{columns[0]:<44}" + "".join(f"{column:>10}" for column in columns[1:]), flush=True)  # noqa: T201 -- the report


# The log-in that meets its roster row: an account, the row, its home, a message and the log, in one commit.


def _log_in() -> Answer:
    absent = cycle(RosterEntry.objects.filter(person__isnull=True, left_on__isnull=True).order_by("-pk")[: 4 * ROUNDS])

    def ours() -> None:
        phone = str(next(absent).phone)
        with transaction.atomic():
            person = actions.open_account(phone=phone)
            assert person is not None
            actions.verify_phone(person=person, phone=phone)
            assert actions.activate_from_roster(person=person) is not None
            transaction.set_rollback(True)  # the same city for the next run

    def bare() -> None:
        phone = str(next(absent).phone)
        with transaction.atomic():
            _meet(phone)
            transaction.set_rollback(True)

    return Answer("log-in meets its roster row (all writes)", ours, bare)


def _meet(phone: str) -> None:
    """Write by hand what the log-in writes, one statement a row, looked up by the same indexes.

    It asks what has to be known: whether a roster expects the phone before there is an account, and, once the phone is
    proved, the row, a home that stands, the units naming the person, and whether the message is wanted silently.
    """
    now = timezone.now()
    select("SELECT id FROM members_user WHERE phone = %s", phone)
    select(f"{PHONE} LIMIT 1", phone)
    with transaction.atomic():  # when the code is asked for
        ((person,),) = select(
            "INSERT INTO members_user (password, is_superuser, phone, name, email, is_active, joined_at)"
            " VALUES ('!', false, %s, '', '', true, %s) RETURNING id",
            phone,
            now,
        )
        _log("opened", person, now)
    select("UPDATE members_user SET phone_verified_at = %s WHERE id = %s RETURNING id", now, person)
    with transaction.atomic():  # when it is typed in
        select("SELECT id FROM members_user WHERE id = %s FOR NO KEY UPDATE", person)
        ((entry, unit, name),) = select(f"{PHONE} FOR NO KEY UPDATE", phone)
        select("UPDATE members_rosterentry SET person_id = %s WHERE id = %s RETURNING id", person, entry)
        _log("met", person, now)
        select("UPDATE members_user SET name = %s WHERE id = %s RETURNING id", name, person)
        _log("named", person, now)
        select(UNITS_OF, person, person)
        select(
            "INSERT INTO members_homemembership (person_id, unit_id, starts_on) VALUES (%s, %s, %s) RETURNING id",
            person,
            unit,
            now.date(),
        )
        _log("home", person, now)
        select("SELECT choices FROM notices_preference WHERE person_id = %s", person)
        select(
            "INSERT INTO notices_message (recipient_id, kind, title, body, url, created_at, is_muted, once, number)"
            " VALUES (%s, 'unit', 't', 'b', 'u', %s, false, '', 1) RETURNING id",
            person,
            now,
        )


def _log(action: str, person: int, now: datetime) -> None:
    select(
        "INSERT INTO wagtailcore_modellogentry (label, action, data, timestamp, content_changed, deleted,"
        " object_id, content_type_id, user_id) VALUES (%s, %s, '{}', %s, false, false, %s,"
        " (SELECT min(id) FROM django_content_type), %s) RETURNING id",
        action,
        action,
        now,
        str(person),
        person,
    )


# Lists and counts: the same rows as our query gives, in the same order, by one statement written by hand.

RECEIVED = (
    "SELECT r.id, r.number, r.decided_at, p.id, p.name, p.phone, u.id, u.name FROM report_in_memberreportin r"
    " JOIN members_user p ON p.id = r.person_id LEFT JOIN organisations_unit u ON u.id = r.unit_id"
    " WHERE r.area_id = %s AND r.state = 'accepted'"
)
GAP = (
    "SELECT e.id, e.unit_id, e.phone, e.name, e.person_id, u.id, u.path, u.name FROM members_rosterentry e"
    " JOIN organisations_unit u ON u.id = e.unit_id WHERE u.path BETWEEN %s AND %s AND e.left_on IS NULL"
    " AND e.is_confirmed AND (e.exempt_until IS NULL OR e.exempt_until < CURRENT_DATE OR e.person_id IS NOT NULL)"
    " AND NOT EXISTS (SELECT 1 FROM report_in_memberreportin r"
    " WHERE r.person_id = e.person_id AND r.kind = 'residence' AND r.state = 'accepted')"
    " AND NOT EXISTS (SELECT 1 FROM report_in_leave l WHERE l.person_id = e.person_id AND l.state = 'granted'"
    " AND l.starts_on <= CURRENT_DATE AND l.ends_on >= CURRENT_DATE)"
    " ORDER BY u.path, e.name, e.id LIMIT 20"
)
BELOW = "SELECT kind, count(*) FROM organisations_area WHERE path BETWEEN %s AND %s AND ends_on IS NULL GROUP BY kind"
UNITS_BELOW = (
    "SELECT count(*) FROM organisations_unit u JOIN organisations_area a ON a.id = u.area_id"
    " WHERE a.path BETWEEN %s AND %s AND u.ends_on IS NULL"
)
UNITS_OF = (
    "SELECT unit_id, true FROM members_homemembership WHERE person_id = %s AND ends_on IS NULL UNION ALL"
    " SELECT DISTINCT unit_id, false FROM members_rosterentry WHERE person_id = %s AND left_on IS NULL AND is_confirmed"
)
PHONE = "SELECT id, unit_id, name FROM members_rosterentry WHERE phone = %s AND left_on IS NULL AND person_id IS NULL"


def _lists() -> list[Answer]:
    community = Area.objects.filter(kind=AreaKind.COMMUNITY).order_by("-path")[0]
    city = Area.objects.get(kind=AreaKind.CITY)
    contact = _contact_of_the_largest()
    unit = Unit.objects.get(posts__person=contact, posts__role=Role.UNIT_CONTACT)
    phone = str(RosterEntry.objects.filter(person__isnull=True).order_by("-pk")[0].phone)
    return [
        Answer("the roster row of a phone", lambda: list(rosters_awaiting(phone)), lambda: select(PHONE, phone)),
        _received("a community's members, first page", community, "", "-decided_at", "r.decided_at DESC, r.id DESC"),
        _received("the same, by name", community, "", "name", "p.name, r.id"),
        _received("the same, a name looked for", community, "王", "-decided_at", "r.decided_at DESC, r.id DESC"),
        Answer(
            "the largest unit's gap list",
            lambda: list(gap_list(contact)[:20]),
            lambda: select(GAP, *subtree(unit)),
        ),
        Answer(
            "what lies within the city",
            lambda: subtree_counts(city),
            lambda: (select(BELOW, *subtree(city)), select(UNITS_BELOW, *subtree(city))),
        ),
    ]


def _received(title: str, community: Area, name: str, sort: str, order: str) -> Answer:
    keys = SORTS["name" if sort == "name" else "newest"][1]
    sql, narrowed = f"{RECEIVED}{' AND upper(p.name) LIKE upper(%s)' if name else ''} ORDER BY {order} LIMIT 20", [name]
    parameters = [community.pk, *(f"%{text}%" for text in narrowed if text)]
    return Answer(
        title,
        lambda: list(members_of(community, name=name).order_by(*keys)[:20]),
        lambda: select(sql, *parameters),
    )


def subtree(place: Area | Unit) -> tuple[str, str]:
    return place.path, place.path.ljust(PATH_LENGTH, "Z")


def pages() -> list[tuple[str, User, str]]:
    organiser = _holder(Role.ORGANISER, area__kind=AreaKind.COMMUNITY)
    contact = _contact_of_the_largest()
    supervisor = _holder(Role.SUPERVISOR, area__kind=AreaKind.CITY)
    member = User.objects.filter(home_memberships__isnull=False).order_by("-pk")[0]
    return [
        ("a member's first page", member, "/portal/"),
        ("an organiser's first page", organiser, "/portal/"),
        ("the largest unit's contact's first page", contact, "/portal/"),
        ("the city supervisor's first page", supervisor, "/portal/"),
        ("the largest unit's gap list", contact, "/portal/to-report-in/"),
        ("a community's members", organiser, f"/portal/report-in/members/{_community_of(organiser).code}/"),
        ("the same, by name", organiser, f"/portal/report-in/members/{_community_of(organiser).code}/?sort=name"),
        (
            "the same, a name looked for",
            organiser,
            f"/portal/report-in/members/{_community_of(organiser).code}/?name=王",
        ),
        ("the city's own page", supervisor, f"/portal/organisations/areas/{_community_of(supervisor).pk}/"),
    ]


def _holder(role: Role, **place: object) -> User:
    return Post.objects.filter(role=role, ends_on__isnull=True, **place).order_by("-pk")[0].person


def _community_of(person: User) -> Area:
    place = person.posts.get(ends_on__isnull=True).area
    assert place is not None
    return place


def _contact_of_the_largest() -> User:
    # The first unit beyond the town is the city's largest.
    return Post.objects.filter(role=Role.UNIT_CONTACT, unit__code__startswith="DW000001")[0].person


if __name__ == "__main__":
    main()
