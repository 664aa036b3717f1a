"""What is shown for objection, to whom, and who answers."""

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING

from django.conf import settings
from django.db.models import Q, QuerySet

from portal.organisations.enums import Action, Role
from portal.organisations.models import Area
from portal.organisations.permissions import areas_for
from portal.organisations.queries import nearest_holders
from portal.records.enums import ObjectionState, RecordState
from portal.records.models import Objection, ServiceRecord
from portal.records.queries.own_services import communities_since
from portal.working_days import nth_working_day_after, working_days_between

if TYPE_CHECKING:
    from portal.members.models import User


def last_day_of_objection(confirmed_on: date) -> date:
    """Return the last of the working days (Monday to Friday) that follow ``confirmed_on``."""
    return nth_working_day_after(confirmed_on, settings.OBJECTION_WORKING_DAYS)


def objections_until_again(*, paused_on: date, until: date, today: date) -> date:
    """Return the last day of a period that stood still from ``paused_on``, with the working days it had left."""
    return max(until, nth_working_day_after(today, working_days_between(paused_on, until)))


def announced_areas(person: "User") -> QuerySet[Area]:
    """Return the places whose records ``person`` sees announced: where they reported in, what that came from, and
    where they confirm.
    """
    confirms = areas_for(person, Action.CONFIRM_RECORDS)
    return Area.objects.filter(Q(pk__in=communities_since(person).values("pk")) | Q(pk__in=confirms.values("pk")))


def announced_records(person: "User") -> QuerySet[ServiceRecord]:
    """Return what is shown for objection there, by day: no sums and no ranks."""
    return ServiceRecord.objects.filter(state=RecordState.CONFIRMED, area__in=announced_areas(person)).select_related(
        "member", "area"
    )


def own_announced(person: "User") -> QuerySet[ServiceRecord]:
    """Return the own records of ``person`` that are shown for objection, wherever they served."""
    return ServiceRecord.objects.filter(state=RecordState.CONFIRMED, member=person).select_related("member", "area")


def may_object(person: "User", record: ServiceRecord) -> bool:
    """Return whether ``person`` is the one served, or was received in the community of ``record`` or what it became."""
    return record.member_id == person.pk or communities_since(person).filter(pk=record.area_id).exists()


def open_objections(record: ServiceRecord) -> QuerySet[Objection]:
    return Objection.objects.filter(record=record, state=ObjectionState.OPEN).select_related("objector", "record")


def objections_of(person: "User") -> QuerySet[Objection]:
    """Return the objections ``person`` filed, newest first."""
    return Objection.objects.filter(objector=person).select_related("record__area").order_by("-created_at", "-pk")


def tied_to(record: ServiceRecord) -> frozenset[int | None]:
    """Return the keys of the people who do not answer an objection to ``record``: it is about what they did."""
    return frozenset({record.member_id, record.recorded_by_id, record.confirmed_by_id})


def objections_to_answer(person: "User") -> QuerySet[Objection]:
    """Return the open objections ``person`` is free to answer, oldest first."""
    return objections_free_to(person).filter(state=ObjectionState.OPEN).order_by("created_at", "pk")


def objections_free_to(person: "User") -> QuerySet[Objection]:
    """Return the same with what has been answered since."""
    return (
        Objection.objects.filter(record__area__in=areas_for(person, Action.ANSWER_RECORD_OBJECTIONS))
        .exclude(objector=person)
        .exclude(record__member=person)
        .exclude(record__recorded_by=person)
        .exclude(record__confirmed_by=person)
        .select_related("objector", "record__member", "record__area", "record__recorded_by", "record__confirmed_by")
    )


def answerers_of(record: ServiceRecord, *, but: "User") -> "list[User]":
    """Return who is told of an objection: the organisers of the place who are free to answer, else who supervises."""
    organisers = _free(nearest_holders(record.area, role=Role.ORGANISER), record, but=but)
    return organisers or _free(nearest_holders(record.area, role=Role.SUPERVISOR), record, but=but)


def _free(people: "Iterable[User]", record: ServiceRecord, *, but: "User") -> "list[User]":
    tied = {*tied_to(record), but.pk}
    return [person for person in people if person.pk not in tied]
