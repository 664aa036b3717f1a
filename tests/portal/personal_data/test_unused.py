"""Accounts that somebody asked for and nobody opened go; one that belongs to anybody stays."""

from datetime import timedelta

import pytest
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from portal.members.actions import sign_up, verify_phone
from portal.members.models import User
from portal.personal_data.actions import retain
from tests.factories.members import HomeMembershipFactory, RosterEntryFactory, UserFactory
from tests.factories.organisations import PostFactory
from tests.factories.personal_data import LegalHoldFactory
from tests.factories.proxies import ManagedPersonFactory

pytestmark = pytest.mark.django_db


def retained(key, settings, **how):
    now = timezone.now() + timedelta(days=settings.UNPROVED_ACCOUNTS_KEPT_DAYS, hours=1)
    return next(outcome for outcome in retain(now=now, **how) if outcome.key == key)


def asked_for(number=1):
    """Return the account of a phone that somebody typed."""
    return sign_up(phone=f"+86137{number:08}")


def test_an_account_nobody_opened_goes_and_its_phone_is_free(settings):
    person = asked_for()

    assert retained("unproved_accounts", settings, dry_run=True).due == 1
    assert User.objects.filter(pk=person.pk).exists()
    assert retained("unproved_accounts", settings).gone == 1

    assert not User.objects.filter(pk=person.pk).exists()
    assert sign_up(phone=str(person.phone)).pk != person.pk


def test_the_roster_opens_it_again_for_whoever_stands_on_it(settings):
    row = RosterEntryFactory(phone="+8613700000001")
    first = asked_for()

    assert retained("unproved_accounts", settings).gone == 1

    verify_phone(person=(again := asked_for()), phone=str(row.phone))
    assert again.pk != first.pk


@pytest.mark.parametrize(
    "opened",
    [
        lambda person: verify_phone(person=person, phone=str(person.phone)),
        lambda person: User.objects.filter(pk=person.pk).update(last_login=timezone.now()),
        lambda person: User.objects.filter(pk=person.pk).update(is_superuser=True),
        lambda person: User.objects.filter(pk=person.pk).update(phone=None),
        lambda person: User.objects.filter(pk=person.pk).update(password="pbkdf2_sha256$1$a$b"),
        lambda person: ManagedPersonFactory(person=person),
        lambda person: HomeMembershipFactory(person=person),
        lambda person: RosterEntryFactory(person=person),
        lambda person: PostFactory(person=person),
        lambda person: LegalHoldFactory(person=person),
    ],
    ids=["proved", "logged in", "superuser", "no phone", "password", "managed", "member", "row", "post", "held"],
)
def test_what_belongs_to_somebody_stays(opened, settings):
    person = asked_for()
    opened(person)

    assert retained("unproved_accounts", settings).due == 0
    assert User.objects.filter(pk=person.pk).exists()


def test_no_setting_takes_an_account_from_under_a_code_on_its_way(settings):
    settings.UNPROVED_ACCOUNTS_KEPT_DAYS = 0
    asked_for()

    assert retained("unproved_accounts", settings).due == 0


def test_the_number_of_questions_is_the_same_for_few_and_for_many(settings):
    def questions(number):
        for each in range(number):
            asked_for(each)
        with CaptureQueriesContext(connection) as found:
            assert retained("unproved_accounts", settings).gone == number
        return len(found)

    questions(1)  # what is kept in memory afterwards
    assert questions(2) == questions(20)


def test_a_device_goes_with_its_log_in_and_stays_as_long_as_that(settings):
    alive, over = (
        Session.objects.create(
            session_key=letter * 32, session_data="", expire_date=timezone.now() + timedelta(days=days)
        )
        for letter, days in (("a", 99), ("b", 3))
    )
    for session in (alive, over):
        UserSession.objects.create(user=UserFactory(), ip="10.0.0.0", session_key=session.session_key)
    UserSession.objects.create(user=UserFactory(), ip="10.0.0.0", session_key="c" * 32)  # logged out

    outcome = retained("devices", settings)

    assert outcome.gone == 2
    assert UserSession.objects.get().session_key == alive.session_key
