"""Two accounts of one person: what only one may have open is ended for the one that goes; then that one is closed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.actions.consents import withdraw_consent
from portal.members.actions.memberships import end_membership
from portal.members.actions.people import name_held
from portal.members.enums import UNIT_MOVE_TRANSITIONS, Ending, Purpose, UnitMoveState
from portal.members.models import Consent, HomeMembership, User
from portal.members.queries import open_moves
from portal.states import for_whom, move, note


def yield_memberships(*, gone: User, kept: User) -> None:
    """End the unit, the moves and the consents of ``gone`` that ``kept`` has too. The caller holds both people."""
    for consent in Consent.objects.filter(person=kept, withdrawn_at__isnull=True):
        withdraw_consent(person=gone, purpose=Purpose(consent.purpose))
    for unit_move in open_moves(gone):
        move(unit_move, to=UnitMoveState.WITHDRAWN, by=gone, transitions=UNIT_MOVE_TRANSITIONS)
    if HomeMembership.objects.filter(person=kept, ends_on__isnull=True).exists():
        for membership in HomeMembership.objects.filter(person=gone, ends_on__isnull=True):
            on = max(timezone.localdate(), membership.starts_on)
            end_membership(membership, on=on, ending=Ending.LEFT, by=gone, keeps_roster=True)  # the rows move


def close_merged(*, gone: User, kept: User, by: User) -> None:
    """Leave of ``gone`` a number nobody logs in with; ``kept`` takes its name where it has none.

    The caller holds both people, and moved what ``gone`` had.
    """
    name_held(kept, gone.name)
    gone.name = _("已并入本人账户 #%(number)s") % {"number": gone.pk}
    gone.phone, gone.phone_verified_at, gone.email = None, None, ""
    gone.is_active = False
    gone.set_unusable_password()
    gone.save()
    note(kept, "members.user.merged", by=by, data={"from": gone.pk, **for_whom(kept.pk, by)})
