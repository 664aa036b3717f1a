"""Whoever has a duty has a second factor before the first page of it."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.urls import reverse
from django.utils import timezone

from portal.members import queries
from portal.organisations.enums import Role
from tests.factories.factors import with_authenticator
from tests.factories.members import UserFactory
from tests.factories.organisations import PostFactory
from tests.portal.members.doors import HOME, come_in

pytestmark = pytest.mark.django_db

SECURITY = reverse("account_security")
DESK = reverse("wagtailadmin_home")


@pytest.fixture(autouse=True)
def _asked(settings):
    settings.MFA_REQUIRED = True
    settings.MFA_GRACE_DAYS = 0


def editor():
    person = UserFactory()
    person.user_permissions.add(Permission.objects.get(codename="access_admin"))
    return person


def holder(role):
    return PostFactory(role=role).person


@pytest.mark.parametrize("role", [Role.ORGANISER, Role.SUPERVISOR, Role.ADMINISTRATOR])
def test_a_post_leads_to_enrolment_before_anything_else(client, role):
    client.force_login(holder(role))

    assert client.get(HOME).url == SECURITY
    assert client.get(reverse("report_in:start")).url == SECURITY
    assert "您的职责要求两步验证" in client.get(SECURITY).text


@pytest.mark.parametrize("make", [editor, lambda: UserFactory(is_superuser=True)])
def test_the_editors_desk_is_closed_without_a_second_factor(client, make):
    client.force_login(make())

    assert client.get(DESK).url == SECURITY
    assert client.get(f"{DESK}pages/").url == SECURITY


def test_whoever_has_a_second_factor_goes_in(client):
    person = holder(Role.ORGANISER)
    with_authenticator(person)
    client.force_login(person)

    assert client.get(HOME).status_code == 200


def test_recovery_codes_alone_are_no_second_factor():
    person = holder(Role.ORGANISER)
    with_authenticator(person)
    queries.second_factors(person).delete()

    assert queries.lacks_second_factor(person)


@pytest.mark.parametrize("make", [UserFactory, lambda: PostFactory(unit_contact=True).person])
def test_members_and_unit_contacts_are_not_asked(client, make):
    client.force_login(make())

    assert client.get(HOME).status_code == 200


def test_the_roles_are_a_setting(settings, client):
    settings.MFA_REQUIRED_ROLES = [Role.UNIT_CONTACT]

    assert not queries.lacks_second_factor(holder(Role.ORGANISER))
    assert queries.lacks_second_factor(PostFactory(unit_contact=True).person)


def test_a_post_that_has_ended_asks_for_nothing():
    today = timezone.localdate()
    ended = PostFactory(starts_on=today - timedelta(days=9), ends_on=today - timedelta(days=1))

    assert not queries.lacks_second_factor(ended.person)


@pytest.mark.parametrize(("held_for", "is_asked"), [(6, False), (7, True)])
def test_the_grace_runs_from_the_day_of_the_post(settings, held_for, is_asked):
    settings.MFA_GRACE_DAYS = 7
    post = PostFactory(starts_on=timezone.localdate() - timedelta(days=held_for))

    assert queries.lacks_second_factor(post.person) == is_asked


def test_switched_off_nobody_is_asked(settings, client):
    settings.MFA_REQUIRED = False
    client.force_login(holder(Role.ORGANISER))

    assert client.get(HOME).status_code == 200


def test_logging_out_and_the_public_half_stay_open(client):
    client.force_login(holder(Role.ORGANISER))

    assert client.get(reverse("standing_page", args=["privacy"])).status_code == 200
    assert client.post(reverse("account_logout")).url == "/"


def test_the_last_factor_of_a_holder_stays(client):
    person = holder(Role.ORGANISER)
    come_in(client, person)
    with_authenticator(person)

    page = client.post(reverse("mfa_deactivate_totp"))

    assert "请先添加另一种" in page.text
    assert queries.second_factors(person).exists()


def test_whoever_has_a_second_factor_costs_one_question(django_assert_num_queries):
    person = holder(Role.ORGANISER)
    with_authenticator(person)

    with django_assert_num_queries(1):
        queries.lacks_second_factor(person)


def test_a_member_costs_two_questions_more_and_their_rights(django_assert_num_queries):
    person = UserFactory()

    with django_assert_num_queries(4):  # factors, posts, and the rights of the person and of their groups
        queries.lacks_second_factor(person)
