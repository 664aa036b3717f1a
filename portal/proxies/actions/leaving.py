"""Somebody belongs to a community no more. Locks: the person, then what ends."""

from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.actions import tell
from portal.notices.enums import MessageKind
from portal.organisations.models import Area
from portal.proxies.actions.hand_overs import withdraw_hand_over
from portal.proxies.actions.objections import leave
from portal.proxies.errors import NotOursError, OwnEntryError
from portal.proxies.models import ManagedPerson
from portal.proxies.queries import open_hand_over, open_residency, ties_to
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
def say_moved_away(*, person: User, by: User) -> None:
    """End what ties ``person`` to the communities of ``by``, where they have moved away from; they are told.

    Of an account that was kept, nobody is the keeper until another community takes it up or its person logs in, and a
    hand-over that waits is taken back.

    Raises:
        OwnEntryError: it is oneself.
        NotOursError: nothing ties them to these communities, or a report-in does, which ends by its own door.
    """
    if person.pk == by.pk:
        raise OwnEntryError
    person = lock(person)
    ties = ties_to(by, person)
    if not ties:
        raise NotOursError
    waiting = open_hand_over(person)
    if waiting and any(isinstance(tie, ManagedPerson) for tie in ties):
        withdraw_hand_over(hand_over=waiting, by=by)
    for tie in ties:
        leave(residency=tie, by=by)
    _tell(person, ties[0].area, by)


@transaction.atomic
def give_way(*, report_in: MemberReportIn, by: User) -> None:
    """End the residency of whose ``report_in`` has just become the one where they live. The caller holds the person.

    Where they reported in is where they belong from now on, whether it is the same community or another.
    """
    residency = open_residency(report_in.person)
    if residency:
        leave(residency=residency, by=by)


def _tell(person: User, area: Area, by: User) -> None:
    details = {"area": area, "name": by}
    text = _("【报到】%(area)s登记您已搬走，您在那里的登记结束了。如果不对，请联系社区。") % details
    tell(
        recipient=person,
        kind=MessageKind.ENTRY,
        title=_("%(area)s登记您已搬走，您在那里的登记结束了。") % details,
        body=_("由%(name)s登记。如果不对，请联系社区。报过的名和服务记录都还在，以后可以加入别的社区。") % details,
        url=reverse("report_in:start"),
        sms=text + _("社区电话 %(phone)s。") % {"phone": area.phone} if area.phone else text,
    )
