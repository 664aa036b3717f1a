"""Activities that are over: who came, what was confirmed, and the points it earned.

The past cannot be acted out through the portal's actions, which rightly refuse to sign up for what is over. It is
written down in bulk with the same invariants, and a test compares every counter with its rows. From posting on, the
portal's own actions take over.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _

from config.demo.city import City
from config.demo.content import read
from portal.activities.enums import ActivityState, AttendanceState, SignUpState
from portal.activities.models import Activity, Attendance, Shift, SignUp
from portal.members.models import User
from portal.organisations.models import Area
from portal.points.models import RuleSet
from portal.records.actions import post_records
from portal.records.enums import RecordState
from portal.records.models import ServiceRecord
from portal.records.queries import last_day_of_objection

CODE_PREFIX = "YT"
POINTS_PER_HOUR = 10
# Days ago of the home community's first activities: one to tick, one to confirm, one posted, one shown for objection.
RECENT = (1, 3, 20, 6)
TO_TICK, TO_CONFIRM = 2, 5
OUTCOMES = (AttendanceState.COMPLETED, AttendanceState.ABSENT, AttendanceState.EXCUSED)
OUTCOMES_OF_100 = (88, 5, 7)
NOTICE_ITEMS = ("title", "summary", "place", "content", "conditions", "risks", "safeguards")


@dataclass(frozen=True)
class Plan:
    """One activity to be written down: what, where, and how many days ago."""

    kind: dict[str, Any]
    area: Area
    days_ago: int
    number: int


def build_past(city: City) -> None:
    """Write down the past activities, then let the portal post what nobody objected to."""
    start_of_rules = city.today.replace(month=1, day=1) - timedelta(days=366)
    RuleSet.objects.get_or_create(
        version="2026-1", defaults={"points_per_hour": POINTS_PER_HOUR, "starts_on": start_of_rules.replace(day=1)}
    )
    plans = list(_plans(city))
    for plan in city.progress.track(_("过去的活动和服务记录"), plans):
        _write_down(city, plan)
    post_records(today=city.today)


def notice_items(kind: dict[str, Any], area: Area, contact: User) -> dict[str, Any]:
    """Return what people must be told about an activity of this kind, held in ``area``."""
    items = {name: kind[name] for name in NOTICE_ITEMS}
    return {**items, "contact_name": contact.name, "contact_phone": area.phone}


def _plans(city: City) -> Iterator[Plan]:
    kinds = read("activities")["activities"]
    taken: set[tuple[int, int]] = set()
    for number in range(city.scale.activities_past):
        is_recent = number < len(RECENT)
        area = city.home if is_recent else city.communities[number % len(city.communities)]
        days_ago = RECENT[number] if is_recent else city.dice.randint(10, 200)
        while (area.pk, days_ago) in taken:  # two on one day could overlap for somebody
            days_ago += 1
        taken.add((area.pk, days_ago))
        yield Plan(kinds[number % len(kinds)], area, days_ago, number)


def _write_down(city: City, plan: Plan) -> None:
    organiser = city.organisers[plan.area.pk][0]
    starts_at = city.at(-plan.days_ago, plan.kind["hour"])
    activity = Activity.objects.create(
        area=plan.area,
        code=f"{CODE_PREFIX}{plan.number + 1:06}",
        state=ActivityState.PUBLISHED,
        created_by=organiser,
        published_at=starts_at - timedelta(days=9),
        **notice_items(plan.kind, plan.area, organiser),
    )
    people = _people(city, plan)
    shift = Shift.objects.create(
        activity=activity,
        starts_at=starts_at,
        ends_at=starts_at + timedelta(minutes=plan.kind["minutes"]),
        capacity=max(plan.kind["capacity"], len(people)),
        places_taken=len(people),
    )
    sign_ups = SignUp.objects.bulk_create(
        SignUp(
            shift=shift,
            member=person,
            state=SignUpState.CONFIRMED,
            created_at=starts_at - timedelta(days=city.dice.randint(1, 8)),
        )
        for person in people
    )
    if plan.days_ago > TO_TICK:
        _tick(city, plan, shift, sign_ups)


def _people(city: City, plan: Plan) -> list[User]:
    """Choose who came: neighbours of that community; the demo's member comes to most of their own."""
    residents = city.residents[plan.area.pk]
    count = min(len(residents), max(round(plan.kind["capacity"] * city.dice.uniform(0.5, 1)), 2))
    chosen = city.dice.sample(residents, count)
    member = city.roles["member"]
    return [member, *[person for person in chosen if person != member][: count - 1]] if member in residents else chosen


def _tick(city: City, plan: Plan, shift: Shift, sign_ups: list[SignUp]) -> None:
    recorder, confirmer = city.organisers[plan.area.pk]
    recorded_at = shift.ends_at + timedelta(minutes=20)
    is_confirmed = plan.days_ago > TO_CONFIRM
    confirmed_at = min(recorded_at + timedelta(days=2), timezone.now())
    attendances = []
    for sign_up in sign_ups:
        is_role = sign_up.member_id == city.roles["member"].pk
        state = AttendanceState.COMPLETED if is_role else city.dice.choices(OUTCOMES, OUTCOMES_OF_100)[0]
        is_completed = state == AttendanceState.COMPLETED
        attendances.append(
            Attendance(
                sign_up=sign_up,
                state=state,
                minutes=_minutes(city, shift) if is_completed else None,
                recorded_by=recorder,
                recorded_at=recorded_at,
                closed_at=confirmed_at if is_completed and is_confirmed else None,
            )
        )
    attendances = Attendance.objects.bulk_create(attendances)
    if is_confirmed:
        _confirm(shift, [row for row in attendances if row.closed_at], confirmer)


def _minutes(city: City, shift: Shift) -> int:
    """Most stay to the end; a few leave half an hour early."""
    return shift.minutes if city.dice.random() < 0.85 else max(shift.minutes - 30, 15)


def _confirm(shift: Shift, attendances: list[Attendance], confirmer: User) -> None:
    ServiceRecord.objects.bulk_create(
        ServiceRecord(
            member=attendance.sign_up.member,
            area=shift.activity.area,
            attendance=attendance,
            title=shift.activity.title,
            served_on=timezone.localdate(shift.starts_at),
            minutes=attendance.minutes or 0,
            state=RecordState.CONFIRMED,
            recorded_by=attendance.recorded_by,
            recorded_at=attendance.recorded_at or shift.ends_at,
            confirmed_by=confirmer,
            confirmed_at=attendance.closed_at,
            objections_until=last_day_of_objection(timezone.localdate(attendance.closed_at)),
        )
        for attendance in attendances
    )
