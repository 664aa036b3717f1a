"""Passkeys in a browser with a virtual authenticator: enrolled, used to log in, removed."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.proof import prove
from tests.e2e.server import Server
from tests.e2e.visitor import PHONE, Visitor

pytestmark = pytest.mark.e2e

AUTHENTICATOR = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


@pytest.fixture
def visitor(browser: Browser, still_server: Server) -> Iterator[Visitor]:
    # A passkey belongs to a name; an address in numbers has none.
    base_url = still_server.url.replace("127.0.0.1", "localhost")
    visitor = Visitor(browser, base_url, viewport=PHONE, has_javascript=True)
    yield visitor
    visitor.close()


def enter(visitor: Visitor, role: str) -> None:
    visitor.page.goto("/demo/")
    visitor.page.locator(f'button[value="{role}"]').click()


def test_a_passkey_is_added_logs_in_and_goes(visitor: Visitor) -> None:
    page = visitor.page
    devtools = visitor.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    added = devtools.send("WebAuthn.addVirtualAuthenticator", {"options": AUTHENTICATOR})
    enter(visitor, "member")

    visitor.go("/account/security/")
    visitor.click("添加通行密钥")
    prove(visitor)  # who one is, first
    page.get_by_label("给它起个名字").fill("我的手机")
    visitor.press("添加")
    expect(page.get_by_role("heading", name="恢复码")).to_be_visible()

    page.goto("/account/logout/")
    page.locator("main").get_by_role("button", name="退出登录").click()
    page.wait_for_url(visitor.base_url + "/")
    visitor.go("/account/login/code/")
    page.get_by_role("button", name="用通行密钥登录").click()
    page.wait_for_url("**/portal/**")
    visitor.look()

    visitor.go("/account/security/")
    expect(page.get_by_role("heading", name="我的手机")).to_be_visible()
    visitor.click("移除 我的手机")
    visitor.press("移除")
    expect(page.get_by_role("heading", name="我的手机")).to_have_count(0)
    assert visitor.complaints == []
    devtools.send("WebAuthn.removeVirtualAuthenticator", {"authenticatorId": added["authenticatorId"]})


def test_without_a_device_that_answers_the_refusal_is_said(visitor: Visitor) -> None:
    page = visitor.page
    devtools = visitor.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    devtools.send("WebAuthn.addVirtualAuthenticator", {"options": {**AUTHENTICATOR, "isUserVerified": False}})
    visitor.go("/account/login/")

    page.get_by_role("button", name="用通行密钥登录").click()

    expect(page.get_by_text("没有成功，或者被取消了")).to_be_visible()


def test_without_scripts_no_dead_button_is_shown(browser: Browser, still_server: Server) -> None:
    plain = Visitor(browser, still_server.url, viewport=PHONE, has_javascript=False)
    plain.go("/account/login/")

    expect(plain.page.get_by_role("button", name="用通行密钥登录")).to_be_hidden()
    plain.close()
