"""How WeCom's page is asked for, and its interface: not quite OAuth 2, in names and in steps."""

from typing import Any
from urllib.parse import urlencode

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.providers.oauth2.client import OAuth2Client, OAuth2Error

# Source: developer.work.weixin.qq.com, 企业微信Web登录 and 获取用户登录身份.
LOGIN_URL = "https://login.work.weixin.qq.com/wwlogin/sso/login"
API_URL = "https://qyapi.weixin.qq.com/cgi-bin"


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
        """Return the application's token; the code is spent with :meth:`identity`."""
        return self._ask("gettoken", corpid=self.consumer_key, corpsecret=self.consumer_secret)

    def identity(self, *, token: str, code: str) -> dict[str, str]:
        """Return who scanned: ``userid`` of a member of the company, ``openid`` of anybody else.

        Raises:
            OAuth2Error: WeCom refused, or names nobody.
        """
        answer = self._ask("auth/getuserinfo", access_token=token, code=code)
        named = {name.lower(): str(value) for name, value in answer.items() if value}
        found: dict[str, str] = {name: named[name] for name in ("userid", "openid") if name in named}
        if not found:
            raise OAuth2Error("WeCom names nobody")
        return found

    def _ask(self, path: str, **params: str) -> dict[str, Any]:
        with get_adapter().get_requests_session() as session:
            response = session.get(f"{self.api_url}/{path}", params=params)
        if not response.ok:  # not raise_for_status(): its words carry the address, and that the secret
            raise OAuth2Error(f"WeCom answers {response.status_code}")
        answer = response.json()
        if not isinstance(answer, dict) or answer.get("errcode", 0) != 0:
            raise OAuth2Error("WeCom refuses")
        return answer
