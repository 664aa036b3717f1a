"""Switching a purpose on and off, and what follows from it."""

from django.db import transaction

from portal.members.actions import give_consent, withdraw_consent
from portal.members.enums import Purpose, Visibility
from portal.members.models import Profile, User
from portal.personal_data import queries
from portal.personal_data.consents import asked_for
from portal.personal_data.errors import AskedElsewhereError
from portal.report_in.actions import end_own
from portal.report_in.actions import withdraw as withdraw_report_in
from portal.report_in.enums import OPEN, PENDING, ReportInState
from portal.report_in.models import MemberReportIn
from portal.states import lock, save


@transaction.atomic
def give(*, person: User, purpose: Purpose) -> None:
    """Note that ``person`` agrees to ``purpose`` in the words of today. Locks the person. Idempotent.

    Raises:
        AskedElsewhereError: this yes belongs to another page.
    """
    asked = asked_for(purpose)
    if asked is None or not asked.by_switch:
        raise AskedElsewhereError
    person = lock(person)
    if not queries.is_given(person, purpose):
        give_consent(person=person, purpose=purpose, text_version=asked.version)


@transaction.atomic
def withdraw(*, person: User, purpose: Purpose) -> None:
    """End the consent of ``person`` to ``purpose`` and what stands on it. Locks the person. Idempotent.

    Without the consent to report in no report-in stands: those that wait are taken back, those accepted end, and
    community and unit are told.
    """
    person = lock(person)
    if purpose == Purpose.REPORT_IN:
        _end_report_ins(person)
    if purpose == Purpose.SKILLS:
        _hide_skills(person)
    withdraw_consent(person=person, purpose=purpose)


def _end_report_ins(person: User) -> None:
    mine = MemberReportIn.objects.filter(person=person, state__in=OPEN)
    for report_in in mine.filter(state__in=PENDING):
        withdraw_report_in(report_in=report_in, by=person)
    for report_in in mine.filter(state=ReportInState.ACCEPTED):
        end_own(report_in=report_in, by=person)


def _hide_skills(person: User) -> None:
    profile = Profile.objects.filter(person=person).exclude(skills_seen_by=Visibility.ONLY_ME).first()
    if profile:
        profile.skills_seen_by = Visibility.ONLY_ME
        save(profile, action="edited", by=person)
