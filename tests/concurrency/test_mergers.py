"""Whoever reports in, answers or leaves while a community becomes another: nobody is left where nobody answers."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from portal.activities.actions import activities, create_activity
from portal.activities.models import Activity
from portal.notices.models import Message
from portal.organisations.actions import merge_areas
from portal.organisations.models import Area
from portal.organisations.signals import area_merged
from portal.proxies.actions import Mandate, invite_by_cards, joinings, redeem, report_in_for
from portal.proxies.enums import ConsentKind
from portal.proxies.errors import CommunityEndedError
from portal.proxies.models import ResidentVolunteer
from portal.report_in.actions import (
    UnitOffer,
    accept,
    answering,
    ask_to_move,
    report_in_for_a_time,
    report_unit_in,
    rows,
    submit_report_in,
    submitting,
    unit_report_ins,
    withdraw,
)
from portal.report_in.enums import OPEN, OPEN_UNITS, ReportInKind, ReportInState, TemporaryReason
from portal.report_in.errors import NotACommunityError
from portal.report_in.models import MemberReportIn, UnitReportIn
from tests.concurrency.meeting import Meeting
from tests.concurrency.race import race
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory
from tests.factories.proxies import ManagedPersonFactory
from tests.factories.report_in import MemberReportInFactory, MoveFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]

Send = Callable[[], object]


def resident(area: Area) -> Send:
    person = HomeMembershipFactory().person
    return lambda: submit_report_in(person=person, area=area)


def mover(area: Area) -> Send:
    person = MemberReportInFactory(accepted=True).person
    return lambda: ask_to_move(person=person, area=area)


def guest(area: Area) -> Send:
    person, today = HomeMembershipFactory().person, timezone.localdate()
    until = today + timedelta(days=30)
    return lambda: report_in_for_a_time(
        person=person, area=area, reason=TemporaryReason.FAMILY, starts_on=today, expires_on=until
    )


def entered(area: Area) -> Send:
    person = ManagedPersonFactory(area=area).person
    HomeMembershipFactory(person=person)
    mandate = Mandate(by=PostFactory(area=area).person, area=area, consent=ConsentKind.PAPER)
    return lambda: report_in_for(person=person, mandate=mandate)


def unit(area: Area) -> Send:
    one, by = UnitFactory(), UserFactory()
    return lambda: report_unit_in(unit=one, areas=[area], offer=UnitOffer("何静宜", "010-5550 0101"), by=by)


def card(area: Area) -> Send:
    cards, _shown = invite_by_cards(place=area, by=PostFactory(area=area).person)
    code, person = cards.codes.all()[0], UserFactory()
    return lambda: redeem(code=code, person=person)


def draft(area: Area) -> Send:
    by = PostFactory(area=area).person
    return lambda: create_activity(area=area, by=by, title="楼道清洁")


# What is sent, and what it asks last before it writes.
SENT = {
    "resident": (resident, submitting, "give_consent"),
    "mover": (mover, submitting, "give_consent"),
    "guest": (guest, submitting, "give_consent"),
    "entered": (entered, submitting, "give_consent"),
    "unit": (unit, unit_report_ins, "open_areas_of"),
    "card": (card, joinings, "community_of"),
    "draft": (draft, activities, "begin"),
}
FOLLOWS = ("card", "draft")


def sent(send: Send) -> bool:
    try:
        send()
    except (NotACommunityError, CommunityEndedError):
        return False
    return True


def left_behind(before: Area) -> int:
    return (
        MemberReportIn.objects.filter(area=before, state__in=OPEN).count()
        + UnitReportIn.objects.filter(area=before, state__in=OPEN_UNITS).count()
        + ResidentVolunteer.objects.filter(area=before, left_at__isnull=True).count()
        + Activity.objects.filter(area=before).count()
    )


def arrived(after: Area) -> int:
    return left_behind(after)


@contextmanager
def stopping_the_merger(meeting: Meeting) -> Iterator[None]:
    """Let a merger stop once everything has followed, before it is committed."""

    def stop(**kwargs: Any) -> None:
        meeting.pause()

    area_merged.connect(stop, weak=False)
    try:
        yield
    finally:
        area_merged.disconnect(stop)


@pytest.mark.parametrize("what", SENT)
def test_what_is_sent_just_before_goes_along(what: str, monkeypatch: pytest.MonkeyPatch):
    before, after, meeting = CommunityFactory(), CommunityFactory(), Meeting()
    make, room, last_question = SENT[what]
    send = make(before)
    meeting.stops(monkeypatch, room, last_question)

    outcomes = race(
        lambda act: act(),
        [lambda: sent(send), lambda: meeting.second(lambda: merge_areas(areas=[before], into=after, by=None))],
        threads=2,
    )

    assert outcomes[0] is True
    assert (left_behind(before), arrived(after)) == (0, 1)


@pytest.mark.parametrize("what", SENT)
def test_what_is_sent_just_after_is_refused_or_goes_to_the_community_that_follows(what: str):
    before, after, meeting = CommunityFactory(), CommunityFactory(), Meeting()
    send = SENT[what][0](before)

    with stopping_the_merger(meeting):
        outcomes = race(
            lambda act: act(),
            [lambda: merge_areas(areas=[before], into=after, by=None), lambda: meeting.second(lambda: sent(send))],
            threads=2,
        )

    assert (left_behind(before), arrived(after)) == (0, int(outcomes[1]))
    assert outcomes[1] is (what in FOLLOWS)


def test_what_is_withdrawn_meanwhile_stays_withdrawn(monkeypatch: pytest.MonkeyPatch):
    waiting, after, meeting = MemberReportInFactory(), CommunityFactory(), Meeting()
    meeting.stops(monkeypatch, rows, "end_consent")

    race(
        lambda act: act(),
        [
            lambda: withdraw(report_in=waiting, by=waiting.person),
            lambda: meeting.second(lambda: merge_areas(areas=[waiting.area], into=after, by=None)),
        ],
        threads=2,
    )

    assert MemberReportIn.objects.get().state == ReportInState.WITHDRAWN
    assert not Message.objects.filter(recipient=waiting.person, title__contains="承接").exists()


def test_what_is_accepted_meanwhile_goes_along_as_accepted(monkeypatch: pytest.MonkeyPatch):
    waiting, after, meeting = MemberReportInFactory(), CommunityFactory(), Meeting()
    before = waiting.area
    meeting.stops(monkeypatch, answering, "tell")

    race(
        lambda act: act(),
        [
            lambda: accept(report_in=waiting, by=UserFactory()),
            lambda: meeting.second(lambda: merge_areas(areas=[before], into=after, by=None)),
        ],
        threads=2,
    )

    assert dict(MemberReportIn.objects.values_list("area", "state")) == {
        before.pk: ReportInState.MOVED,
        after.pk: ReportInState.ACCEPTED,
    }


def test_whoever_is_accepted_just_after_is_accepted_in_the_community_that_follows():
    waiting, after, meeting = MemberReportInFactory(), CommunityFactory(), Meeting()

    with stopping_the_merger(meeting):
        race(
            lambda act: act(),
            [
                lambda: merge_areas(areas=[waiting.area], into=after, by=None),
                lambda: meeting.second(lambda: accept(report_in=waiting, by=UserFactory())),
            ],
            threads=2,
        )

    waiting.refresh_from_db()
    assert (waiting.area, waiting.state) == (after, ReportInState.ACCEPTED)


def test_whoever_moves_away_meanwhile_is_not_taken_along(monkeypatch: pytest.MonkeyPatch):
    move, after, meeting = MoveFactory(), CommunityFactory(), Meeting()
    home = move.moves_from
    meeting.stops(monkeypatch, answering, "tell")

    race(
        lambda act: act(),
        [
            lambda: accept(report_in=move, by=UserFactory()),
            lambda: meeting.second(lambda: merge_areas(areas=[home.area], into=after, by=None)),
        ],
        threads=2,
    )

    home.refresh_from_db()
    standing = MemberReportIn.objects.get(person=home.person, state__in=OPEN)
    assert home.state == ReportInState.MOVED
    assert (standing.pk, standing.kind) == (move.pk, ReportInKind.RESIDENCE)
    assert not arrived(after)
