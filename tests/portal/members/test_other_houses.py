"""Logging in by WeChat, WeCom, DingTalk and Feishu, against a server that answers as they do."""

from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
import time_machine
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers import registry
from allauth.socialaccount.providers.dingtalk.provider import DingTalkProvider
from allauth.socialaccount.providers.dingtalk.views import DingTalkOAuth2Adapter
from allauth.socialaccount.providers.feishu.client import FeishuOAuth2Client
from allauth.socialaccount.providers.feishu.provider import FeishuProvider
from allauth.socialaccount.providers.feishu.views import FeishuOAuth2Adapter
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.core.cache import cache
from django.urls import reverse
from django.utils import timezone

from portal.members.models import User
from portal.members.wecom.provider import WeComProvider
from portal.members.weixin.provider import PlainWeixinProvider
from tests.factories.members import UserFactory
from tests.portal.members.doors import REQUEST, come_in, is_logged_in
from tests.portal.members.other_houses import house

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.portal.members.all_doors")]

UIDS = {"weixin": "worker-1", "dingtalk": "worker-1", "feishu": "worker-1", "wecom": "userid:worker-1"}
HARD_WIRED = (
    (WeixinOAuth2Adapter, "access_token_url"),
    (DingTalkOAuth2Adapter, "access_token_url"),
    (DingTalkOAuth2Adapter, "profile_url"),
    (FeishuOAuth2Adapter, "access_token_url"),
    (FeishuOAuth2Adapter, "user_info_url"),
    (FeishuOAuth2Client, "app_access_token_url"),
)


@pytest.fixture(params=sorted(UIDS))
def provider(request):
    return request.param


@pytest.fixture
def edge(settings, monkeypatch):
    for kind in (PlainWeixinProvider, DingTalkProvider, FeishuProvider, WeComProvider):
        monkeypatch.setitem(registry.provider_map, kind.id, kind)
    cache.clear()
    with house() as server:
        for owner, name in HARD_WIRED:  # addresses of the houses that allauth knows by heart
            monkeypatch.setattr(owner, name, server.url + urlsplit(getattr(owner, name)).path)
        app = {"client_id": "baodao", "secret": "s3cret", "name": "别家"}
        wecom = {"agent_id": "1000002", "login_url": f"{server.url}/login", "api_url": f"{server.url}/cgi-bin"}
        settings.SOCIALACCOUNT_PROVIDERS = {
            kind: {"APPS": [app | ({"settings": wecom} if kind == "wecom" else {})]} for kind in UIDS
        }
        yield server


def leave(client, provider, process="login"):
    return parse_qs(urlsplit(client.post(f"{reverse(f'{provider}_login')}?process={process}").url).query)


def walk(client, provider, process="login", **answer):
    state = leave(client, provider, process)["state"][0]
    return client.get(reverse(f"{provider}_callback"), {"code": "1", "state": state} | answer)


def linked(person, provider):
    return SocialAccount.objects.create(user=person, provider=provider, uid=UIDS[provider])


def test_a_linked_person_logs_in(client, edge, provider):
    person = UserFactory()
    linked(person, provider)

    walk(client, provider)

    assert client.session["_auth_user_id"] == str(person.pk)


def test_the_unlinked_prove_their_phone_first_and_are_linked_on_a_yes(client, edge, provider):
    person = UserFactory()

    assert walk(client, provider).url == REQUEST
    assert not is_logged_in(client)
    assert come_in(client, person).url == reverse("account_link")
    client.post(reverse("account_link"), {"yes": "1"})

    account = SocialAccount.objects.get()
    assert (account.user, account.uid, account.extra_data) == (person, UIDS[provider], {})


def test_no_account_is_taken_over_by_its_mail_address(client, edge, provider):
    UserFactory(email="lin@example.org")

    walk(client, provider)

    assert not is_logged_in(client)
    assert not SocialAccount.objects.exists()
    assert User.objects.count() == 1


@pytest.mark.parametrize("state", ["", "forged"])
def test_a_forged_state_opens_nothing_and_asks_nobody(client, edge, provider, state):
    linked(UserFactory(), provider)
    leave(client, provider)

    answer = client.get(reverse(f"{provider}_callback"), {"code": "1", "state": state})

    assert "没有登录成功" in answer.text
    assert not is_logged_in(client)
    assert edge.asked == []


