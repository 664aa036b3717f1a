"""Pages of stand-ins, swaps and group places: who may open them, and what they do."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains, assertRedirects

from portal.activities.actions import ask_for_cover, hold_places, start_series, take_cover
from portal.activities.enums import Audience, Frequency, SignUpState
from portal.activities.models import CoverAsk, GroupPlaces, Shift, SignUp
from portal.activities.recurring import Recurrence, on_day
from tests.factories.activities import ActivityFactory, ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import PostFactory, UnitFactory
from tests.portal.activities.queues import state_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def member(client):
    person = UserFactory()
    client.force_login(person)
    return person


def organiser_of(activity, client):
    person = PostFactory(area=activity.area).person
    client.force_login(person)
    return person


def contact_of(unit, client):
    person = PostFactory(unit=unit, area=None, role="unit_contact").person
    client.force_login(person)
    return person


def test_one_who_cannot_come_asks_and_one_who_was_asked_takes_over(client, member):
    mine = SignUpFactory(member=member)
    client.post(reverse("activities:ask_cover", args=[mine.pk]), {"reason": "出差"})
    cover = mine.covers.get()
    assertContains(client.get(reverse("activities:mine")), "正在找人顶替")

    url = reverse("activities:cover", args=[cover.pk])
    helper = UserFactory()
    client.force_login(helper)
    assert client.get(url).status_code == 404
    CoverAsk.objects.create(request=cover, member=helper)
    assertContains(client.get(reverse("activities:mine")), url)
    assertContains(client.get(url), "好，我来")
    client.post(url, {"answer": "take"})

    assert state_of(mine) == SignUpState.WITHDRAWN
    assert SignUp.objects.get(member=helper).state == SignUpState.CONFIRMED


def test_a_date_of_a_series_is_swapped_for_another_of_it(client, member):
    day = timezone.localdate() + timedelta(days=3)
    first = ActivityFactory()
    ShiftFactory(activity=first, capacity=1, starts_at=on_day(day, time(9)), ends_at=on_day(day, time(11)))
    series = start_series(activity=first, by=first.created_by, rule=Recurrence(day, Frequency.WEEKLY, count=3))
    one, other, last = Shift.objects.filter(activity__series=series).order_by("starts_at")
    mine, theirs = SignUpFactory(shift=one, member=member), SignUpFactory(shift=other)
    ask = reverse("activities:ask_cover", args=[mine.pk])
    assertNotContains(client.get(ask), f'value="{one.pk}"')
    assertContains(client.get(ask), f'value="{last.pk}"')

    client.post(ask, {"wanted": other.pk})
    take_cover(request=mine.covers.get(), by=theirs.member)

    places = SignUp.objects.filter(state=SignUpState.CONFIRMED).values_list("shift", "member")
    assert set(places) == {(one.pk, theirs.member_id), (other.pk, member.pk)}


def test_saying_no_is_enough(client, member):
    mine = SignUpFactory()
    cover = ask_for_cover(sign_up=mine, by=mine.member)
    CoverAsk.objects.create(request=cover, member=member)

    client.post(reverse("activities:cover", args=[cover.pk]), {"answer": "decline"})

    assertNotContains(client.get(reverse("activities:mine")), reverse("activities:cover", args=[cover.pk]))


def test_one_who_pressed_no_button_is_still_asked(client, member):
    mine = SignUpFactory()
    cover = ask_for_cover(sign_up=mine, by=mine.member)
    CoverAsk.objects.create(request=cover, member=member)
    url = reverse("activities:cover", args=[cover.pk])

    assertRedirects(client.post(url), url)

    assert not CoverAsk.objects.filter(declined_at__isnull=False).exists()


def test_only_the_one_who_looks_may_stop_looking(client, member):
    mine = SignUpFactory()
    cover = ask_for_cover(sign_up=mine, by=mine.member)
    url = reverse("activities:end_cover", args=[cover.pk])

    assert client.post(url).status_code == 404
    client.force_login(mine.member)
    client.post(url)
    cover.refresh_from_db()
    assert not cover.is_open


def test_the_organiser_has_more_people_asked(client):
    mine = SignUpFactory()
    cover = ask_for_cover(sign_up=mine, by=mine.member, reason="出差")
    url = reverse("activities:more_cover", args=[cover.pk])
    client.force_login(UserFactory())
    assert client.post(url).status_code == 404

    organiser_of(mine.shift.activity, client)
    assertContains(client.get(reverse("activities:people", args=[mine.shift.activity.code])), "出差")
    assertRedirects(client.post(url), reverse("activities:people", args=[mine.shift.activity.code]))


def test_groups_are_for_contacts(client, member):
    assert client.get(reverse("activities:groups")).status_code == 403
    assert client.get(reverse("activities:hold", args=[ShiftFactory().pk])).status_code == 403


def test_what_is_for_named_people_is_not_told_to_every_contact(client):
    shown, listed = ShiftFactory(), ShiftFactory(activity__audience=Audience.LISTED)
    contact_of(UnitFactory(), client)

    page = client.get(reverse("activities:groups"))

    assertContains(page, shown.activity.title)
    assertNotContains(page, listed.activity.title)


def test_a_contact_holds_places_names_people_and_gives_the_rest_back(client):
    unit = UnitFactory()
    contact_of(unit, client)
    colleague = HomeMembershipFactory(unit=unit).person
    shift = ShiftFactory(capacity=3)
    until = timezone.localtime(timezone.now() + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M")
    over = {"unit": unit.pk, "held": 2, "name_until": "2024-01-01T08:00"}
    assertContains(client.post(reverse("activities:hold", args=[shift.pk]), over), "已经过了", status_code=422)

    client.post(reverse("activities:hold", args=[shift.pk]), {"unit": unit.pk, "held": 2, "name_until": until})
    group = GroupPlaces.objects.get()
    url = reverse("activities:group", args=[group.pk])
    assertContains(client.get(reverse("activities:groups")), url)
    assertContains(client.get(url), colleague.name)
    client.post(url, {"members": [colleague.pk]})
    client.post(reverse("activities:release_group", args=[group.pk]))

    shift.refresh_from_db()
    assert (SignUp.objects.get().group, shift.places_taken) == (group, 1)


def test_anothers_group_is_not_there(client):
    shift = ShiftFactory()
    group = hold_places(
        shift=shift, unit=UnitFactory(), by=UserFactory(), held=1, name_until=shift.starts_at - timedelta(hours=1)
    )
    contact_of(UnitFactory(), client)

    assert client.get(reverse("activities:group", args=[group.pk])).status_code == 404
    assert client.post(reverse("activities:release_group", args=[group.pk])).status_code == 404
