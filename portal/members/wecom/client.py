"""How WeCom's page is asked for, and its interface: not quite OAuth 2, in names and in steps."""

import hashlib
from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error
from django.core.cache import cache

# Source: developer.work.weixin.qq.com, 企业微信Web登录 and 获取用户登录身份.
LOGIN_URL = "https://login.work.weixin.qq.com/wwlogin/sso/login"
API_URL = "https://qyapi.weixin.qq.com/cgi-bin"
STALE = frozenset({40014, 42001})  # the token is none, or over; source: 全局错误码
EARLIER = 300  # seconds before WeCom forgets a token that it is no longer used


class StaleTokenError(OAuth2Error):
    """WeCom no longer knows the application's token."""


class WeComClient(OAuth2Client):
    """Asks with the company's id and its application's secret."""

    agent_id = ""
    api_url = API_URL

    def get_redirect_url(self, authorization_url: str, scope: list[str], extra_params: dict[str, str]) -> str:
        params = {
            "login_type": "CorpApp",
            "appid": self.consumer_key,
            "agentid": self.agent_id,
            "redirect_uri": self.callback_url,
            "state": self.state,
        }
        return f"{authorization_url}?{urlencode(params)}"

    def get_access_token(self, code: str, pkce_code_verifier: str | None = None) -> dict[str, Any]:
        """Return the application's token, kept until shortly before it is over: WeCom limits how often it is asked.

        The code is spent with :meth:`identity`.
        """
        kept = cache.get(self._kept_as)
        return {"access_token": kept} if kept else self._new_token()

    def identity(self, *, token: str, code: str) -> dict[str, str]:
        """Return who scanned: ``userid`` of a member of the company, ``openid`` of anybody else.

        Raises:
            OAuth2Error: WeCom refused, or names nobody.
        """
        try:
            answer = self._ask("auth/getuserinfo", access_token=token, code=code)
        except StaleTokenError:
            token = self._new_token().get("access_token", "")
            answer = self._ask("auth/getuserinfo", access_token=token, code=code)
        named = {name.lower(): str(value) for name, value in answer.items() if value}
        found: dict[str, str] = {name: named[name] for name in ("userid", "openid") if name in named}
        if not found:
            raise OAuth2Error("WeCom names nobody")
        return found

    @property
    def _kept_as(self) -> str:
        # With the secret, so that a new one asks anew; hashed, for keys are seen where values are not.
        parts = (self.api_url, self.consumer_key, self.consumer_secret)
        return f"wecom-token:{hashlib.sha256(' '.join(parts).encode()).hexdigest()}"

    def _new_token(self) -> dict[str, Any]:
        answer = self._ask("gettoken", corpid=self.consumer_key, corpsecret=self.consumer_secret)
        lasts = int(answer.get("expires_in", 0)) - EARLIER
        if lasts > 0 and answer.get("access_token"):
            cache.set(self._kept_as, answer["access_token"], timeout=lasts)
        return answer

    def _ask(self, path: str, **params: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(f"{self.api_url}/{path}", params=params)
        if not response.ok:  # not raise_for_status(): its words carry the address, and that the secret
            raise OAuth2Error(f"WeCom answers {response.status_code}")
        answer = response.json()
        if isinstance(answer, dict) and answer.get("errcode") in STALE:
            raise StaleTokenError("WeCom knows no such token")
        if not isinstance(answer, dict) or answer.get("errcode", 0) != 0:
            raise OAuth2Error("WeCom refuses")
        return answer
