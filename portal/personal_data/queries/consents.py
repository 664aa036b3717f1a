"""What a person has agreed to, from when until when."""

from dataclasses import dataclass

from django.db.models import QuerySet

from portal.members.enums import Purpose
from portal.members.models import Consent, User
from portal.personal_data.consents import ASKED, Asked
from portal.report_in.enums import OPEN
from portal.report_in.models import MemberReportIn


@dataclass(frozen=True)
class Choice:
    """One purpose and what the person said to it, newest first."""

    asked: Asked
    history: list[Consent]

    @property
    def is_given(self) -> bool:
        return any(consent.withdrawn_at is None for consent in self.history)


def choices_of(person: User) -> list[Choice]:
    """Return every purpose with what ``person`` said to it."""
    given = list(Consent.objects.filter(person=person).order_by("-given_at", "-pk"))
    return [Choice(asked, [consent for consent in given if consent.purpose == asked.purpose]) for asked in ASKED]


def is_given(person: User, purpose: Purpose) -> bool:
    """Return whether ``person`` agrees to ``purpose`` today."""
    return Consent.objects.filter(person=person, purpose=purpose, withdrawn_at__isnull=True).exists()


def report_ins_standing(person: User) -> QuerySet[MemberReportIn]:
    """Return the report-ins of ``person`` that wait or stand; they end with the consent to report in."""
    return MemberReportIn.objects.filter(person=person, state__in=OPEN).select_related("area").order_by("pk")
