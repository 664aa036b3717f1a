import pytest
from django.db import IntegrityError, transaction
from wagtail.models import ModelLogEntry

from portal.members import actions, errors, queries
from portal.members.enums import Purpose
from portal.members.models import Consent, HomeMembership, User
from portal.notices.models import Message
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import UnitFactory

pytestmark = pytest.mark.django_db

LOG_IN_QUERIES = 19


def logged():
    return list(ModelLogEntry.objects.order_by("pk").values_list("action", flat=True))


def test_a_roster_row_meets_its_person():
    entry = RosterEntryFactory(name="李明")
    person = UserFactory(phone=entry.phone, name="")

    membership = actions.activate_from_roster(person=person)

    person.refresh_from_db()
    entry.refresh_from_db()
    assert (membership.person, membership.unit) == (person, entry.unit)
    assert entry.person == person
    assert person.name == "李明"
    assert queries.home_unit(person) == entry.unit
    assert entry.unit.name in Message.objects.get(recipient=person).title
    assert logged() == ["members.rosterentry.met", "members.user.named", "members.homemembership.opened"]


@pytest.mark.parametrize("rows", [1, 3])
def test_coming_in_and_meeting_ones_row_costs_few_queries(rows, django_assert_max_num_queries):
    phone = str(RosterEntryFactory().phone)
    RosterEntryFactory.create_batch(3, phone="+8613911112222")  # others
    RosterEntryFactory.create_batch(rows - 1, phone=phone)
    actions.open_account(phone=str(RosterEntryFactory().phone))  # what is asked once a process is known from here on

    with django_assert_max_num_queries(LOG_IN_QUERIES + (rows - 1)):
        person = actions.open_account(phone=phone)
        actions.verify_phone(person=person, phone=phone)
        actions.activate_from_roster(person=person)


def test_meeting_again_changes_nothing():
    person = UserFactory(phone=RosterEntryFactory().phone)
    actions.activate_from_roster(person=person)
    before = logged()

    assert actions.activate_from_roster(person=person) is None

    assert HomeMembership.objects.count() == Message.objects.count() == 1
    assert logged() == before


def test_a_name_one_has_is_kept():
    person = UserFactory(phone=RosterEntryFactory(name="李明").phone, name="李小明")

    actions.activate_from_roster(person=person)

    person.refresh_from_db()
    assert person.name == "李小明"


@pytest.mark.parametrize("person", [{"phone_verified_at": None}, {"is_active": False}])
def test_an_unproved_phone_or_a_closed_account_meets_nobody(person):
    entry = RosterEntryFactory()

    assert actions.activate_from_roster(person=UserFactory(phone=entry.phone, **person)) is None

    entry.refresh_from_db()
    assert entry.person is None
    assert not HomeMembership.objects.exists()


def test_a_row_that_left_the_roster_meets_nobody():
    entry = RosterEntryFactory(left_on="2020-01-01")

    assert actions.activate_from_roster(person=UserFactory(phone=entry.phone)) is None
    assert actions.open_account(phone=str(RosterEntryFactory(left_on="2020-01-01").phone)) is None


def test_two_rosters_open_nothing_until_one_is_chosen():
    first, second = RosterEntryFactory.create_batch(2, phone="+8613700000005")
    person = UserFactory(phone=first.phone)

    assert actions.activate_from_roster(person=person) is None
    assert queries.home_unit(person) is None
    assert set(queries.units_on_offer(person)) == {first.unit, second.unit}

    assert actions.choose_unit(person=person, unit=second.unit).unit == second.unit
    assert not queries.units_on_offer(person).exists()


def test_a_home_one_has_is_kept_when_another_roster_names_one():
    membership = HomeMembershipFactory()
    RosterEntryFactory(phone=membership.person.phone)

    assert actions.activate_from_roster(person=membership.person) is None
    assert queries.home_unit(membership.person) == membership.unit


def test_a_unit_that_does_not_know_one_cannot_be_chosen():
    person = UserFactory()

    with pytest.raises(errors.NotOnRosterError):
        actions.choose_unit(person=person, unit=UnitFactory())


def test_home_is_chosen_once():
    entry = RosterEntryFactory(person=UserFactory())
    actions.choose_unit(person=entry.person, unit=entry.unit)

    with pytest.raises(errors.HasUnitError):
        actions.choose_unit(person=entry.person, unit=entry.unit)


def test_the_database_allows_one_open_home():
    membership = HomeMembershipFactory()

    with pytest.raises(IntegrityError), transaction.atomic():
        HomeMembershipFactory(person=membership.person)


def test_an_account_is_opened_for_a_rostered_phone_only():
    entry = RosterEntryFactory()

    person = actions.open_account(phone=str(entry.phone))

    assert person is not None
    assert not person.has_usable_password()
    assert not person.name
    assert person.phone_verified_at is None
    assert actions.open_account(phone=str(entry.phone)) == person
    assert actions.open_account(phone="+8613700000001") is None
    assert logged() == ["members.user.opened"]


def test_signing_up_twice_makes_one_person():
    assert actions.sign_up(phone="+8613700000001") == actions.sign_up(phone="+8613700000001")
    assert User.objects.count() == 1


def test_losing_the_race_for_an_account_finds_the_winners():
    winner = UserFactory(phone="+8613700000001")

    assert actions.accounts._create(phone="+8613700000001") == winner


def test_consent_is_given_replaced_and_withdrawn():
    person = UserFactory()

    first = actions.give_consent(person=person, purpose=Purpose.REPORT_IN, text_version="1")
    second = actions.give_consent(person=person, purpose=Purpose.REPORT_IN, text_version="2")
    first.refresh_from_db()
    assert first.withdrawn_at is not None
    assert Consent.objects.get(withdrawn_at__isnull=True) == second

    actions.withdraw_consent(person=person, purpose=Purpose.REPORT_IN)
    actions.withdraw_consent(person=person, purpose=Purpose.REPORT_IN)
    assert not Consent.objects.filter(withdrawn_at__isnull=True).exists()
    assert logged() == ["members.consent.given", "members.consent.withdrawn"] * 2
