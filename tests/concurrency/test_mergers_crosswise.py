"""Mergers beside moves, other mergers and lists of people: nobody waits crosswise."""

from collections.abc import Callable
from typing import Any

import pytest
from django.db import transaction

from portal.activities.actions import following as activities_following
from portal.activities.actions.locks import lock_people
from portal.activities.enums import RuleKind
from portal.activities.models import Activity, EntryRule
from portal.organisations.actions import merge_areas
from portal.proxies.actions import following as proxies_following
from portal.report_in.actions import (
    ask_to_move,
    rows,
)
from portal.report_in.errors import SameCommunityError
from portal.report_in.models import MemberReportIn
from tests.concurrency.meeting import Meeting
from tests.concurrency.race import race
from tests.concurrency.test_mergers import arrived, left_behind
from tests.factories.activities import ActivityFactory
from tests.factories.members import UserFactory
from tests.factories.organisations import CommunityFactory
from tests.factories.proxies import ResidentVolunteerFactory
from tests.factories.report_in import MemberReportInFactory

pytestmark = [pytest.mark.concurrency, pytest.mark.usefixtures("committed")]


def test_whoever_moves_into_what_their_community_becomes_waits_for_nobody_crosswise():
    after = CommunityFactory()
    people = [MemberReportInFactory(accepted=True) for _ in range(5)]
    before = people[0].area
    MemberReportIn.objects.update(area=before)

    def act(turn: int) -> bool:
        if turn == 2:
            return bool(merge_areas(areas=[before], into=after, by=None))
        try:
            return bool(ask_to_move(person=people[turn].person, area=after))
        except SameCommunityError:  # they live there already
            return False

    race(act, range(5), threads=5)

    assert not left_behind(before)


@pytest.mark.parametrize("make", [MemberReportInFactory, ResidentVolunteerFactory])
def test_people_are_held_in_the_order_of_their_keys_and_not_of_their_rows(
    make: Callable[..., Any], monkeypatch: pytest.MonkeyPatch
):
    before, after, meeting = CommunityFactory(), CommunityFactory(), Meeting()
    people = UserFactory.create_batch(2)
    for person in reversed(people):  # the later person came first
        make(area=before, person=person)
    room = proxies_following if make is ResidentVolunteerFactory else rows
    meeting.stops(monkeypatch, room, "lock", after=True)

    def hold_both() -> None:
        with transaction.atomic():
            lock_people(people)

    race(
        lambda act: act(),
        [lambda: merge_areas(areas=[before], into=after, by=None), lambda: meeting.second(hold_both)],
        threads=2,
    )

    assert (left_behind(before), arrived(after)) == (0, 2)


def test_two_mergers_each_with_an_activity_for_the_people_of_the_other_wait_for_nobody_crosswise(
    monkeypatch: pytest.MonkeyPatch,
):
    befores, afters, meeting = CommunityFactory.create_batch(2), CommunityFactory.create_batch(2), Meeting()
    first, second = (ActivityFactory(area=area, draft=True) for area in befores)
    for activity, area in ((first, befores[1]), (second, befores[0])):
        EntryRule.objects.create(activity=activity, kind=RuleKind.AREA, area=area)
    meeting.stops(monkeypatch, activities_following, "_held", after=True)

    race(
        lambda act: act(),
        [
            lambda: merge_areas(areas=[befores[0]], into=afters[0], by=None),
            lambda: meeting.second(lambda: merge_areas(areas=[befores[1]], into=afters[1], by=None)),
        ],
        threads=2,
    )

    assert dict(Activity.objects.values_list("pk", "area")) == {first.pk: afters[0].pk, second.pk: afters[1].pk}
    assert dict(EntryRule.objects.values_list("activity", "area")) == {first.pk: afters[1].pk, second.pk: afters[0].pk}
