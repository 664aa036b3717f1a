"""Somebody is no resident volunteer of a community any more. Locks: the person, then what ends."""

from django.db import transaction

from portal.members.models import User
from portal.organisations.models import Area
from portal.proxies.actions.objections import leave
from portal.proxies.queries import open_residency
from portal.report_in.models import MemberReportIn
from portal.states import lock


@transaction.atomic
def leave_community(*, person: User) -> Area | None:
    """End the residency of ``person``, who says so; return the community they left, if there was one. Idempotent."""
    person = lock(person)
    residency = open_residency(person)
    if residency is None:
        return None
    leave(residency=residency, by=person)
    return residency.area


@transaction.atomic
def give_way(*, report_in: MemberReportIn, by: User) -> None:
    """End the residency of whose ``report_in`` has just become the one where they live. The caller holds the person.

    Where they reported in is where they belong from now on, whether it is the same community or another.
    """
    residency = open_residency(report_in.person)
    if residency:
        leave(residency=residency, by=by)
