"""Two accounts of one person become one: everything moves by the registry, and one closed account stays as a number."""

from django.db import IntegrityError, models, transaction

from portal.activities.actions import hold_same_shifts, settle_same_shifts
from portal.members.actions import close_merged, end_sessions, yield_memberships
from portal.members.models import User
from portal.personal_data.enums import OnClosing, OnMerging
from portal.personal_data.errors import ActedForError, OfficialAccountError, OwnAccountClosedError
from portal.personal_data.merging import acted_for, decided
from portal.personal_data.queries import posts_in_the_way, waiting_closing
from portal.personal_data.registry import Holding
from portal.points.actions import carry_over
from portal.records.actions import reverse_served_twice, yield_objections
from portal.records.models import ServiceRecord
from portal.report_in.actions import yield_report_ins
from portal.states import lock
from portal.teams.actions import leave as leave_team
from portal.teams.queries import memberships_of


def lock_both(one: User, other: User) -> tuple[User, User]:
    """Return both people as they are now, held; always locked in the same order."""
    held = {person.pk: lock(person) for person in sorted((one, other), key=lambda person: person.pk)}
    return held[one.pk], held[other.pk]


def refuse_to_merge(*, gone: User, kept: User) -> None:
    """Raise why the two accounts cannot become one, if there is a reason.

    Raises:
        PersonalDataError: one of its kinds for each reason.
    """
    if not kept.is_active or waiting_closing(kept):
        raise OwnAccountClosedError
    holds_office = gone.is_superuser or posts_in_the_way(gone).exists()
    if holds_office or any(holding.rows(gone).exists() for holding in decided(OnMerging.REFUSED)):
        raise OfficialAccountError
    if acted_for(gone=gone, kept=kept):
        raise ActedForError


@transaction.atomic
def merge(*, gone: User, kept: User, by: User, organiser: User) -> list[ServiceRecord]:
    """Move everything of ``gone`` to ``kept`` and close ``gone``; return the records that would have counted twice.

    Where both have the same, that of ``kept`` stands, and the other is ended as it would be otherwise. Those records
    are reversed in the name of ``organiser``. Idempotent. Locks both people, then the shifts they share.

    Raises:
        PersonalDataError: one of its kinds for each reason.
    """
    gone, kept = lock_both(gone, kept)
    if not gone.is_active:
        return []
    refuse_to_merge(gone=gone, kept=kept)
    hold_same_shifts(gone=gone, kept=kept)
    twice = reverse_served_twice(gone=gone, kept=kept, by=organiser)
    settle_same_shifts(gone=gone, kept=kept, by=organiser)
    _yield(gone, kept)
    end_sessions(person=gone, by=by)
    for holding in decided(OnMerging.DELETED):
        holding.rows(gone).delete()
    for holding in decided(OnMerging.MOVED):
        _move(holding, gone, kept)
    carry_over(gone=gone, kept=kept)
    close_merged(gone=gone, kept=kept, by=by)
    return twice


def _yield(gone: User, kept: User) -> None:
    own_teams = {membership.team_id for membership in memberships_of(kept)}
    for membership in memberships_of(gone):
        if membership.team_id in own_teams:
            leave_team(team=membership.team, person=gone)
    yield_objections(gone=gone, kept=kept)
    yield_report_ins(gone=gone, kept=kept)
    yield_memberships(gone=gone, kept=kept)


def _move(holding: Holding, gone: User, kept: User) -> None:
    """Move the rows; of what ``kept`` has already, its own stands: the other goes, or stays where it was."""
    rows = holding.rows(gone)
    try:
        with transaction.atomic():
            rows.update(**{holding.lookup: kept})
    except IntegrityError:
        for row in rows:
            _move_one(holding, row, kept)


def _move_one(holding: Holding, row: models.Model, kept: User) -> None:
    try:
        with transaction.atomic():
            holding.model_class._base_manager.filter(pk=row.pk).update(**{holding.lookup: kept})
    except IntegrityError:
        if holding.on_closing == OnClosing.DELETED:
            row.delete()
