"""How people log in: django-allauth with a phone and a six-digit code, a password or a passkey."""

from typing import Any

from environs import Env

env = Env()

ACCOUNT_ADAPTER = "portal.members.adapters.AccountAdapter"
ACCOUNT_LOGIN_METHODS = {"phone"}
ACCOUNT_SIGNUP_FIELDS = ["phone*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_PRESERVE_USERNAME_CASING = False
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_REAUTHENTICATION_TIMEOUT = 600  # seconds that a proof of who one is lasts
ACCOUNT_FORMS = {
    "set_password": "portal.members.forms.SetPasswordForm",
    "change_password": "portal.members.forms.ChangePasswordForm",
    "reauthenticate": "portal.members.forms.ReauthenticateForm",
}

# The second factor. Who holds one of these roles, or may enter the editors' desk, has to have one.
MFA_REQUIRED = env.bool("MFA_REQUIRED", True)
MFA_REQUIRED_ROLES: list[str] = env.list("MFA_REQUIRED_ROLES", ["organiser", "supervisor", "administrator"])
MFA_GRACE_DAYS = env.int("MFA_GRACE_DAYS", 0)  # counted from the day the post begins, or the account was opened
# What the secrets are encrypted with, the newest first; without any, with SECRET_KEY and its fallbacks.
MFA_ENCRYPTION_KEYS: list[str] = env.list("MFA_ENCRYPTION_KEYS", [])
MFA_ADAPTER = "portal.members.mfa_adapter.MfaAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_ALLOW_UNVERIFIED_EMAIL = True  # the phone is what an account stands on
MFA_TOTP_ISSUER = "报到"
MFA_TOTP_TOLERANCE = 1  # a clock may be half a minute off; portal.members.mfa_forms sees to it that no code works twice
MFA_FORMS = {
    "authenticate": "portal.members.mfa_forms.AuthenticateForm",
    "reauthenticate": "portal.members.mfa_forms.ReauthenticateForm",
    "activate_totp": "portal.members.mfa_forms.ActivateTotpForm",
    "add_webauthn": "portal.members.mfa_forms.AddPasskeyForm",
}

# SHA-1 digests of passwords known from breaches, "DIGEST:COUNT" a line, sorted. Looked up on this machine alone.
BREACHED_PASSWORDS_FILE = env.str("BREACHED_PASSWORDS_FILE", "")

# ASVS 5.0.0 6.5.5 caps a code sent out of band at ten minutes; ours live five, for three tries.
ACCOUNT_LOGIN_BY_CODE_ENABLED = True
ACCOUNT_LOGIN_BY_CODE_MAX_ATTEMPTS = 3
ACCOUNT_LOGIN_BY_CODE_TIMEOUT = 300
ACCOUNT_LOGIN_BY_CODE_SUPPORTS_RESEND = True
ACCOUNT_PHONE_VERIFICATION_CODE_FORMAT = {"numeric": True, "length": 6, "dashed": False}
# Signing up is logging in by code: the phone is proved before anything else, so no second proof is asked for.
ACCOUNT_PHONE_VERIFICATION_ENABLED = False

# One text message a minute, five an hour, ten a day to a number; an address may belong to a whole office.
# Of IPv6, a household has a whole /64 to change its address in.
ALLAUTH_RATE_LIMIT_IPV6_PREFIX = 64
ACCOUNT_RATE_LIMITS = {
    "request_login_code": "20/m/ip,120/h/ip,1/m/key,5/h/key,10/d/key",
    "login": "30/m/ip",
    # By the day as well: five every five minutes would make 1440.
    "login_failed": "20/m/ip,1000/d/ip,5/300s/key,50/d/key",
    # One key a code that was sent. The session counts too, but requests at once would each find it as it was.
    "try_code": "3/10m/key",
    "change_password": "5/m/user",
    "reauthenticate": "10/m/user",
    "prove": "10/5m/user",
    "prove_email": "5/h/key,10/d/key",
    "send_feedback": "10/m/ip,60/h/ip",
    "send_objection": "5/m/ip,30/h/ip",
    # Only wrong codes count: a hall full of people may join from behind one address.
    "join_code": "10/m/ip,60/h/ip,200/d/ip",
    # Each joining tells the organisers.
    "join_community": "5/h/user,10/d/user",
    "find_person": "30/m/user,300/h/user",
    "read_objection": "10/m/ip,60/h/ip",
    # Of a million codes two are good at a time. Every try counts: a right one is needed once.
    "check_in_code": "5/10m/user,30/d/user",
    "check_in_code_of_shift": "300/10m/key",
    "tablet_find": "60/m/key",
    "tablet_end": "10/10m/key",
    "verify_receipt": "20/m/ip,200/h/ip",
}

# Log-ins of other houses: each is off until its client id is set. An identity is linked inside an account whose phone
# is proved; it never makes one.
SOCIALACCOUNT_ADAPTER = "portal.members.social_adapter.SocialAdapter"
SOCIALACCOUNT_LOGIN_ON_GET = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_PROVIDERS: dict[str, dict[str, Any]] = {
    "openid_connect": {"provider_class": "portal.members.oidc.NonceProvider"}
}
SOCIAL_PROVIDER_APPS: list[str] = []
SOCIAL_HOSTS: list[str] = []
for _provider, _name, _host in (
    ("weixin", "微信", "https://open.weixin.qq.com"),
    ("dingtalk", "钉钉", "https://login.dingtalk.com"),
    ("feishu", "飞书", "https://open.feishu.cn"),
):
    if _id := env.str(f"{_provider.upper()}_CLIENT_ID", ""):
        _secret = env.str(f"{_provider.upper()}_CLIENT_SECRET")
        SOCIALACCOUNT_PROVIDERS[_provider] = {"APPS": [{"client_id": _id, "secret": _secret, "name": _name}]}
        _house = "portal.members" if _provider == "weixin" else "allauth.socialaccount.providers"
        SOCIAL_PROVIDER_APPS.append(f"{_house}.{_provider}")
        SOCIAL_HOSTS.append(_host)
if _id := env.str("WECOM_CORP_ID", ""):
    # Empty addresses are Tencent's; a private deployment has its own.
    _login = env.str("WECOM_LOGIN_URL", "")
    _settings = {"agent_id": env.str("WECOM_AGENT_ID"), "login_url": _login, "api_url": env.str("WECOM_API_URL", "")}
    SOCIALACCOUNT_PROVIDERS["wecom"] = {
        "APPS": [{"client_id": _id, "secret": env.str("WECOM_SECRET"), "name": "企业微信", "settings": _settings}]
    }
    SOCIAL_PROVIDER_APPS.append("portal.members.wecom")
    SOCIAL_HOSTS.append("/".join(_login.split("/", 3)[:3]) or "https://login.work.weixin.qq.com")
if _id := env.str("OIDC_CLIENT_ID", ""):
    _server = env.str("OIDC_SERVER_URL")
    SOCIALACCOUNT_PROVIDERS["openid_connect"] |= {
        "OAUTH_PKCE_ENABLED": True,
        "APPS": [
            {
                "provider_id": "oidc",
                "name": env.str("OIDC_NAME", "统一身份认证"),
                "client_id": _id,
                "secret": env.str("OIDC_CLIENT_SECRET"),
                "settings": {"server_url": _server},
            }
        ],
    }
    SOCIAL_HOSTS += env.list("OIDC_FORM_HOSTS", ["/".join(_server.split("/", 3)[:3])])
