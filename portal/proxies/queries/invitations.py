"""Who was invited where, and who came."""

from django.db.models import Q, QuerySet, Sum
from django.utils import timezone

from portal.members.models import User
from portal.organisations.enums import Action
from portal.organisations.models import Area, Unit
from portal.organisations.permissions import areas_for, units_for
from portal.organisations.queries import communities
from portal.proxies import codes
from portal.proxies.enums import JoiningState
from portal.proxies.models import Invitation, InvitationCode, Joining


def invitable_areas(person: User) -> QuerySet[Area]:
    return communities().filter(pk__in=areas_for(person, Action.INVITE))


def invitable_units(person: User) -> QuerySet[Unit]:
    return units_for(person, Action.INVITE).filter(ends_on__isnull=True).order_by("path")


def invitations_of(person: User) -> QuerySet[Invitation]:
    """Return the invitations to the places ``person`` may invite to, newest first, with ``used`` and ``room``."""
    ours = Q(area__in=areas_for(person, Action.INVITE)) | Q(unit__in=units_for(person, Action.INVITE))
    return (
        Invitation.objects.filter(ours)
        .select_related("area", "unit", "issued_by")
        .annotate(used=Sum("codes__uses"), room=Sum("codes__max_uses"))
        .order_by("-issued_at", "-pk")
    )


def open_invitations_of(unit: Unit) -> QuerySet[Invitation]:
    """Return the invitations to ``unit`` whose codes still let somebody in."""
    return Invitation.objects.filter(unit=unit, revoked_at__isnull=True, expires_at__gt=timezone.now())


def waiting_for(unit: Unit) -> QuerySet[Joining]:
    """Return who came by an invitation to ``unit`` and waits to be confirmed."""
    return Joining.objects.filter(state=JoiningState.WAITING, code__invitation__unit=unit)


def joinings_to_confirm(person: User) -> QuerySet[Joining]:
    """Return who came by invitation to a unit of ``person`` and waits to be confirmed, first come first."""
    return (
        Joining.objects.filter(
            state=JoiningState.WAITING, code__invitation__unit__in=units_for(person, Action.KEEP_ROSTER)
        )
        .exclude(person=person)
        .select_related("person", "roster_entry", "code__invitation__unit")
        .order_by("joined_at", "pk")
    )


def joinings_by(invitation: Invitation) -> QuerySet[Joining]:
    """Return who came by ``invitation``, newest first."""
    return Joining.objects.filter(code__invitation=invitation).select_related("person")


def code_row(text: str) -> InvitationCode | None:
    """Return the row of the code somebody typed, if it can be used now."""
    code = codes.read_code(text)
    row = (
        InvitationCode.objects.filter(digest=codes.digest_of(code))
        .select_related("invitation__area", "invitation__unit")
        .first()
    )
    return row if code and row and row.is_usable else None
