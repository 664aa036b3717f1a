"""What allauth asks of us about second factors: how their secrets rest, how they are drawn, and who must keep one."""

import base64
import hashlib
import io

import segno
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.members import queries
from portal.members.models import User


class MfaAdapter(DefaultMFAAdapter):
    """Second factors in Chinese, with their secrets encrypted at rest."""

    error_messages = {
        **DefaultMFAAdapter.error_messages,
        "incorrect_code": gettext_lazy("验证没有通过，请再试一次。"),
        "cannot_delete_authenticator": gettext_lazy("您的职责要求两步验证。请先添加另一种，再移除这一种。"),
        "cannot_generate_recovery_codes": gettext_lazy("请先添加通行密钥或验证器，再生成恢复码。"),
    }

    def encrypt(self, text: str) -> str:
        return _fernet().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _fernet().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        picture = io.BytesIO()
        segno.make(url, error="m").save(picture, kind="svg", scale=5, border=4, light="#fff", xmldecl=False)
        return picture.getvalue().decode()

    def can_delete_authenticator(self, authenticator: Authenticator) -> bool:
        others = queries.second_factors(authenticator.user).exclude(pk=authenticator.pk)
        return others.exists() or not queries.must_have_second_factor(authenticator.user)

    def generate_authenticator_name(self, user: User, type: Authenticator.Type) -> str:
        number = Authenticator.objects.filter(user=user, type=type).count() + 1
        return _("通行密钥 %(number)s") % {"number": number}

    def _get_user_identifier(self, user: User) -> str:
        # Stands in the authenticator's app and in the passkey's list: enough to tell one's accounts apart.
        return f"{user} {str(user.phone)[-4:]}" if user.phone else str(user)

    def _get_site_name(self) -> str:
        return str(settings.MFA_TOTP_ISSUER)


def _fernet() -> MultiFernet:
    """Encrypt with the newest key, decrypt with any that is still known."""
    keys = settings.MFA_ENCRYPTION_KEYS or [settings.SECRET_KEY, *map(str, settings.SECRET_KEY_FALLBACKS)]
    return MultiFernet([Fernet(_key_from(secret)) for secret in keys])


def _key_from(secret: str) -> bytes:
    # Secrets are long and random already; the prefix keeps this use of SECRET_KEY apart from Django's.
    digest = hashlib.blake2b(secret.encode(), digest_size=32, person=b"baodao.mfa").digest()
    return base64.urlsafe_b64encode(digest)
