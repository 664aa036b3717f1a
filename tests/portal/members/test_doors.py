"""Passwords, logging out, and where one comes to."""

import pytest
from django.urls import reverse

from portal.members.models import User
from tests.factories.members import PASSWORD, UserFactory
from tests.portal.members.doors import CONFIRM, HOME, LOG_IN, REQUEST, ask, come_in, is_logged_in, last_code

pytestmark = pytest.mark.django_db


def test_a_password_logs_in(client):
    person = UserFactory()

    response = client.post(LOG_IN, {"login": person.phone.as_national, "password": PASSWORD})

    assert response.url == HOME
    assert is_logged_in(client)


def test_whoever_is_not_active_cannot_log_in(client):
    person = UserFactory(is_active=False)

    ask(client, person.phone)
    assert client.post(CONFIRM, {"code": last_code()}).url == reverse("account_inactive")
    client.post(LOG_IN, {"login": str(person.phone), "password": PASSWORD})

    assert not is_logged_in(client)
    assert client.get(reverse("account_inactive")).status_code == 200


def test_whoever_is_made_inactive_is_logged_out(client):
    person = UserFactory()
    client.force_login(person)

    User.objects.update(is_active=False)

    assert client.get(reverse("members:reads_of_me")).status_code == 302


def test_one_logs_out_by_post_only(client):
    client.force_login(UserFactory())

    client.get(reverse("account_logout"))
    assert is_logged_in(client)
    assert client.post(reverse("account_logout")).url == "/"
    assert not is_logged_in(client)


def test_one_comes_back_to_the_page_one_wanted(client):
    wanted = reverse("members:reads_of_me")
    login_page = client.get(wanted).url

    sent = client.post(login_page, {"phone": str(UserFactory().phone), "next": wanted})
    done = client.post(sent.url, {"code": last_code(), "next": wanted})

    assert login_page.startswith(REQUEST)
    assert done.url == wanted


def test_nobody_is_sent_to_a_foreign_site(client):
    sent = client.post(REQUEST, {"phone": str(UserFactory().phone), "next": "https://example.org/"})
    done = client.post(sent.url, {"code": last_code(), "next": "https://example.org/"})

    assert "example.org" not in sent.url + done.url


@pytest.mark.parametrize("name", ["account_set_password", "account_change_password"])
def test_a_password_is_set_and_changed(client, name):
    person = UserFactory(password=None if name == "account_set_password" else PASSWORD)
    come_in(client, person)
    new = "另一扇绿色的门-2027"

    assert "至少 10 个字符" in client.get(reverse(name)).content.decode()
    client.post(reverse(name), {"oldpassword": PASSWORD, "password1": new, "password2": new})

    person.refresh_from_db()
    assert person.check_password(new)


def test_the_remaining_pages_of_accounts_do_not_exist(client):
    for path in ("/account/email/", "/account/password/reset/", "/account/phone/change/", "/account/confirm-email/"):
        assert client.get(path).status_code == 404
