"""Two accounts of one person: what only one may have open is ended for the one that goes; then that one is closed."""

from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.actions.consents import withdraw_consent
from portal.members.actions.memberships import activate_from_roster
from portal.members.enums import UNIT_MOVE_TRANSITIONS, Ending, Purpose, UnitMoveState
from portal.members.models import Consent, HomeMembership, User
from portal.members.queries import open_moves
from portal.states import for_whom, move, note, save


def yield_memberships(*, gone: User, kept: User) -> None:
    """End the unit, the moves and the consents of ``gone`` that ``kept`` has too. The caller holds both people."""
    for consent in Consent.objects.filter(person=kept, withdrawn_at__isnull=True):
        withdraw_consent(person=gone, purpose=Purpose(consent.purpose))
    for unit_move in open_moves(gone):
        move(unit_move, to=UnitMoveState.WITHDRAWN, by=gone, transitions=UNIT_MOVE_TRANSITIONS)
    if HomeMembership.objects.filter(person=kept, ends_on__isnull=True).exists():
        for membership in HomeMembership.objects.filter(person=gone, ends_on__isnull=True):
            membership.ends_on, membership.ending = max(timezone.localdate(), membership.starts_on), Ending.LEFT
            save(membership, action="ended", by=gone)


def close_merged(*, gone: User, kept: User, by: User) -> None:
    """Leave of ``gone`` a number nobody logs in with; ``kept`` takes its name where it has none.

    The caller holds both people, and moved what ``gone`` had.
    """
    if not kept.name:
        kept.name = gone.name
        save(kept, action="named", by=by, only=["name"], data=for_whom(kept.pk, by))
    gone.name = _("已并入本人账户 #%(number)s") % {"number": gone.pk}
    gone.phone, gone.phone_verified_at, gone.email = None, None, ""
    gone.is_active = False
    gone.set_unusable_password()
    gone.save()
    note(kept, "members.user.merged", by=by, data={"from": gone.pk, **for_whom(kept.pk, by)})


def take_phone(*, person: User, phone: str, by: User) -> User:
    """Make the proved ``phone`` the one of ``person``, whose account was kept by others. The caller holds ``person``.

    Raises:
        django.db.IntegrityError: somebody else has it.
    """
    person.phone, person.phone_verified_at = phone, timezone.now()
    save(person, action="phone_changed", by=by, data=for_whom(person.pk, by))
    activate_from_roster(person=person)
    return person