@pytest.mark.parametrize(
    "failing",
    [(500, {}), (200, {}), (200, {"errcode": 40029, "code": 1}), (200, [])],
    ids=["down", "empty", "no", "odd"],
)
def test_an_error_of_the_house_is_told_kindly(client, edge, provider, failing):
    linked(UserFactory(), provider)
    edge.failing = failing

    answer = walk(client, provider)

    assert answer.status_code == 401
    assert "没有登录成功" in answer.text
    assert "用手机号登录" in answer.text
    assert not is_logged_in(client)


def test_wecom_is_asked_in_its_own_words(client, edge):
    asked = leave(client, "wecom")
    walk(client, "wecom")

    assert (asked["appid"], asked["agentid"], asked["login_type"]) == (["baodao"], ["1000002"], ["CorpApp"])
    assert asked["redirect_uri"][0].endswith(reverse("wecom_callback"))
    token, identity = (parse_qs(urlsplit(address).query) for address in edge.asked)
    assert token == {"corpid": ["baodao"], "corpsecret": ["s3cret"]}
    assert identity == {"access_token": ["token"], "code": ["1"]}


def test_a_visitor_of_the_company_is_not_a_member_of_the_same_number(client, edge):
    linked(UserFactory(), "wecom")
    edge.failing = (200, {"errcode": 0, "access_token": "token", "openid": "worker-1"})

    assert walk(client, "wecom").url == REQUEST
    assert not is_logged_in(client)


def test_wecoms_token_is_asked_for_once_and_anew_when_it_is_stale(client, edge):
    person = UserFactory()
    linked(person, "wecom")

    def asked():
        walk(client, "wecom")
        assert client.session.pop("_auth_user_id") == str(person.pk)
        client.session.flush()
        paths = [urlsplit(address).path.rpartition("/")[2] for address in edge.asked]
        edge.asked.clear()
        return paths

    assert asked() == ["gettoken", "getuserinfo"]
    assert asked() == ["getuserinfo"]
    for errcode in (40014, 42001):
        edge.once = (200, {"errcode": errcode})
        assert asked() == ["getuserinfo", "gettoken", "getuserinfo"]
    with time_machine.travel(timezone.now() + timedelta(seconds=7200 - 100)):
        assert asked() == ["gettoken", "getuserinfo"]


IN_HAND = (
    "Mozilla/5.0 (Linux; Android 14; M2102) AppleWebKit/537.36 XWEB/1160 Mobile Safari/537.36 MicroMessenger/8.0.47"
)
ON_A_COMPUTER = (
    "Mozilla/5.0 (Windows NT 10.0; Win64) AppleWebKit/537.36 Safari/537.36 MicroMessenger/7.0.20 WindowsWechat"
)
SCAN_ELSEWHERE = "您正在微信里打开，请用手机号和短信验证码登录"


@pytest.mark.parametrize("page", ["account_request_login_code", "account_login"])
@pytest.mark.parametrize(("agent", "is_shut"), [(IN_HAND, True), (ON_A_COMPUTER, False), ("Safari", False)])
def test_no_code_to_scan_with_the_phone_that_shows_it(client, edge, page, agent, is_shut):
    html = client.get(reverse(page), headers={"User-Agent": agent}).text

    assert (reverse("weixin_login") not in html, SCAN_ELSEWHERE in html) == (is_shut, is_shut)
    assert reverse("dingtalk_login") in html


def test_each_door_is_called_as_the_settings_call_it(client, edge, settings):
    settings.SOCIALACCOUNT_PROVIDERS["weixin"]["APPS"][0]["name"] = "微信"

    assert "用微信登录" in client.get(REQUEST).text


def test_wechat_is_not_linked_from_within_wechat(client, edge):
    client.force_login(UserFactory())
    page = reverse("account_security")

    inside, outside = (client.get(page, headers={"User-Agent": agent}).text for agent in (IN_HAND, "Safari"))

    assert (reverse("weixin_login") in inside, reverse("weixin_login") in outside) == (False, True)
    assert "绑定微信要用手机扫码" in inside


def test_within_wechat_nothing_is_said_of_it_where_it_is_not_set_up(client, edge, settings):
    del settings.SOCIALACCOUNT_PROVIDERS["weixin"]

    assert SCAN_ELSEWHERE not in client.get(REQUEST, headers={"User-Agent": IN_HAND}).text
