"""A community becomes another, and what it answers for follows; a unit ends, and its invitations with it.

A printed form stays what it says. Whoever serves in what came of its community brings it back there: see ``mandates``.
"""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.notices.telling import Note, tell_each
from portal.organisations.errors import StillInUseError
from portal.organisations.models import Area, Unit
from portal.proxies.enums import JOINING_TRANSITIONS, JoiningState
from portal.proxies.models import HandOver, Invitation, ManagedPerson, ResidentVolunteer
from portal.proxies.queries import hand_overs_waiting_in, managed_in, open_invitations_of, residents_in, waiting_for
from portal.states import lock, logged_together, move, save

Kept = HandOver | Invitation | ManagedPerson | ResidentVolunteer


@transaction.atomic
def follow(*, before: Area, after: Area, by: User | None) -> None:
    """Move what is open from ``before`` to ``after``; what was entered and served stays. Idempotent.

    Resident volunteers are told. Cards that are out already let people into ``after``. Locks as everywhere: the
    person, whom the merger holds already, then the row.
    """
    managed = managed_in([before]).select_related("person")
    hand_overs = hand_overs_waiting_in([before]).select_related("person")
    residents = residents_in([before]).select_related("person")
    invitations = Invitation.objects.filter(area=before, revoked_at__isnull=True, expires_at__gt=timezone.now())
    for kept in managed.order_by("pk"):
        lock(kept.person)
        _move(kept, before, after, by=by)
    for hand_over in hand_overs.order_by("pk"):
        lock(hand_over.person)
        _move(hand_over, before, after, by=by)
    for resident in residents.order_by("pk"):
        lock(resident.person)
        if _move(resident, before, after, by=by):
            _tell(resident.person, before, after)
    for invitation in invitations.order_by("pk"):
        _move(invitation, before, after, by=by)


@transaction.atomic
@logged_together()
def let_go(*, unit: Unit, by: User | None) -> None:
    """Take the invitations of ``unit``, which ends, back, and decline whoever came by one and waits; they are told.

    Cards that are out let nobody in any more. Idempotent. The caller holds the unit and the people.
    """
    for invitation in open_invitations_of(unit).order_by("pk").select_for_update(no_key=True):
        invitation.revoked_at = timezone.now()
        save(invitation, action="revoked", by=by, only=["revoked_at"])
    told = []
    for joining in (
        waiting_for(unit).select_related("person").order_by("pk").select_for_update(no_key=True, of=("self",))
    ):
        move(joining, to=JoiningState.DECLINED, by=by, transitions=JOINING_TRANSITIONS)
        told.append(joining.person)
    title = _("%(unit)s已经停用，您加入那里的申请不再进行。") % {"unit": unit}
    body = _("居民也可以直接报名活动。")
    tell_each(told, Note(title=title, body=body, url=reverse("activities:list"), kind=MessageKind.UNIT))


def refuse_while_kept(*, area: Area) -> None:
    """Refuse to end a community with nobody following while it keeps somebody's account or has residents.

    Raises:
        StillInUseError: it has.
    """
    if any(rows.exists() for rows in (managed_in([area]), hand_overs_waiting_in([area]), residents_in([area]))):
        raise StillInUseError(_("这里还有居民志愿者，或者由社区代管的账户。请合并到别的社区，他们会一起转过去。"))


def _move(row: Kept, before: Area, after: Area, *, by: User | None) -> bool:
    """Move ``row`` unless it ended this very moment; return whether it moved."""
    held = lock(row)
    if not _is_open(held):
        return False
    held.area = after
    save(held, action="followed", by=by, data={"from": before.code, "to": after.code})
    return True


def _is_open(row: Kept) -> bool:
    if isinstance(row, ManagedPerson):
        return row.claimed_at is None and row.left_at is None
    return row.left_at is None if isinstance(row, ResidentVolunteer) else row.is_open


def _tell(person: User, before: Area, after: Area) -> None:
    tell(
        recipient=person,
        kind=MessageKind.NOTICE,
        title=_("%(before)s已由%(after)s承接，您现在是%(after)s的居民志愿者。") % {"before": before, "after": after},
        body=_("不用再办手续。以前的服务记录仍记在原来的社区。"),
        url=reverse("activities:list"),
    )
