"""There is one door: no other log-in view answers, and the editors' desk asks for the second step like all else."""

import pytest
from django.urls import NoReverseMatch, reverse

from portal.members.models import User
from tests.factories.factors import shown_code, with_authenticator
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import CONFIRM, LOG_IN, REQUEST, ask, is_logged_in, last_code

pytestmark = pytest.mark.django_db

DESK = reverse("wagtailadmin_home")


@pytest.mark.parametrize("path", ["/cms/", "/cms/pages/", "/cms/login/", "/cms/account/"])
def test_the_editors_desk_leads_to_the_one_door(client, path):
    answer = client.get(path, follow=True)

    assert answer.request["PATH_INFO"] == REQUEST


@pytest.mark.parametrize("path", ["/cms/login/", "/_util/login/", "/admin/login/", "/admin/", "/django-admin/"])
def test_a_password_posted_elsewhere_opens_nothing(client, path):
    person: User = UserFactory(is_superuser=True)

    answer = client.post(path, {"username": str(person.phone), "password": PASSWORD, "login": str(person.phone)})

    assert answer.status_code in (302, 403, 404, 405)
    assert not is_logged_in(client)


@pytest.mark.parametrize("path", ["/cms/password_reset/", "/account/password/reset/"])
def test_no_password_is_reset_by_mail(client, path):
    assert client.post(path, {"email": "lin@example.org"}).status_code in (302, 403, 404)


def test_djangos_own_admin_is_absent():
    with pytest.raises(NoReverseMatch):
        reverse("admin:login")


@pytest.mark.parametrize("by", ["code", "password"])
def test_an_editor_comes_to_the_desk_by_the_second_step(client, settings, by):
    settings.MFA_REQUIRED = True
    editor = UserFactory(is_superuser=True)
    with_authenticator(editor)
    if by == "code":
        ask(client, editor.phone)
        client.post(CONFIRM, {"code": last_code()})
    else:
        client.post(LOG_IN, {"login": str(editor.phone), "password": PASSWORD})
    assert client.get(DESK).status_code == 302

    client.post(reverse("mfa_authenticate"), {"code": shown_code()})

    assert client.get(DESK).status_code == 200
