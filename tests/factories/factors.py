"""Second factors: an authenticator and its recovery codes, and the codes it shows."""

import time

import factory
from allauth.mfa.models import Authenticator
from allauth.mfa.recovery_codes.internal.auth import RecoveryCodes
from allauth.mfa.totp.internal.auth import TOTP, format_hotp_value, hotp_value
from factory.django import DjangoModelFactory

from portal.members.models import User

SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"


class PasskeyFactory(DjangoModelFactory):
    """A passkey as the list shows it; it answers no question."""

    class Meta:
        model = Authenticator

    user = factory.SubFactory("tests.factories.members.UserFactory")
    type = Authenticator.Type.WEBAUTHN
    data = factory.LazyFunction(lambda: {"name": "我的手机", "credential": {}})


def with_authenticator(person: User) -> list[str]:
    """Give ``person`` an authenticator with ``SECRET``; return their recovery codes."""
    TOTP.activate(person, SECRET)
    codes: list[str] = RecoveryCodes.activate(person).get_unused_codes()
    return codes


def shown_code(secret: str = SECRET, *, periods: int = 0) -> str:
    """Return what the authenticator shows now, or some periods of half a minute from now."""
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + periods))
