"""A form sent from elsewhere changes nothing, and no address sends anybody off the site."""

from urllib.parse import urlencode, urlsplit

import pytest
from django.test import Client

from tests.access.addresses import Address, addresses
from tests.access.arguments import cases
from tests.access.asking import Visitor, rolled_back
from tests.access.roles import Role
from tests.access.world import World

pytestmark = [pytest.mark.django_db, pytest.mark.one_database]

NEEDS_NO_TOKEN = {
    "feedback/vote/": "pages kept for everybody carry the buttons; it takes a press from pages of ours alone",
}
"""Addresses that take a POST without a token, each with the reason."""

ELSEWHERE = (
    "https://evil.example/",
    "http://evil.example",
    "//evil.example/",
    "///evil.example/",
    "////evil.example",
    "/\\evil.example/",
    "\\\\evil.example/",
    "/\t/evil.example/",
    "\t//evil.example/",
    "\n//evil.example",
    " //evil.example",
    "https:evil.example",
    "https:/evil.example",
    "https:///evil.example/",
    "HTTPS://EVIL.EXAMPLE/",
    "javascript:alert(1)",
    "data:text/html,evil",
    "http://testserver@evil.example/",
    "http://testserver.evil.example/",
    "https://evil.example\\@testserver/",
    "//evil.example%2f..",
    "http:\\\\evil.example",
)
NAMES = ("next", "return_url", "url", "redirect", "back")


@pytest.mark.parametrize("address", addresses(), ids=lambda address: address.pattern or "wagtail_serve")
def test_post_without_a_token_is_refused(address: Address, world: World) -> None:
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    client.force_login(world.superuser)
    for key, path in cases(address, world):
        with rolled_back():
            status = client.post(path).status_code
        # 405 and 404 came before; nothing was done.
        assert status in {403, 404, 405} or key in NEEDS_NO_TOKEN, f"{key}: {status}"


REDIRECTING = [
    "account_login",
    "account_request_login_code",
    "account_confirm_login_code",
    "account_signup",
    "account_logout",
    "account_reauthenticate",
    "account_change_password",
    "display_settings",
    "cms_login",
    "wagtailadmin_logout",
    "wagtailcore_authenticate_with_password",
    "wagtaildocs_authenticate_with_password",
    "feedback:vote",
    "notices:open",
    "dashboard:home",
    "wagtailadmin_home",
    "wagtailadmin_pages:edit",
    "wagtailadmin_pages:delete",
    "wagtailadmin_pages:unpublish",
    "wagtailadmin_pages:lock",
    "wagtailadmin_pages:unlock",
    "wagtailadmin_pages:copy",
    "wagtailadmin_pages:convert_alias",
    "wagtail_bulk_action",
    "wagtailimages:delete",
    "wagtaildocs:delete",
]
"""Every address that reads where to go next, by name."""

WHO = (Role.ANONYMOUS, Role.MEMBER, Role.SUPERUSER)
BY_NAME = {address.name: address for address in addresses()}


@pytest.mark.parametrize("name", REDIRECTING)
def test_nobody_is_sent_off_the_site(name: str, world: World, visitors: dict[Role, Visitor]) -> None:
    for _key, path in cases(BY_NAME[name], world):
        for target in ELSEWHERE:
            asked = dict.fromkeys(NAMES, target)
            for role in WHO:
                for location in visitors[role].led_to(f"{path}?{urlencode(asked)}", asked):
                    _is_here(location, f"{role} at {path} with {target!r}")


def _is_here(location: str, what: str) -> None:
    parts = urlsplit(location.replace("\\", "/").strip())
    assert parts.scheme in {"", "http"}, f"{what}: {location}"
    assert parts.netloc in {"", "testserver"}, f"{what}: {location}"
    assert not location.replace("\\", "/").lstrip("\t\n ").startswith("//"), f"{what}: {location}"
