"""What django-allauth asks of us: how a phone finds its person, and how a code reaches the phone."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.members.models import User
from portal.notices.senders import sms_sender


class AccountAdapter(DefaultAccountAdapter):
    """Accounts by phone."""

    def get_user_by_phone(self, phone: str) -> User | None:
        return User.objects.filter(phone=phone).first()

    def get_phone(self, user: User) -> tuple[str, bool] | None:
        return (str(user.phone), user.phone_verified_at is not None) if user.phone else None

    def set_phone(self, user: User, phone: str, verified: bool) -> None:
        user.phone = phone
        user.phone_verified_at = timezone.now() if verified else None
        user.save(update_fields=["phone", "phone_verified_at"])

    def set_phone_verified(self, user: User, phone: str) -> None:
        self.set_phone(user, phone, True)

    def send_verification_code_sms(self, user: User, phone: str, code: str, **kwargs: Any) -> None:
        sms_sender().send(phone=phone, text=_("验证码 %(code)s，5 分钟内有效，请勿告诉他人。") % {"code": code})
