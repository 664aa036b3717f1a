"""How these tests ask for a code, read it and walk in."""

import re

from django.urls import reverse

from portal.notices.models import MailboxEntry

REQUEST = reverse("account_request_login_code")
CONFIRM = reverse("account_confirm_login_code")
LOG_IN = reverse("account_login")
SIGN_UP = reverse("account_signup")
HOME = reverse("dashboard:home")
UNKNOWN = "+8613700000001"


def last_sms():
    return MailboxEntry.objects.first().body


def last_code():
    return re.search(r"\d{6}", last_sms()).group()


def wrong(code):
    return f"{(int(code) + 1) % 1_000_000:06}"


def ask(client, phone):
    return client.post(REQUEST, {"phone": str(phone)})


def come_in(client, person):
    """Log in as people do: by a code that came by SMS; what one may do only shortly after a proof, one may do now."""
    ask(client, person.phone)
    return client.post(CONFIRM, {"code": last_code()})


def step_up(client, wanted):
    """Prove oneself once more by a code, on the way to ``wanted``."""
    page = reverse("account_reauthenticate_by_code")
    client.post(page, {"send": "1", "next": wanted})
    return client.post(page, {"code": last_code(), "next": wanted})


def is_logged_in(client):
    return "_auth_user_id" in client.session
