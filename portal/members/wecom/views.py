"""The two steps of a log-in by WeCom: away to its page, and back with a code."""

from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2Adapter, OAuth2CallbackView, OAuth2LoginView
from django.http import HttpRequest

from portal.members.wecom.client import API_URL, LOGIN_URL, WeComClient


class WeComAdapter(OAuth2Adapter):
    """Where WeCom is: Tencent's, or the addresses of a private deployment by the app's settings."""

    provider_id = "wecom"
    client_class = WeComClient
    access_token_url = ""  # the client knows the interface's addresses

    @property
    def authorize_url(self) -> str:
        return str(self.get_provider().app.settings.get("login_url") or LOGIN_URL)

    def get_client(self, request: HttpRequest, app: SocialApp) -> WeComClient:
        client: WeComClient = super().get_client(request, app)
        client.agent_id = app.settings["agent_id"]
        client.api_url = (app.settings.get("api_url") or API_URL).rstrip("/")
        return client

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        who = self.get_client(request, app).identity(token=token.token, code=request.GET["code"])
        return self.get_provider().sociallogin_from_response(request, who)


oauth2_login = OAuth2LoginView.adapter_view(WeComAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(WeComAdapter)
