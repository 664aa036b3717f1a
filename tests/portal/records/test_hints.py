"""Odd patterns are pointed out to a person who answers for the place. Nothing changes by itself."""

from datetime import datetime, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from wagtail.models import ModelLogEntry

from portal.records import actions, queries
from portal.records.enums import HintRule, HintState
from portal.records.errors import HintAboutOneselfError, NoteMissingError
from portal.records.models import Hint, ServiceRecord
from tests.factories.activities import AttendanceFactory, ShiftFactory, SignUpFactory
from tests.factories.members import HomeMembershipFactory, UserFactory
from tests.factories.organisations import CommunityFactory, PostFactory, UnitFactory
from tests.factories.records import HintFactory, OwnServiceRecordFactory, ServiceRecordFactory

pytestmark = pytest.mark.django_db


def find():
    actions.find_hints(today=timezone.localdate())
    return {hint.rule: hint for hint in Hint.objects.all()}


def attended(member, *, starts_at, hours=2):
    shift = ShiftFactory(past=True, starts_at=starts_at, ends_at=starts_at + timedelta(hours=hours))
    attendance = AttendanceFactory(sign_up=SignUpFactory(shift=shift, member=member), closed_at=timezone.now())
    return ServiceRecordFactory(attendance=attendance, member=member)


@pytest.mark.parametrize(("apart", "is_found"), [(60, True), (110, False), (120, False)])
def test_one_person_at_two_places_at_once(apart, is_found):
    member, starts_at = UserFactory(), timezone.now() - timedelta(days=2)
    attended(member, starts_at=starts_at)
    attended(member, starts_at=starts_at + timedelta(minutes=apart))
    attended(UserFactory(), starts_at=starts_at)

    assert (HintRule.TWO_PLACES in find()) is is_found


@pytest.mark.parametrize(("minutes", "is_found"), [(960, False), (961, True)])
def test_a_very_long_day(minutes, is_found):
    member = UserFactory()
    for part in (600, minutes - 600):
        ServiceRecordFactory(member=member, minutes=part)

    found = find()

    assert (HintRule.LONG_DAY in found) is is_found
    if is_found:
        hint = found[HintRule.LONG_DAY]
        assert (hint.member, hint.facts["minutes"]) == (member, 961)


def test_two_colleagues_who_always_confirm_each_other(monkeypatch):
    monkeypatch.setattr("portal.records.queries.odd.PAIR_RECORDS", 10)
    recorder, confirmer = UserFactory.create_batch(2)
    ServiceRecordFactory.create_batch(9, recorded_by=recorder, confirmed_by=confirmer)
    ServiceRecordFactory(recorded_by=recorder)
    assert HintRule.SAME_TWO not in find()

    ServiceRecordFactory(recorded_by=recorder, confirmed_by=confirmer)

    hint = find()[HintRule.SAME_TWO]
    assert (hint.recorder, hint.confirmer) == (recorder, confirmer)
    assert hint.facts == {"number": 10, "percent": 90}


def test_own_services_that_are_all_alike():
    alike, varied = UserFactory.create_batch(2)
    OwnServiceRecordFactory.create_batch(10, member=alike, minutes=90)
    OwnServiceRecordFactory.create_batch(9, member=varied, minutes=90)
    OwnServiceRecordFactory(member=varied, minutes=91)

    actions.find_hints(today=timezone.localdate())

    assert [hint.member for hint in Hint.objects.filter(rule=HintRule.ALWAYS_ALIKE)] == [alike]


@pytest.mark.parametrize("is_fine", [True, False])
def test_that_it_was_fine_says_nothing_of_the_next_quarter(is_fine):
    OwnServiceRecordFactory.create_batch(10, member=UserFactory(), minutes=90)
    actions.find_hints(today=timezone.localdate())
    if is_fine:
        actions.look_at_hint(hint=Hint.objects.get(), state=HintState.FINE, by=UserFactory())

    assert actions.find_hints(today=timezone.localdate()) == 0
    assert actions.find_hints(today=timezone.localdate() + timedelta(days=93)) == is_fine


@pytest.mark.parametrize(("hour", "is_found"), [(23, True), (4, True), (5, False), (22, False)])
def test_many_confirmed_at_night(monkeypatch, hour, is_found):
    monkeypatch.setattr("portal.records.queries.odd.NIGHT_RECORDS", 3)
    at = timezone.make_aware(datetime(2026, 11, 20, hour, 30))
    confirmer = UserFactory()
    ServiceRecordFactory.create_batch(3, confirmed_by=confirmer, confirmed_at=at)

    assert (HintRule.AT_NIGHT in find()) is is_found


