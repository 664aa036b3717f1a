"""OpenID Connect with a nonce, which django-allauth does not send.

The nonce ties the identity token to the browser that asked for it: one that was issued for another log-in is refused.
"""

import hmac
import secrets
from typing import Any

from allauth.socialaccount.models import SocialLogin
from allauth.socialaccount.providers.openid_connect.provider import OpenIDConnectProvider
from django.http import HttpRequest, HttpResponseBase


class NonceProvider(OpenIDConnectProvider):
    """Sends a nonce and keeps it with the state, in the session."""

    def redirect(
        self, request: HttpRequest, process: str, next_url: str | None = None, data: Any = None, **kwargs: Any
    ) -> HttpResponseBase:
        nonce = secrets.token_urlsafe(24)
        # Of the settings alone: what stands in the address could replace the client or where to come back to.
        kwargs["auth_params"] = {**self.get_auth_params(), "nonce": nonce}
        answer: HttpResponseBase = super().redirect(request, process, next_url, data, nonce=nonce, **kwargs)
        return answer


def nonce_holds(login: SocialLogin) -> bool:
    """Return whether ``login`` answers the nonce that was sent; ``True`` where none was, as with other providers.

    A provider that hands out no identity token at all speaks no OpenID Connect, and is refused.
    """
    sent = login.state.get("nonce")
    if sent is None:
        return True
    token = login.account.extra_data.get("id_token") or {}
    return hmac.compare_digest(str(token.get("nonce", "")), sent)
