"""Logging in by another house's account: linked inside an account, never an account by itself."""

from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.socialaccount.models import SocialAccount
from django.test import Client
from django.urls import reverse

from portal.members.models import User
from portal.notices.models import Message
from tests.factories.factors import with_authenticator
from tests.factories.members import UserFactory
from tests.portal.members.doors import REQUEST, come_in, is_logged_in
from tests.portal.members.identity_provider import running

pytestmark = pytest.mark.django_db

DOOR = reverse("openid_connect_login", args=["oidc"])
CALLBACK = reverse("openid_connect_callback", args=["oidc"])
LINK = reverse("account_link")
SECURITY = reverse("account_security")
VOUCHING: list[
    Any
] = []  # the provider of this test, which has to be told the nonce as it would read it in its own address


@pytest.fixture
def provider(settings):
    with running() as provider:
        app = {"provider_id": "oidc", "name": "统一身份认证", "client_id": "baodao", "secret": "s"}
        app["settings"] = {"server_url": provider.url}
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        VOUCHING.clear()
        VOUCHING.append(provider)
        yield provider


def walk(client, process="login", nonce=None):
    """Go to the provider and come back as its browser would."""
    asked = parse_qs(urlsplit(client.post(f"{DOOR}?process={process}").url).query)
    VOUCHING[0].nonce = asked["nonce"][0] if nonce is None else nonce
    return client.get(CALLBACK, {"code": "1", "state": asked["state"][0]})


def linked(person):
    return SocialAccount.objects.create(user=person, provider="oidc", uid="worker-1")


def test_without_settings_there_is_no_door(client):
    assert client.post(DOOR).status_code == 404
    assert "统一身份认证" not in client.get(REQUEST).text


def test_with_settings_the_door_is_shown(client, provider):
    assert "用统一身份认证登录" in client.get(REQUEST).text


def test_an_unknown_identity_makes_no_account_and_leads_to_the_phone(client, provider):
    assert walk(client).url == REQUEST

    assert not is_logged_in(client)
    assert not User.objects.exists()
    assert not SocialAccount.objects.exists()


def test_after_the_phone_is_proved_it_is_linked_on_a_yes(client, provider):
    person = UserFactory()
    walk(client)

    assert come_in(client, person).url == LINK
    assert not SocialAccount.objects.exists()
    client.post(LINK, {"yes": "1"})

    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (person, "worker-1", {})
    assert Message.objects.filter(recipient=person, title="您的账户绑定了一种外部登录").exists()


def test_a_no_links_nothing(client, provider):
    walk(client)
    come_in(client, UserFactory())

    client.post(LINK, {"no": "1"})
    client.post(LINK, {"yes": "1"})

    assert not SocialAccount.objects.exists()


def test_a_linked_identity_logs_in(client, provider):
    person = UserFactory()
    linked(person)

    walk(client)

    assert client.session["_auth_user_id"] == str(person.pk)


def test_it_does_not_skip_the_second_step(client, provider):
    person = UserFactory()
    linked(person)
    with_authenticator(person)

    assert walk(client).url == reverse("mfa_authenticate")
    assert not is_logged_in(client)


@pytest.mark.parametrize("state", ["", "forged"])
def test_a_forged_state_opens_nothing(client, provider, state):
    linked(UserFactory())
    client.post(f"{DOOR}?process=login")

    answer = client.get(CALLBACK, {"code": "1", "state": state})

    assert "没有登录成功" in answer.text
    assert not is_logged_in(client)


def test_a_state_is_of_no_use_in_another_browser(client, provider):
    linked(UserFactory())
    sent = client.post(f"{DOOR}?process=login")
    victim = Client()

    victim.get(CALLBACK, {"code": "1", "state": parse_qs(urlsplit(sent.url).query)["state"][0]})

    assert not is_logged_in(victim)


@pytest.mark.parametrize("nonce", ["", "of another log-in"])
def test_an_identity_token_of_another_log_in_opens_nothing(client, provider, nonce):
    linked(UserFactory())

    answer = walk(client, nonce=nonce)

    assert "没有登录成功" in answer.text
    assert not is_logged_in(client)


def test_each_log_in_has_a_nonce_of_its_own_that_no_address_replaces(client, provider):
    asked = [
        parse_qs(urlsplit(client.post(f"{DOOR}?auth_params=nonce%3Dmine%26client_id%3Dother").url).query)
        for _ in range(2)
    ]

    assert asked[0]["nonce"] != asked[1]["nonce"]
    assert {one["client_id"][0] for one in asked} == {"baodao"}


def test_the_code_is_bound_to_this_browser(client, provider):
    walk(client)

    assert provider.asked[0]["code_verifier"]


def test_an_identity_of_another_is_not_taken_over(client, provider):
    owner, thief = UserFactory.create_batch(2)
    linked(owner)
    come_in(client, thief)

    page = client.get(walk(client, "connect").url)

    assert "绑定在另一个账户上" in page.text
    assert SocialAccount.objects.get().user == owner


def test_linking_from_within_asks_for_a_fresh_proof(client, provider):
    client.force_login(UserFactory())

    walk(client, "connect")

    assert not SocialAccount.objects.exists()


def test_it_is_let_go_by_its_owner_alone(client, provider):
    owner = UserFactory()
    account = linked(owner)
    stranger = Client()
    come_in(stranger, UserFactory())
    come_in(client, owner)

    assert stranger.post(reverse("account_unlink", args=[account.pk])).status_code == 404
    back = client.get(reverse("account_unlink", args=[account.pk]))  # from a proof that was asked for
    assert (back.status_code, back["Location"]) == (302, reverse("account_security"))
    client.post(reverse("account_unlink", args=[account.pk]))

    assert not SocialAccount.objects.exists()