def test_a_night_is_one_across_midnight_and_named_by_its_evening(monkeypatch):
    monkeypatch.setattr("portal.records.queries.odd.NIGHT_RECORDS", 3)
    confirmer = UserFactory()
    for day, hour in ((20, 23), (21, 0), (21, 4)):
        at = timezone.make_aware(datetime(2026, 11, day, hour, 30))
        ServiceRecordFactory(confirmed_by=confirmer, confirmed_at=at)

    assert find()[HintRule.AT_NIGHT].facts == {"day": "2026-11-20", "number": 3}


def test_a_unit_whose_members_all_served_the_same(monkeypatch):
    monkeypatch.setattr("portal.records.queries.odd.UNIT_MEMBERS", 3)
    unit, other = UnitFactory(area=CommunityFactory()), UnitFactory(area=CommunityFactory())
    for place, lengths in ((unit, (120, 120, 120)), (other, (120, 120, 60))):
        for minutes in lengths:
            ServiceRecordFactory(member=HomeMembershipFactory(unit=place).person, minutes=minutes)

    hint = find()[HintRule.UNIT_ALIKE]

    assert (hint.area, hint.facts) == (unit.area, {"unit": unit.pk, "number": 3, "minutes": 120})
    assert unit.name in queries.sentences([hint])[0][1]


def test_looking_again_finds_nothing_new_and_no_record_changes():
    record = ServiceRecordFactory(minutes=1000)
    before = ServiceRecord.objects.values().get(pk=record.pk)

    assert [actions.find_hints(today=timezone.localdate()) for _again in range(2)] == [1, 0]
    assert ServiceRecord.objects.values().get(pk=record.pk) == before


def test_reversed_records_and_old_ones_are_left_alone():
    ServiceRecordFactory(minutes=1000, reversed=True)
    ServiceRecordFactory(minutes=1000, served_on=timezone.localdate() - timedelta(days=401))

    assert find() == {}


def test_the_clock_looks_once_a_day():
    assert actions.find_hints_daily(now=timezone.now()) == 0
    assert actions.find_hints_daily(now=timezone.now()) is None


def test_somebody_says_it_is_fine_and_it_is_logged_once():
    hint, colleague = HintFactory(), UserFactory()
    for _again in range(2):
        actions.look_at_hint(hint=hint, state=HintState.FINE, by=colleague)

    hint.refresh_from_db()
    assert (hint.state, hint.looked_by) == (HintState.FINE, colleague)
    assert ModelLogEntry.objects.filter(action="records.hint.fine", user=colleague).count() == 1


def test_a_closer_look_needs_a_word_and_nobody_judges_themselves():
    hint = HintFactory()
    with pytest.raises(NoteMissingError):
        actions.look_at_hint(hint=hint, state=HintState.CLOSER, by=UserFactory(), note=" ")
    with pytest.raises(HintAboutOneselfError):
        actions.look_at_hint(hint=hint, state=HintState.FINE, by=hint.member)


def test_only_whoever_answers_for_the_place_sees_them(client):
    hint = HintFactory(member__name="林远舟")
    page, one = reverse("records:hints"), reverse("records:hint", args=[hint.pk])
    assert client.get(page).status_code == 302
    client.force_login(hint.member)
    assert (client.get(page).status_code, client.get(one).status_code) == (403, 404)
    client.force_login(PostFactory(area=CommunityFactory()).person)
    assert (client.get(page).status_code, client.get(one).status_code) == (200, 404)
    client.force_login(PostFactory(area=hint.area).person)

    body = client.get(page).content.decode()

    assert "林*" in body
    assert "林远舟" not in body
    assert client.post(one, {"state": "closer"}).status_code == 422
    assert client.post(one, {"state": "fine"}).status_code == 302
    assert "现在没有要看的" in client.get(page).content.decode()
    assert "一天服务很久" in client.get(page, {"all": "1"}).content.decode()


def test_nobody_sees_one_about_themselves(client):
    post = PostFactory()
    HintFactory(area=post.area, member=None, confirmer=post.person)
    client.force_login(post.person)

    assert "现在没有要看的" in client.get(reverse("records:hints")).content.decode()


def test_three_cost_as_many_queries_as_one(django_assert_num_queries):
    post = PostFactory()
    for number in (1, 2):
        HintFactory.create_batch(number, area=post.area)
        found = queries.open_hints(post.person)  # asks for the posts of the person
        with django_assert_num_queries(1):
            list(queries.sentences(found))
