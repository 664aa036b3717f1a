"""A community becomes another: those it answers for, its resident volunteers and its invitations follow."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.models import Area
from portal.proxies.models import Invitation, ManagedPerson, ResidentVolunteer
from portal.states import lock, save


@transaction.atomic
def follow(*, before: Area, after: Area, by: User | None) -> None:
    """Move what is open from ``before`` to ``after``; what was entered and served stays. Idempotent.

    Resident volunteers are told. Cards that are out already let people into ``after``. Locks as everywhere: the
    person, then the row.
    """
    managed = ManagedPerson.objects.filter(area=before, claimed_at__isnull=True).select_related("person")
    residents = ResidentVolunteer.objects.filter(area=before, left_at__isnull=True).select_related("person")
    invitations = Invitation.objects.filter(area=before, revoked_at__isnull=True, expires_at__gt=timezone.now())
    for kept in managed.order_by("pk"):
        lock(kept.person)
        _move(kept, before, after, by=by)
    for resident in residents.order_by("pk"):
        lock(resident.person)
        _move(resident, before, after, by=by)
        _tell(resident.person, before, after)
    for invitation in invitations.order_by("pk"):
        _move(invitation, before, after, by=by)


def _move(row: ManagedPerson | ResidentVolunteer | Invitation, before: Area, after: Area, *, by: User | None) -> None:
    held = lock(row)
    held.area = after
    save(held, action="followed", by=by, data={"from": before.code, "to": after.code})


def _tell(person: User, before: Area, after: Area) -> None:
    tell(
        recipient=person,
        kind=MessageKind.NOTICE,
        title=_("%(before)s已由%(after)s承接，您现在是%(after)s的居民志愿者。") % {"before": before, "after": after},
        body=_("不用再办手续。以前的服务记录仍记在原来的社区。"),
        url=reverse("activities:list"),
    )
