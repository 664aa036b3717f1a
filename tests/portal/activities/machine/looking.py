"""What the database says, read once after each step: by questions put into SQL once, of the log only the new."""

import json
from collections.abc import Sequence
from dataclasses import dataclass, make_dataclass
from datetime import UTC, datetime
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db import connection
from django.db.models import QuerySet
from wagtail.models import ModelLogEntry

from portal.activities.enums import HOLDS_A_PLACE
from portal.activities.models import (
    Activity,
    Attendance,
    CoverAsk,
    CoverRequest,
    GroupPlaces,
    Position,
    SignUp,
)
from portal.activities.queries import with_place_in_queue
from portal.members.models import User
from portal.notices.enums import MessageKind
from portal.notices.models import Message
from tests.portal.activities.machine.model import Key

Lines = list[tuple[str, str, dict[str, Any]]]


@dataclass(frozen=True)
class Seen:
    """Rows by what they are about; of ``sign_ups`` each with its ``queue_place``, and the ``lines`` since the last."""

    people: dict[int, int]
    shifts: dict[int, Any]
    positions: list[Any]
    sign_ups: list[Any]
    groups: list[Any]
    covers: list[Any]
    asks: list[Any]
    attendances: list[Any]
    lines: Lines
    last: int
    offers_told: int

    def confirmed(self) -> dict[Key, int]:
        """Return how many are sure to come, by shift and position, those they bring not counted."""
        found: dict[Key, int] = {}
        for one in self.sign_ups:
            key = (one.shift_id, one.position_id)
            found[key] = found.get(key, 0) + (one.state == "confirmed")
        return {key: number for key, number in found.items() if number}

    def held(self, key: Key) -> int:
        """Return the places of ``key`` counted anew: those of its people, and what units hold beside."""
        rows = [one for one in self.sign_ups if (one.shift_id, one.position_id) == key and one.state in HOLDS_A_PLACE]
        groups = [one for one in self.groups if (one.shift_id, one.position_id) == key and one.closed_at is None]
        named = sum(one.places for one in rows if one.group_id in {group.pk for group in groups})
        return sum(one.places for one in rows) + sum(group.held for group in groups) - named


class Question:
    """A query that is put into SQL once and asked often; its rows carry ``names``."""

    def __init__(self, query: "QuerySet[Any]", names: str) -> None:
        self.row: Any = make_dataclass("row", names.split(), frozen=True, slots=True)
        self.sql, self.params = query.values_list(*names.split()).query.sql_with_params()

    def ask(self, *last: Any) -> list[Any]:
        """Return the rows; ``last`` stands in for the last of what the query was given."""
        with connection.cursor() as cursor:
            cursor.execute(self.sql, [*self.params[: len(self.params) - len(last)], *last])
            return [self.row(*values) for values in cursor.fetchall()]


class Lookout:
    """All that is asked of one activity and its ``people``."""

    def __init__(self, activity: Activity, people: Sequence[User]) -> None:
        self.people = {member.pk: n for n, member in enumerate(people)}
        kinds = ContentType.objects.get_for_models(SignUp, CoverRequest, Attendance)
        self.kinds = {kind.pk: kind.model for kind in kinds.values()}
        here, theirs = {"shift__activity": activity}, {"sign_up__shift__activity": activity}
        covers = CoverRequest.objects.filter(**theirs).order_by("pk")
        asks = CoverAsk.objects.filter(request__sign_up__shift__activity=activity).order_by("pk")
        sign_ups = with_place_in_queue(SignUp.objects.filter(**here)).order_by("pk")
        groups = GroupPlaces.objects.filter(**here).order_by()
        self.questions = {
            "shifts": Question(activity.shifts.order_by(), "pk capacity minimum places_taken"),
            "positions": Question(
                Position.objects.filter(**here).order_by(), "pk shift_id capacity minimum places_taken"
            ),
            "sign_ups": Question(
                sign_ups, "pk member_id shift_id position_id group_id state places offered_until queue_place"
            ),
            "groups": Question(groups, "pk shift_id position_id held named closed_at"),
            "covers": Question(covers, "pk state taken_by_id sign_up__state"),
            "asks": Question(asks, "request_id member_id"),
            "attendances": Question(Attendance.objects.filter(**theirs).order_by(), "pk sign_up_id state before"),
            "offers": Question(Message.objects.filter(kind=MessageKind.OFFER).order_by(), "pk"),
        }
        lines = ModelLogEntry.objects.filter(content_type__in=self.kinds).filter(pk__gt=0).order_by("pk")
        self.lines = Question(lines, "pk content_type_id object_id action data")

    def look(self, after: int) -> Seen:
        """Return what is there now, with the lines of the log that came ``after`` the one of that key."""
        found: dict[str, Any] = {name: question.ask() for name, question in self.questions.items()}
        found["shifts"] = {shift.pk: shift for shift in found["shifts"]}
        lines = self.lines.ask(after)
        return Seen(
            people=self.people,
            lines=[
                (f"{self.kinds[one.content_type_id]} {one.object_id}", one.action, _loaded(one.data)) for one in lines
            ],
            last=lines[-1].pk if lines else after,
            offers_told=len(found.pop("offers")),
            **found,
        )


def _loaded(data: str | dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(data) if isinstance(data, str) else data
    return found


def moment_of(value: datetime) -> datetime:
    """Return what a column holds as a moment: SQLite keeps it in UTC, and does not say so."""
    return value if value.tzinfo else value.replace(tzinfo=UTC)
