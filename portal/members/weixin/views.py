"""The two steps of a log-in by WeChat."""

from typing import Any

from allauth.socialaccount.models import SocialApp, SocialLogin, SocialToken
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.weixin.views import WeixinOAuth2Adapter
from django.http import HttpRequest


class PlainWeixinAdapter(WeixinOAuth2Adapter):
    """Stops at the number that comes with the token.

    allauth goes on to fetch the nickname, which is not kept, and fails on one with a ``·`` or an ``é`` in it.
    """

    def complete_login(self, request: HttpRequest, app: SocialApp, token: SocialToken, **kwargs: Any) -> SocialLogin:
        return self.get_provider().sociallogin_from_response(request, {"openid": kwargs["response"]["openid"]})


oauth2_login = OAuth2LoginView.adapter_view(PlainWeixinAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(PlainWeixinAdapter)
