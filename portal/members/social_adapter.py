"""Logging in by another house's account: only where it has been linked, inside an account whose phone is proved."""

import time
from typing import Any

from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialLogin
from allauth.socialaccount.providers.base import AuthProcess
from django.conf import settings
from django.contrib import messages
from django.http import HttpRequest
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from portal.members.devices import is_wechat_in_hand
from portal.members.models import User
from portal.members.oidc import nonce_holds

PENDING = "pending_link"  # the session's key to an identity that has no account yet
PENDING_SECONDS = 900
WEIXIN = "weixin"


class SocialAdapter(DefaultSocialAccountAdapter):
    """Identities from elsewhere open no account by themselves, and nothing of them is kept but their number."""

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not nonce_holds(sociallogin):
            raise ImmediateHttpResponse(render_authentication_error(request, sociallogin.provider))
        sociallogin.account.extra_data = {}
        if sociallogin.is_existing or sociallogin.state.get("process") == AuthProcess.CONNECT:
            return
        request.session[PENDING] = {"login": sociallogin.serialize(), "at": time.time()}
        if request.user.is_authenticated:
            raise ImmediateHttpResponse(redirect("account_link"))
        messages.info(request, _("第一次这样登录：请先用手机号验证，再绑定到您的账户。"))
        raise ImmediateHttpResponse(redirect("account_request_login_code"))

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False  # an account begins with a phone

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User | None:
        person: User | None = sociallogin.user
        return person  # nothing is taken over

    def get_connect_redirect_url(self, request: HttpRequest, socialaccount: SocialAccount) -> str:
        return reverse("account_security")

    def list_apps(
        self, request: HttpRequest, provider: str | None = None, client_id: str | None = None
    ) -> list[SocialApp]:
        """Return what the settings configure; the database has no say in it."""
        apps = [
            SocialApp(provider=kind, **fields)
            for kind, config in settings.SOCIALACCOUNT_PROVIDERS.items()
            for fields in config.get("APPS", [])
        ]
        found = [app for app in apps if not provider or provider in (app.provider, app.provider_id)]
        return [app for app in found if not client_id or app.client_id == client_id]


def doors(request: HttpRequest, process: str) -> list[dict[str, str]]:
    """Return the name and address of each way in that the settings configure, and that can be walked from here."""
    if not any(config.get("APPS") for config in settings.SOCIALACCOUNT_PROVIDERS.values()):
        return []
    shut = {WEIXIN} if wechat_is_shut(request) else set()
    providers = [one for one in SocialAdapter(request).list_providers(request) if one.app and one.id not in shut]
    return [{"name": one.app.name, "url": one.get_login_url(request, process=process)} for one in providers]


def wechat_is_shut(request: HttpRequest) -> bool:
    """Return whether the way in by WeChat, which shows a code to scan, is set up and leads nowhere from here."""
    is_set_up = bool(settings.SOCIALACCOUNT_PROVIDERS.get(WEIXIN, {}).get("APPS"))
    return is_set_up and is_wechat_in_hand(request.headers.get("User-Agent", ""))


def pending_link(request: HttpRequest) -> SocialLogin | None:
    """Return the identity that waits to be linked, for a quarter of an hour."""
    kept = request.session.get(PENDING)
    if not kept or time.time() - kept["at"] > PENDING_SECONDS:
        request.session.pop(PENDING, None)
        return None
    return SocialLogin.deserialize(kept["login"])
