"""What one click means: the rows that are ticked, or everything of a shift, a person, or the whole queue."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple, Self

from django.db.models import Count, QuerySet, Sum
from django.http import QueryDict

from portal.activities.models import Attendance, Shift
from portal.members.models import User
from portal.organisations.models import Area
from portal.records import queries
from portal.records.actions import Choice
from portal.records.forms import ChoiceForm
from portal.records.forms.choices import MOST_KEYS
from portal.records.models import OwnService


class InAll(NamedTuple):
    number: int
    minutes: int


@dataclass(frozen=True)
class Waiting:
    """The queue of one person, in one community or all of theirs; each half of it is counted once."""

    attendances: "QuerySet[Attendance]"
    services: "QuerySet[OwnService]"
    shifts: "QuerySet[Shift]"
    people: "QuerySet[User]"

    @classmethod
    def of(cls, person: User, *, area: Area | None) -> Self:
        attendances, services = queries.records_to_confirm(person), queries.own_services_to_confirm(person)
        if area:
            attendances = attendances.filter(sign_up__shift__activity__area=area)
            services = services.filter(area=area)
        return cls(attendances, services, queries.shifts_of(attendances), queries.people_of(attendances, services))

    @property
    def number(self) -> int:
        return self._of_attendances.number + self._of_services.number

    @property
    def minutes(self) -> int:
        return self._of_attendances.minutes + self._of_services.minutes

    @property
    def own_number(self) -> int:
        return self._of_services.number

    @cached_property
    def _of_attendances(self) -> InAll:
        return _sum_of(self.attendances)

    @cached_property
    def _of_services(self) -> InAll:
        return _sum_of(self.services)


@dataclass(frozen=True)
class Summary:
    """What many at once would come to, before anybody says yes."""

    number: int
    minutes: int
    people: int
    kept_back: int
    attendances: str
    services: str


def chosen_of(data: QueryDict, waiting: Waiting, *, by: User) -> tuple[Choice, bool]:
    """Return what is to be confirmed, and whether the summary was said yes to."""
    form = ChoiceForm(data)
    if not form.is_valid():
        return Choice(), False
    given = form.cleaned_data
    if given["sure"]:
        return Choice(given["attendances"], given["services"]), True
    if not (given["shift"] or given["person"] or given["everything"]):
        return Choice(given["attendance"], given["service"]), False
    attendances, services = _group(given, waiting)
    free, free_own = queries.confirmable(attendances, by=by), queries.confirmable_own(services, by=by)
    return Choice(_keys(attendances, free), _keys(services, free_own)), False


def summary_of(choice: Choice, waiting: Waiting, *, by: User) -> Summary:
    """Count what of ``choice`` still waits, and how many of it need somebody else."""
    attendances = waiting.attendances.filter(pk__in=choice.attendances).order_by()
    services = waiting.services.filter(pk__in=choice.services).order_by()
    free, free_own = queries.confirmable(attendances, by=by), queries.confirmable_own(services, by=by)
    facts, own = _sum_of(free), _sum_of(free_own)
    people = {*free.values_list("sign_up__member", flat=True), *free_own.values_list("member", flat=True)}
    number = facts.number + own.number
    return Summary(
        number=number,
        minutes=facts.minutes + own.minutes,
        people=len(people),
        kept_back=attendances.count() + services.count() - number,
        attendances=",".join(map(str, free.values_list("pk", flat=True))),
        services=",".join(map(str, free_own.values_list("pk", flat=True))),
    )


def _group(given: Mapping[str, Any], waiting: Waiting) -> "tuple[QuerySet[Attendance], QuerySet[OwnService]]":
    if given["shift"]:
        return waiting.attendances.filter(sign_up__shift=given["shift"]), waiting.services.none()
    if given["person"]:
        return (
            waiting.attendances.filter(sign_up__member=given["person"]),
            waiting.services.filter(member=given["person"]),
        )
    return waiting.attendances, waiting.services


def _keys(rows: "QuerySet[Any]", free: "QuerySet[Any]") -> list[int]:
    """Return the keys of ``rows``, those that are ``free`` first: the others are not confirmed, but counted."""
    others = rows.exclude(pk__in=free.order_by().values("pk"))
    found = [key for some in (free, others) for key in some.values_list("pk", flat=True)[:MOST_KEYS]]
    return found[:MOST_KEYS]


def _sum_of(rows: "QuerySet[Any]") -> InAll:
    return InAll(**rows.order_by().aggregate(number=Count("pk"), minutes=Sum("minutes", default=0)))
