"""Forgetting a person everywhere, while the sums of what was done stay true under a number.

The order matters: what the person still holds is ended first, since that tells others by name; then the rows go or are
emptied as the registry says; then the traces in messages, log lines and jobs; the person's own row last.
"""

from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.models import Session
from django.db import models, transaction
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext as _
from wagtail.log_actions import log

from portal.activities.actions import withdraw as withdraw_sign_up
from portal.activities.errors import ActivityError
from portal.members.actions import withdraw_consent
from portal.members.enums import UNIT_MOVE_TRANSITIONS, Ending, Purpose, UnitMoveState
from portal.members.models import HomeMembership, RosterEntry, User
from portal.members.queries import open_moves
from portal.personal_data import queries
from portal.personal_data.actions.traces import GONE, Traces, wipe, wipe_rows
from portal.personal_data.enums import OnClosing
from portal.personal_data.registry import HOLDINGS, Holding
from portal.records.actions import withdraw_objection, withdraw_own_service
from portal.records.enums import ObjectionState, OwnServiceState
from portal.records.models import Objection, OwnService
from portal.report_in.actions import end_leave, end_own
from portal.report_in.actions import withdraw as withdraw_report_in
from portal.report_in.enums import PENDING, LeaveState, ReportInState
from portal.report_in.models import Leave, MemberReportIn
from portal.states import lock, move, save
from portal.teams.actions import leave as leave_team
from portal.teams.queries import memberships_of


@transaction.atomic
def erase(*, person: User) -> None:
    """Erase everything that names ``person``; their row stays as a number nobody can log in with. Locks the person."""
    person = lock(person)
    traces = Traces.of(person)
    _end_what_is_open(person)
    for membership in memberships_of(person):
        leave_team(team=membership.team, person=person)
    for holding in HOLDINGS:
        _forget(holding, person, traces)
    _end_sessions(person)
    _leave_a_number(person)
    log(person, "personal_data.user.erased")
    wipe(traces)


def _end_what_is_open(person: User) -> None:
    for sign_up in queries.signs_up_ahead(person):
        try:
            withdraw_sign_up(sign_up=sign_up, by=person, until_start=True)
        except ActivityError:  # begun meanwhile, or ticked as arrived: it is a fact by now
            continue
    _withdraw_what_waits(person)
    for report_in in MemberReportIn.objects.filter(person=person, state=ReportInState.ACCEPTED):
        end_own(report_in=report_in, by=person)
    for purpose in Purpose:
        withdraw_consent(person=person, purpose=purpose)
    _leave_units(person)


def _withdraw_what_waits(person: User) -> None:
    """Take back what lies in others' inboxes."""
    for report_in in MemberReportIn.objects.filter(person=person, state__in=PENDING):
        withdraw_report_in(report_in=report_in, by=person)
    for leave in Leave.objects.filter(person=person, state=LeaveState.REQUESTED):
        end_leave(leave=leave, by=person)
    for objection in Objection.objects.filter(objector=person, state=ObjectionState.OPEN):
        withdraw_objection(objection=objection, by=person)
    for service in OwnService.objects.filter(member=person, state=OwnServiceState.SUBMITTED):
        withdraw_own_service(service=service, by=person)


def _leave_units(person: User) -> None:
    for unit_move in open_moves(person):
        move(unit_move, to=UnitMoveState.WITHDRAWN, by=person, transitions=UNIT_MOVE_TRANSITIONS)
    for membership in HomeMembership.objects.filter(person=person, ends_on__isnull=True):
        membership.ends_on, membership.ending = max(timezone.localdate(), membership.starts_on), Ending.LEFT
        save(membership, action="ended", by=person)
    # The unit keeps its own list elsewhere; a row left here would open a new account at the next log-in.
    mine = models.Q(person=person) | models.Q(phone=person.phone)
    RosterEntry.objects.filter(mine).update(left_on=Coalesce("left_on", timezone.localdate()))


def _forget(holding: Holding, person: User, traces: Traces) -> None:
    rows = holding.rows(person)
    if holding.on_closing == OnClosing.DELETED:
        _delete_files(holding, rows)
        rows.delete()
        return
    if holding.ends:
        rows.filter(**{f"{holding.ends}__isnull": True}).update(**{holding.ends: timezone.now()})
    _empty(holding, rows)
    if holding.model != "members.User":
        wipe_rows(holding.rows(person), traces)
    if holding.on_closing == OnClosing.CUT and holding.is_direct:
        rows.update(**{holding.lookup: None})


def _delete_files(holding: Holding, rows: "models.QuerySet[models.Model]") -> None:
    names = [field.name for field in holding.model_class._meta.concrete_fields if isinstance(field, models.FileField)]
    for row in rows if names else ():
        for name in names:
            getattr(row, name).delete(save=False)


def _empty(holding: Holding, rows: "models.QuerySet[models.Model]") -> None:
    keys = list(rows.values_list("pk", flat=True)) if holding.blank else []
    for name in holding.blank:
        field = holding.model_class._meta.get_field(name)
        mine = holding.model_class._base_manager.filter(pk__in=keys)
        mine.exclude(**{name: ""}).update(**{name: _emptiness(field)})


def _emptiness(field: object) -> object:
    if isinstance(field, models.JSONField):
        return field.get_default()
    if isinstance(field, models.CharField | models.TextField):
        return "" if "phone" in field.name else GONE
    return None


def _end_sessions(person: User) -> None:
    # A session names its person only inside; there is no column to ask for.
    for session in Session.objects.iterator():
        store: SessionBase = session.get_session_store_class()()  # type: ignore[misc]  # the stubs know of sessions without a store
        if store.decode(session.session_data).get("_auth_user_id") == str(person.pk):
            session.delete()


def _leave_a_number(person: User) -> None:
    person.name = _("已注销用户 #%(number)s") % {"number": person.pk}
    person.phone, person.phone_verified_at, person.email, person.last_login = None, None, "", None
    person.is_active = person.is_superuser = False
    person.set_unusable_password()
    person.save()
