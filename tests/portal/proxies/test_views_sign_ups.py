"""Beside a sign-up stands who entered it, for the member and for the organiser."""

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from portal.activities.enums import SignUpState
from portal.proxies.enums import EntryKind, EntryState
from tests.factories.activities import ShiftFactory, SignUpFactory
from tests.factories.organisations import PostFactory
from tests.factories.proxies import ProxyEntryFactory
from tests.portal.activities.counting import queries_for

pytestmark = pytest.mark.django_db

MINE, MARK = reverse("activities:mine"), "由周社工代为录入"


@pytest.fixture
def organiser():
    return PostFactory(person__name="周社工")


def entered(organiser, **about):
    sign_up = SignUpFactory(shift=ShiftFactory(activity__area=organiser.area), **about)
    entry_about(sign_up, organiser)
    return sign_up


def entry_about(sign_up, organiser, **said):
    said = {"kind": EntryKind.SIGN_UP} | said
    ProxyEntryFactory(
        residency=None,
        person=sign_up.member,
        area=organiser.area,
        entered_by=organiser.person,
        sign_up=sign_up,
        **said,
    )


@pytest.mark.parametrize("state", [SignUpState.CONFIRMED, SignUpState.REQUESTED])
def test_both_see_who_entered_it(client, organiser, state):
    sign_up = entered(organiser, state=state)

    client.force_login(sign_up.member)
    assertContains(client.get(MINE), MARK, count=1)
    client.force_login(organiser.person)
    assertContains(client.get(reverse("activities:people", args=[sign_up.shift.activity.code])), MARK, count=1)


def test_what_one_did_oneself_bears_no_mark(client, organiser):
    undone, came_back = (SignUpFactory() for _ in range(2))
    entry_about(undone, organiser, state=EntryState.UNDONE)
    entry_about(came_back, organiser)
    entry_about(came_back, organiser, kind=EntryKind.WITHDRAWAL)

    for sign_up in (undone, came_back, SignUpFactory()):
        client.force_login(sign_up.member)
        assertNotContains(client.get(MINE), "代为录入")


def test_the_marks_cost_one_query_however_many(client, organiser):
    sign_up = entered(organiser)
    people = reverse("activities:people", args=[sign_up.shift.activity.code])
    counts = []
    for _ in range(2):
        for person, address in ((sign_up.member, MINE), (organiser.person, people)):
            client.force_login(person)
            counts.append(queries_for(client, address))
        for one in (
            SignUpFactory(shift=sign_up.shift),
            SignUpFactory(member=sign_up.member, shift=ShiftFactory(activity=sign_up.shift.activity)),
        ):
            entry_about(one, organiser)

    assert counts[:2] == counts[2:]
